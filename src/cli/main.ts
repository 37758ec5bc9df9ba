/** The entry of `dist/cli.cjs`: hands the process over to the commands. The only file here that touches `process`. */
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync, readlinkSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { isatty } from "node:tty";
import { fileURLToPath } from "node:url";
import { currentBootId, isRecordedProcessAlive } from "../config/boot.ts";
import type { Config, LoadedConfig } from "../config/config.ts";
import { leaveNoCoreDumps, leaveNoReports } from "../config/leave-no-traces.ts";
import { loadOwnConfig } from "../config/load.ts";
import { isSessionStarting } from "../config/starting-mark.ts";
import { CtraceError } from "../core/errors.ts";
import { createIdMaker } from "../core/ids.ts";
import type { ImportRequest, ImportResult } from "../import/import-recordings.ts";
import type { Player } from "../replay/player.ts";
import type { FindKey } from "../store/encryption/database-key.ts";
import { createFindKey } from "../store/encryption/find-key.ts";
import { MIGRATIONS } from "../store/migrations.ts";
import { openStore, type StoreOptions } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import type { SyncKit, SyncKitParts } from "../sync/kit.ts";
import { ask, confirm, interruptSignal, openDialog } from "./ask.ts";
import { COMMANDS } from "./commands/index.ts";
import type { LookContext } from "./context.ts";
import type { DaemonRemote } from "./daemon/remote.ts";
import { createLoaders, type LoaderSources, loadPatterns } from "./loaders.ts";
import { choosePager, runPager } from "./pager.ts";
import { readInput } from "./read-input.ts";
import { type ContextNeeds, runCli } from "./run-cli.ts";
import { runDemoAgent, runWrapped } from "./run-wrapped.ts";
import { versionLine } from "./version-line.ts";
import { webMachine } from "./web/web-machine.ts";

/** Put in by the build. */
declare const CTRACE_VERSION: string;
declare const CTRACE_COMMIT: string;
/** The genuine `import` of an ES module, which no bundler takes for its own. */
declare const importModule: (address: string) => Promise<unknown>;

/** Beside the bundle: what a secret looks like, what Claude Code looks like. */
const PATTERNS = beside("../patterns");
/** What makes ctrace's tables in a Supabase project. */
const SUPABASE_MIGRATIONS = beside("../supabase/migrations");
const DAEMON = beside("./daemon.js");
const USUAL_SCREEN = { columns: 80, rows: 24 } as const;
const clock = { now: () => Date.now() };
const { env, stdout, stderr } = process;
/** Asked of the system: Node's own standard input takes its time to make, and most commands read nothing. */
const isKeyboard = isatty(0);

/** What takes the whole terminal. */
const onThisTerminal = {
	play:
		isKeyboard && stdout.isTTY
			? async (player: Player) => (await import("./play.ts")).play(player)
			: undefined,
	runDemoAgent,
	runWrapped,
};

function createContext({ withWrongSettings }: ContextNeeds): LookContext {
	const home = homedir();
	const { config, settings, problems } = readConfig(home);
	const [wrong] = problems;
	if (wrong !== undefined && !withWrongSettings) throw wrong;
	return {
		config,
		settings,
		settingProblems: problems,
		env,
		home,
		cwd: process.cwd(),
		version: CTRACE_VERSION,
		now: clock.now,
		stdout: {
			isTerminal: stdout.isTTY === true,
			columns: stdout.columns || USUAL_SCREEN.columns,
			rows: stdout.rows || USUAL_SCREEN.rows,
			write: writeOut,
			drained: async () => {
				if (stdout.writableNeedDrain) await once(stdout, "drain");
			},
		},
		stderr: {
			isTerminal: stderr.isTTY === true,
			columns: stderr.columns || USUAL_SCREEN.columns,
			write: (text) => void stderr.write(text),
		},
		nodeVersion: process.versions.node,
		patterns: PATTERNS,
		readInput,
		openStore: (options) => openReader(config, options),
		isSessionStarting: () => isSessionStarting(config.paths.state, clock.now()),
		isProcessAlive,
		ask,
		openDialog,
		interruptSignal,
		untilInterrupted: () => {
			const signal = interruptSignal();
			return () => signal.aborted;
		},
		...loaders(config, home),
		migrations: SUPABASE_MIGRATIONS,
		confirm: isKeyboard && stderr.isTTY ? confirm : undefined,
		page: (text) => page(config, text),
		wait: (ms) => wait(ms),
		...onThisTerminal,
		daemon: () => openRemote(config),
		web: webMachine(beside("./web")),
		installation: ownInstallation(),
		runDaemonHere,
		importRecordings: (request) => runImport(config, request),
	};
}

function ownInstallation(): LookContext["installation"] {
	return {
		platform: process.platform,
		uid: process.getuid?.() ?? 0,
		node: process.execPath,
		launcher: beside("../bin/ctrace.js"),
		daemonScript: DAEMON,
	};
}

function readConfig(home: string): LoadedConfig {
	return loadOwnConfig({ env, platform: process.platform, home }, beside(".."));
}

