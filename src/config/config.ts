/**
 * Options, environment and files into one frozen value. Pure.
 *
 * What counts, first to last: the command's options, `CTRACE_`-prefixed names of the environment, ctrace's own `.env`
 * (there with or without the prefix), the default. Un-prefixed names of the environment never count: a project that
 * the person happens to stand in has settings of its own.
 */
import * as z from "zod";
import { CtraceError } from "../core/errors.ts";
import { LOG_LEVELS, type LogLevel } from "../core/log-level.ts";
import { parseDotenv } from "./dotenv.ts";
import { type Environment, type Machine, type Paths, resolvePaths } from "./paths.ts";
import { parsePauseKeys } from "./pause-keys.ts";
import { readProject, type SupabaseProject } from "./supabase-project.ts";

const WORDS_FOR_ON = ["on", "1", "true", "yes"];
const WORDS_FOR_OFF = ["off", "0", "false", "no"];

const onOff = z.string().transform((word, context) => {
	const lower = word.trim().toLowerCase();
	if (WORDS_FOR_ON.includes(lower)) return true;
	if (WORDS_FOR_OFF.includes(lower)) return false;
	context.addIssue("on or off");
	return z.NEVER;
});

const seconds = z.string().transform((word, context) => {
	if (/^\d{1,7}$/.test(word.trim())) return Number(word.trim());
	context.addIssue("a whole number of seconds");
	return z.NEVER;
});

/** Over the network only encrypted: sessions go there. */
const httpAddress = z.string().transform((text, context) => {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	const isLoopback = url !== undefined && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
	if (url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback))
		return text.trim().replace(/\/+$/, "");
	context.addIssue("an https address");
	return z.NEVER;
});

const days = z.string().transform((word, context) => {
	if (/^\d{1,5}$/.test(word.trim())) return Number(word.trim());
	context.addIssue("a whole number of days");
	return z.NEVER;
});

const pauseKeys = z.string().transform((word, context) => {
	if (WORDS_FOR_OFF.includes(word.trim().toLowerCase())) return new Uint8Array();
	const keys = parsePauseKeys(word);
	if (keys !== undefined) return keys;
	context.addIssue("off, or keys such as ctrl-] p or f12");
	return z.NEVER;
});

const logLevel = z
	.string()
	.transform((word) => word.trim().toLowerCase())
	.pipe(z.enum(LOG_LEVELS, { error: LOG_LEVELS.join(", ") }));

const collect = z.string().transform((text, context): Collect => {
	const word = text.trim();
	if (word === "own" || WORDS_FOR_ON.includes(word.toLowerCase())) return "own";
	if (WORDS_FOR_OFF.includes(word.toLowerCase())) return [];
	const directories = word.split(":").filter((path) => path !== "");
	if (directories.every((path) => path.startsWith("/") || path.startsWith("~/"))) return directories;
	context.addIssue("off, own, or absolute paths with colons between them");
	return z.NEVER;
});

