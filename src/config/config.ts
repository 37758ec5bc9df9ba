/** Options, environment and files into one frozen value. Pure. */
import { CtraceError } from "../core/errors.ts";
import type { LogLevel } from "../core/log-level.ts";
import { type Machine, type Paths, resolvePaths } from "./paths.ts";
import { type ResolvedSetting, resolveSettings, type SettingSources } from "./resolve-settings.ts";
import type { Collect } from "./setting-values.ts";
import type { Settings } from "./settings.ts";
import { readProject, type SupabaseProject } from "./supabase-project.ts";

export type { Collect };

export interface ConfigSources extends Machine, SettingSources {
	/** Where everything lies, where that is known already. */
	readonly paths?: Paths;
}

export interface AnthropicAccess {
	readonly apiKey: string;
	readonly baseUrl: string;
}

export interface BackupConfig {
	readonly githubRepo: string | undefined;
	readonly githubToken: string | undefined;
	readonly githubApiUrl: string;
	readonly remote: string | undefined;
	readonly branch: string;
	readonly author: string;
	/** Between two backups in the background; 0: none. */
	readonly intervalSeconds: number;
}

export interface Config {
	readonly paths: Paths;
	readonly transcripts: boolean;
	readonly recording: boolean;
	/** What the screen looked like is kept. */
	readonly record: boolean;
	/** 0: for ever. */
	readonly keepRecordingsDays: number;
	/** As a terminal sends them; empty: none. */
	readonly pauseKeys: Uint8Array;
	readonly pager: string | undefined;
	/** As it was written: masking knows the modes. */
	readonly privacyMode: string | undefined;
	/** Undefined: nothing is synced. */
	readonly supabase: SupabaseProject | undefined;
	/** For `ctrace supabase …` alone. */
	readonly serviceRoleKey: string | undefined;
	/** Between two syncs in the background; 0: none. */
	readonly autoSyncSeconds: number;
	readonly keychain: boolean;
	/** npm may be asked for the newest version. */
	readonly updateNotice: boolean;
	/** Of an encrypted database. */
	readonly passphrase: string | undefined;
	readonly shareWith: string | undefined;
	/** Undefined: no model is asked. */
	readonly anthropic: AnthropicAccess | undefined;
	readonly insightsModel: string;
	readonly backup: BackupConfig;
	/** Of the reports that the daemon writes; without a folder none. */
	readonly weeklyReport: { readonly folder: string | undefined; readonly format: "html" | "markdown" };
	readonly collect: Collect;
	/** How long a session is kept after its end; undefined: for ever. */
	readonly retentionDays: number | undefined;
	readonly logLevel: LogLevel;
}

/** Throws `config`, naming the setting, its value and what it may be. */
export function loadConfig(sources: ConfigSources): Config {
	const { config, problems } = loadConfigAnyway(sources);
	const [first] = problems;
	if (first !== undefined) throw first;
	return config;
}

export interface LoadedConfig {
	readonly config: Config;
	readonly settings: readonly ResolvedSetting[];
	/** Wrong settings; where one is, its default stands. */
	readonly problems: readonly CtraceError[];
}

/** For what looks at the settings and mends them. Throws for a place that is none: nothing can be mended there. */
export function loadConfigAnyway(sources: ConfigSources): LoadedConfig {
	const { settings, each } = resolveSettings(sources);
	const paths = sources.paths ?? resolvePaths(sources);
	const project = attempt(() => readProject(settings.SUPABASE_URL, settings.SUPABASE_KEY));
	const problems = [...each.map(({ problem }) => problem), project.problem];
	return {
		config: Object.freeze({ paths, ...toConfig(settings), supabase: project.value }),
		settings: each,
		problems: problems.filter((problem) => problem !== undefined),
	};
}

function attempt<T>(work: () => T): { readonly value?: T; readonly problem?: CtraceError } {
	try {
		return { value: work() };
	} catch (error) {
		if (error instanceof CtraceError) return { problem: error };
		throw error;
	}
}

function toConfig(settings: Settings): Omit<Config, "paths" | "supabase"> {
	return {
		transcripts: settings.TRANSCRIPTS,
		recording: !settings.OFF,
		record: settings.RECORD,
		keepRecordingsDays: settings.KEEP_RECORDINGS,
		pauseKeys: settings.PAUSE_KEYS,
		pager: settings.PAGER,
		privacyMode: settings.PRIVACY_MODE,
		serviceRoleKey: settings.SUPABASE_SERVICE_ROLE_KEY,
		autoSyncSeconds: settings.AUTO_SYNC_INTERVAL,
		keychain: settings.KEYCHAIN,
		updateNotice: settings.UPDATE_NOTICE,
		passphrase: settings.PASSPHRASE,
		shareWith: settings.SHARE_WITH,
		anthropic:
			settings.ANTHROPIC_API_KEY === undefined
				? undefined
				: { apiKey: settings.ANTHROPIC_API_KEY, baseUrl: settings.ANTHROPIC_BASE_URL },
		insightsModel: settings.INSIGHTS_MODEL,
		backup: backupOf(settings),
		weeklyReport: { folder: settings.REPORT_FOLDER, format: settings.REPORT_FORMAT },
		collect: settings.COLLECT,
		retentionDays: settings.RETENTION_DAYS === 0 ? undefined : settings.RETENTION_DAYS,
		logLevel: settings.LOG_LEVEL,
	};
}

function backupOf(settings: Settings): BackupConfig {
	return {
		githubRepo: settings.GITHUB_REPO,
		githubToken: settings.GITHUB_TOKEN,
		githubApiUrl: settings.GITHUB_API_URL,
		remote: settings.BACKUP_REMOTE,
		branch: settings.BACKUP_BRANCH,
		author: settings.BACKUP_AUTHOR,
		intervalSeconds: settings.BACKUP_INTERVAL,
	};
}