/** Readers see sessions whose recorder vanished as what they are. */
function openReader(config: Config, options: Pick<StoreOptions, "cacheKib"> = {}): Store {
	const ids = createIdMaker(clock, (count) => randomBytes(count));
	const store = openStore({
		...options,
		path: config.paths.database,
		clock,
		ids,
		findKey: findKeyOf(config),
	});
	store.closeAbandoned(isProcessAlive);
	return store;
}

function findKeyOf({ passphrase, keychain }: Config): FindKey {
	return createFindKey({ passphrase, isKeychainUsed: keychain });
}

function isProcessAlive(pid: number, bootId: string | undefined): boolean {
	return isRecordedProcessAlive(
		{ pid, bootId },
		{ readText: readIfThere, readLink: readLinkIfThere, signal: (id) => process.kill(id, 0) },
	);
}

function syncKitParts(config: Config): SyncKitParts {
	if (config.supabase === undefined)
		throw new CtraceError("config", "no Supabase project is set", {
			hint: `Put SUPABASE_URL and SUPABASE_KEY into ${config.paths.dotenv}`,
		});
	const bootId = currentBootId({ readText: readIfThere, readLink: readLinkIfThere });
	return {
		project: config.supabase,
		stateDir: config.paths.state,
		isKeychainUsed: config.keychain,
		clock,
		fetch,
		chance: Math.random,
		process: { holder: randomUUID(), pid: process.pid, bootId, isAlive: isProcessAlive },
		shareWith: config.shareWith,
	};
}

async function loadSync(config: Config): Promise<SyncKit> {
	const { createSyncKit } = await import("../sync/kit.ts");
	return createSyncKit(syncKitParts(config));
}

function loaderSources(config: Config, home: string): LoaderSources {
	return { config, env, home, patterns: PATTERNS, signal: interruptSignal };
}

function loaders(config: Config, home: string) {
	return {
		loadSync: () => loadSync(config),
		...createLoaders(loaderSources(config, home)),
	};
}

async function page(config: Config, text: string): Promise<void> {
	const pager = choosePager(config.pager, env);
	if (pager === undefined || !(await runPager(pager, text, env))) writeOut(text);
}

async function openRemote(config: Config): Promise<DaemonRemote> {
	const { DaemonRemote } = await import("./daemon/remote.ts");
	return new DaemonRemote({ stateDir: config.paths.state, script: DAEMON, env, isProcessAlive });
}

/** A bundle of its own; it ends the process when the daemon ends. */
async function runDaemonHere(): Promise<number> {
	await importModule(new URL("./daemon.js", import.meta.url).href);
	return new Promise(() => {});
}

/** The stages are many: only this command waits for them to be loaded. The second Ctrl-C does not wait for anything. */
async function runImport(config: Config, request: Omit<ImportRequest, "isCancelled">): Promise<ImportResult> {
	const { importRecordings } = await import("../import/import-recordings.ts");
	const bootId = currentBootId({ readText: readIfThere, readLink: readLinkIfThere });
	const interrupted = interruptSignal();
	return importRecordings(
		{
			paths: config.paths,
			patterns: PATTERNS,
			env,
			clock,
			randomBytes,
			privacyMode: config.privacyMode,
			findKey: findKeyOf(config),
			projectDir: process.cwd(),
			home: realHome(),
			recorder: { pid: process.pid, ...(bootId === undefined ? {} : { bootId }) },
		},
		{ ...request, isCancelled: () => interrupted.aborted },
	);
}

/** As the recorder has it: what a program says of its directory is the real one. */
function realHome(): string {
	return orNothing(() => realpathSync(homedir())) ?? homedir();
}

function beside(name: string): string {
	return fileURLToPath(new URL(name, import.meta.url));
}

function writeOut(text: string): void {
	stdout.write(text);
}

function readIfThere(path: string): string | undefined {
	return orNothing(() => readFileSync(path, "utf8"));
}

function readLinkIfThere(path: string): string | undefined {
	return orNothing(() => readlinkSync(path));
}

function orNothing<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch {
		return undefined; // Not there, or not for us: both mean that it says nothing.
	}
}

// Whoever reads us may stop early (`| head`): that is no failure, and nothing is left to say.
for (const stream of [stdout, stderr])
	stream.on("error", (error: NodeJS.ErrnoException) => {
		if (error.code !== "EPIPE") throw error;
		process.exit();
	});

leaveNoCoreDumps();
leaveNoReports(process);
main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<void> {
	// The workshop brings a terminal emulator along: its own bundle, read only when asked for.
	if (words[0] === "dev") {
		await importModule(new URL("./dev.js", import.meta.url).href);
		return;
	}
	const exitCode = await runCli({
		words,
		commands: COMMANDS,
		createContext,
		loadPatterns: ({ config, home }) => loadPatterns(loaderSources(config, home)),
		version: versionLine({ version: CTRACE_VERSION, commit: CTRACE_COMMIT, schema: MIGRATIONS.length }),
		stdout: writeOut,
		stderr: (text) => void stderr.write(text),
	});
	process.exitCode = exitCode;
	// Everything is said and closed: at once, rather than when Node has taken all of itself down.
	if ([stdout, stderr].every(({ writableLength }) => writableLength === 0)) process.exit();
}