/** One schema gives every setting its type and its default. */
const settingsSchema = z.object({
	/** Read Claude Code's own transcripts beside the terminal. */
	TRANSCRIPTS: onOff.default(true),
	/** Run the command and record nothing. */
	OFF: onOff.default(false),
	/** Keep what the screen looked like, masked, so that sessions can be replayed. */
	RECORD: onOff.default(true),
	/** Days that recordings are kept after their session's end; 0: for ever. The turns stay. */
	KEEP_RECORDINGS: days.default(90),
	/** Keys that pause the recording of the session they are typed in, and let it go on; off: none. */
	PAUSE_KEYS: pauseKeys.default(new Uint8Array()),
	/** minimal, moderate or strict; any other word means strict. */
	PRIVACY_MODE: z.string().optional(),
	/** Of the Supabase project that sessions are synced to; none: nothing is synced. */
	SUPABASE_URL: z.string().optional(),
	/** The project's publishable (or anon) key. */
	SUPABASE_KEY: z.string().optional(),
	/** For `ctrace supabase …` alone. */
	SUPABASE_SERVICE_ROLE_KEY: z.string().optional(),
	/** Seconds between two syncs in the background; 0: none. */
	AUTO_SYNC_INTERVAL: seconds.default(300),
	/** Keep the refresh token in the system's keychain where there is one. */
	KEYCHAIN: onOff.default(true),
	/** The id of the team that sessions are shared with unless a rule says otherwise. */
	SHARE_WITH: z.string().optional(),
	/** Where sessions are backed up: `org/repo` on GitHub, and a token for it; or any address that git knows. */
	GITHUB_REPO: z.string().optional(),
	GITHUB_TOKEN: z.string().optional(),
	GITHUB_API_URL: httpAddress.default("https://api.github.com"),
	BACKUP_REMOTE: z.string().optional(),
	BACKUP_BRANCH: z
		.string()
		.regex(/^[\w][\w./-]*$/u, "the name of a branch")
		.default("main"),
	/** Whom the commits name. */
	BACKUP_AUTHOR: z.string().default("ctrace <ctrace@localhost>"),
	/** Seconds between two backups in the background; 0: none. */
	BACKUP_INTERVAL: seconds.default(3600),
	/** Of the Messages API that `ctrace insights` asks. */
	ANTHROPIC_API_KEY: z.string().optional(),
	ANTHROPIC_BASE_URL: httpAddress.default("https://api.anthropic.com"),
	/** The model that reads sessions. */
	INSIGHTS_MODEL: z.string().default("claude-haiku-5-5"),
	/** An absolute directory where the daemon writes the report of each week; none: it writes none. */
	REPORT_FOLDER: z.string().regex(/^\//u, "an absolute path").optional(),
	REPORT_FORMAT: z.enum(["html", "markdown"], { error: "html or markdown" }).default("html"),
	/** Shows long output; empty: none. Absent: `PAGER`, then less. */
	PAGER: z.string().optional(),
	/** Whose transcripts the daemon brings in: off, own (Claude Code's usual directory), or directories between colons. */
	COLLECT: collect.default("own"),
	/** Sessions that ended longer ago are deleted by the daemon; 0: none ever is. */
	RETENTION_DAYS: days.default(0),
	/** How much the daemon's log tells. */
	LOG_LEVEL: logLevel.default("info"),
});

/** Claude Code's own configuration directory, whichever that is, or these. */
export type Collect = "own" | readonly string[];

type SettingName = keyof z.infer<typeof settingsSchema>;
const SETTING_NAMES = Object.keys(settingsSchema.shape) as SettingName[];

export interface ConfigSources extends Machine {
	/** What the command line says; absent = nothing. */
	readonly options?: { readonly transcripts?: boolean };
	/** Contents of ctrace's own `.env`, when there is one. */
	readonly dotenv?: string;
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
	const file = sources.dotenv === undefined ? {} : parseDotenv(sources.dotenv);
	const given = SETTING_NAMES.map((name) => [name, findSetting(name, sources.env, file)] as const);
	const settings = parseSettings(Object.fromEntries(given.filter(isGiven)));
	return Object.freeze({
		paths: resolvePaths(sources),
		transcripts: sources.options?.transcripts ?? settings.TRANSCRIPTS,
		recording: !settings.OFF,
		record: settings.RECORD,
		keepRecordingsDays: settings.KEEP_RECORDINGS,
		pauseKeys: settings.PAUSE_KEYS,
		pager: settings.PAGER,
		privacyMode: settings.PRIVACY_MODE,
		supabase: readProject(settings.SUPABASE_URL, settings.SUPABASE_KEY),
		serviceRoleKey: settings.SUPABASE_SERVICE_ROLE_KEY,
		autoSyncSeconds: settings.AUTO_SYNC_INTERVAL,
		keychain: settings.KEYCHAIN,
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
	});
}

function backupOf(settings: z.infer<typeof settingsSchema>): BackupConfig {
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

/** Set to nothing is not set; only a pager may be nothing. */
function isGiven([name, value]: readonly [SettingName, string | undefined]): boolean {
	return value !== undefined && (value !== "" || name === "PAGER");
}

function findSetting(
	name: SettingName,
	env: Environment,
	file: Readonly<Record<string, string>>,
): string | undefined {
	const prefixed = `CTRACE_${name}`;
	return env[prefixed] ?? file[prefixed] ?? file[name];
}

function parseSettings(given: Readonly<Record<string, unknown>>): z.infer<typeof settingsSchema> {
	const result = settingsSchema.safeParse(given);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	const name = String(issue?.path[0]);
	throw new CtraceError(
		"config",
		`CTRACE_${name} must be ${issue?.message ?? "something else"}, not ${JSON.stringify(given[name])}`,
		{ hint: "It is set in the environment or in the .env of ctrace's configuration directory." },
	);
}
