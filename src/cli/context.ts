/** Everything the commands may touch of the process they run in, handed over by `main.ts`. */
import type { Config } from "../config/config.ts";
import type { ResolvedSetting } from "../config/resolve-settings.ts";
import type { SettingTexts } from "../config/settings.ts";
import type { SupabaseProject } from "../config/supabase-project.ts";
import type { CtraceError } from "../core/errors.ts";
import type { MeasureMarks } from "../core/measure-marks.ts";
import type { PriceList } from "../core/price.ts";
import type { ImportRequest, ImportResult } from "../import/import-recordings.ts";
import type { Player } from "../replay/player.ts";
import type { StoreOptions } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import type { SyncKit } from "../sync/kit.ts";
import type { ProjectTrial } from "../sync/try-project.ts";
import type { Dialog } from "./ask.ts";
import type { BackupKit } from "./backup/open-backup.ts";
import type { DaemonRemote } from "./daemon/remote.ts";
import type { ModelReader } from "./insights/open-model.ts";
import type { OpenedMasker } from "./open-masker.ts";
import type { View } from "./render/view.ts";

/** What a command has that goes without `patterns/`: reading those takes longer than a look into the store. */
export interface LookContext {
	readonly config: Config;
	/** Each setting, and who says what it is. */
	readonly settings: readonly ResolvedSetting[];
	/** Of commands that mend settings; elsewhere there is none. */
	readonly settingProblems: readonly CtraceError[];
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly home: string;
	readonly cwd: string;
	readonly version: string;
	/** Milliseconds since the Unix epoch. */
	readonly now: () => number;
	readonly stdout: {
		readonly isTerminal: boolean;
		readonly columns: number;
		readonly rows: number;
		readonly write: (text: string) => void;
		/** When whoever reads has caught up: for output without end. */
		readonly drained: () => Promise<void>;
	};
	readonly stderr: {
		readonly isTerminal: boolean;
		readonly columns: number;
		readonly write: (text: string) => void;
	};
	readonly nodeVersion: string;
	/** The directory of what a secret and what Claude Code looks like. */
	readonly patterns: string;
	/** The text of a file, or of standard input, in pieces. Throws `not-found` and `permission`. */
	readonly readInput: (file: string | undefined) => AsyncIterable<string>;
	/** Opens the store with abandoned sessions closed. The command closes it. */
	readonly openStore: (options?: Pick<StoreOptions, "cacheKib">) => Store;
	/** A command has just been started, and its recorder has not written its session down yet. */
	readonly isSessionStarting: () => boolean;
	/** The model of the settings, and what asks it; loaded with the first call. Throws `config` without a key. */
	readonly loadModel: (model: string) => Promise<ModelReader>;
	readonly isProcessAlive: (pid: number, bootId: string | undefined) => boolean;
	/** Asks a yes-or-no question; undefined where nobody can be asked. */
	readonly confirm: ((question: string) => Promise<boolean>) | undefined;
	/** The person's next line; a secret one is not shown. Without a terminal: the next line of the standard input. */
	readonly ask: (question: string, options: { readonly isSecret: boolean }) => Promise<string>;
	/** For several questions in a row. */
	readonly openDialog: () => Dialog;
	/** Whether a Supabase project answers and takes the key. */
	readonly tryProject: (project: SupabaseProject) => Promise<ProjectTrial>;
	/** Whether a repository for backups can be reached. Throws what a backup would. */
	readonly tryRemote: (choices: SettingTexts) => Promise<void>;
	/** Ends when the person wants out. */
	readonly interruptSignal: () => AbortSignal;
	/** True once the person wants out; a second Ctrl-C does not wait. */
	readonly untilInterrupted: () => () => boolean;
	/** The Supabase project of the settings. Throws `config` when none is set. */
	readonly loadSync: () => Promise<SyncKit>;
	/** The backup of the settings, or another one; loaded with the first call. Throws `config` when none is set. */
	readonly loadBackup: (from?: string) => Promise<BackupKit>;
	/** The directory of the SQL that makes ctrace's tables. */
	readonly migrations: string;
	/** Shows text through the reader's pager. */
	readonly page: (text: string) => Promise<void>;
	readonly wait: (ms: number) => Promise<void>;
	/** Plays a recording on this terminal until the person quits; undefined where there is none. */
	readonly play: ((player: Player) => Promise<void>) | undefined;
	/** Runs a command wrapped, on this terminal, in a directory; gives its exit code. */
	readonly runWrapped: (words: readonly string[], cwd: string) => Promise<number>;
	/** Runs the scripted agent wrapped, on this terminal or one that nobody sees; gives its exit code. */
	readonly runDemoAgent: (isSeen: boolean) => Promise<number>;
	/** What can be done about the daemon; its code is loaded with the first call. */
	readonly daemon: () => Promise<DaemonRemote>;
	/** What the browser's page needs of this machine. */
	readonly web: {
		/** The built page. */
		readonly pageDirectory: string;
		/** Nobody can guess it. */
		readonly randomToken: () => string;
		/** False: there is no browser to open. */
		readonly openBrowser: (address: string) => boolean;
		readonly timeZone: () => string;
	};
	/** Where this ctrace lies, and on what it runs. */
	readonly installation: {
		/** As `process.platform` says. */
		readonly platform: string;
		readonly uid: number;
		/** Path of the Node.js that runs. */
		readonly node: string;
		/** What a person starts: `bin/ctrace.js`. */
		readonly launcher: string;
		readonly daemonScript: string;
	};
	/** Becomes the daemon, on this terminal, until the person wants out. */
	readonly runDaemonHere: () => Promise<number>;
	/** Stops between two recordings, or inside one and without it, when the person wants out. */
	readonly importRecordings: (request: Omit<ImportRequest, "isCancelled">) => Promise<ImportResult>;
}

/** What `patterns/` says besides what a screen looks like. */
export interface PatternParts {
	/** Today's rules and a masker that applies them; `mode` as the person wrote it. */
	readonly openMasker: (mode: string | undefined) => OpenedMasker;
	/** What stands in a model's place where no model answered. */
	readonly noModels: () => ReadonlySet<string>;
	/** What statistics go by. Throws `patterns`. */
	readonly measureMarks: () => MeasureMarks;
	readonly prices: () => PriceList;
}

export interface CliContext extends LookContext, PatternParts {}

/** Where nothing says how wide it is, text is made for this. */
const USUAL_COLUMNS = 100;

export function viewOf(context: LookContext): View {
	const { env, stdout } = context;
	const isColourRefused = (env.NO_COLOR ?? "") !== "" || env.TERM === "dumb";
	return {
		width: stdout.isTerminal ? stdout.columns : USUAL_COLUMNS,
		colour: stdout.isTerminal && !isColourRefused,
		home: context.home,
	};
}

/** Prints it, through the pager when it is longer than the screen. */
export async function show(context: LookContext, text: string): Promise<void> {
	const { stdout } = context;
	const isLong = text.split("\n").length > stdout.rows;
	if (stdout.isTerminal && isLong) await context.page(text);
	else stdout.write(text);
}

/** JSON for programs: one value, a newline at its end. */
export function printJson(context: LookContext, value: unknown): void {
	context.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
}
