import { randomBytes, randomUUID } from "node:crypto";
import { readFileSync, readlinkSync, realpathSync } from "node:fs";
import { homedir, hostname, userInfo } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { currentBootId } from "../config/boot.ts";
import type { Config } from "../config/config.ts";
import { loadOwnConfig } from "../config/load.ts";
import { unmarkStarting } from "../config/starting-mark.ts";
import { shortenHome } from "../core/home.ts";
import type { SessionStart } from "../core/wire.ts";
import { createFindKey } from "../store/encryption/find-key.ts";
import type { Store } from "../store/store.ts";
import type { createSyncKit } from "../sync/kit.ts";
import { isSignedIn } from "../sync/signed-in-file.ts";
import { claudeConfigDir } from "../transcripts/files/claude-paths.ts";
import { readGitState } from "./git-state.ts";
import { createLiveSync, type LiveSync } from "./live-sync.ts";
import { readMadeCommits } from "./made-commits.ts";
import { MergedSource } from "./merged-source.ts";
import { openSession, openStages, type Stages } from "./open-session.ts";
import { Pausing } from "./pausing.ts";
import type { Pipeline } from "./pipeline.ts";
import type { TellPause } from "./recorder.ts";
import { runRecorder } from "./run-recorder.ts";
import { createTurnSource, isClaude, type TurnSource } from "./turn-source.ts";

/** Beside the bundle: what a secret looks like, what Claude Code looks like. */
const PATTERNS = fileURLToPath(new URL("../patterns", import.meta.url));

/** A save that finds the store locked is made with the next one: meanwhile the wrapper must be listened to. */
const LOCK_PATIENCE_MS = 1000;

const clock = { now: () => Date.now() };

await runRecorder(createPipeline);

function createPipeline(start: SessionStart, tell: TellPause): Pipeline {
	const config = readConfig();
	try {
		return beginSession(start, config, tell);
	} finally {
		unmarkStarting(config.paths.state, start);
	}
}

function beginSession(start: SessionStart, config: Config, tell: TellPause): Pipeline {
	const { paths, privacyMode, transcripts } = config;
	const stages = openStages({
		paths,
		patterns: PATTERNS,
		env: process.env,
		clock,
		randomBytes,
		privacyMode,
		findKey: createFindKey({ passphrase: config.passphrase, isKeychainUsed: config.keychain }),
		projectDir: start.cwd,
	});
	stages.store.waitAtMost(LOCK_PATIENCE_MS);
	const bootId = currentBootId({ readText, readLink: (path) => readlinkSync(path) });
	const id = start.sessionId ?? stages.ids();
	const pausing = new Pausing({
		store: stages.store,
		sessionId: id,
		startedAt: start.startedAt,
		keys: config.pauseKeys,
	});
	const sync = openLiveSync(config, { store: stages.store, sessionId: id, bootId });
	const session = openSession(stages, {
		id,
		// The home directory's own name is a person's: it is never written, and `~` means the same on every machine.
		start: { ...start, cwd: shortenHome(start.cwd, realHome()) },
		source: withTranscripts(createTurnSource(start, stages.look, { pictures: config.record }), start, {
			stages,
			transcripts,
		}),
		recorder: {
			pid: process.pid,
			wrapperPid: start.wrapperPid,
			...(bootId === undefined ? {} : { bootId }),
		},
		isScreenKept: config.record && start.attachment === "pty",
		pausing,
		onPause: tell,
		now: () => performance.now(),
		facts: {
			host: hostname(),
			user: userInfo().username,
			git: readGitState(start.cwd),
			readCommits: (from, to) => readMadeCommits(start.cwd, { from, to }),
		},
	});
	return {
		feed: (event) => session.feed(event),
		tick: (at) => {
			session.tick(at);
			sync?.tick();
		},
		close: (at, status) => {
			session.close(at, status);
			forgetOld(stages.store, config.keepRecordingsDays);
			if (sync === undefined) stages.store.close();
		},
		finish: async () => {
			await sync?.finish();
			if (sync !== undefined) stages.store.close();
		},
	};
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Recordings are kept for a while; with each session's end the oldest go. */
function forgetOld(store: Store, days: number): void {
	if (days === 0) return;
	try {
		store.recordings.removeOlderThan(Date.now() - days * DAY_MS);
	} catch {
		// Somebody else writes: it is done with the next session.
	}
}

/** Claude Code's own transcript beside its screen, unless the person said otherwise. */
function withTranscripts(
	source: TurnSource,
	start: SessionStart,
	options: { readonly stages: Stages; readonly transcripts: boolean },
): TurnSource {
	if (!start.transcripts || !options.transcripts || !isClaude(start.command)) return source;
	const live = {
		configDir: claudeConfigDir({ env: process.env, home: homedir() }),
		pid: start.childPid,
		cwd: start.cwd,
		startedAt: start.startedAt,
		parentOf,
	};
	return new MergedSource(source, live, options.stages.readingTools());
}

/** Linux tells; elsewhere the transcript is found by directory, time and prompt. */
function parentOf(pid: number): number | undefined {
	const stat = readText(`/proc/${pid}/stat`);
	const parent = stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
	return parent === undefined ? undefined : Number(parent);
}

/** Undefined when the person has no project, or nobody has signed in to it. */
function openLiveSync(
	config: Config,
	facts: { readonly store: Store; readonly sessionId: string; readonly bootId: string | undefined },
): LiveSync | undefined {
	const { supabase: project, paths, keychain, shareWith } = config;
	if (project === undefined || !isSignedIn(paths.state)) return undefined;
	const isAlive = (pid: number) => {
		try {
			return process.kill(pid, 0);
		} catch {
			return false; // gone, or not ours: then its lease runs out by itself
		}
	};
	const holder = { holder: randomUUID(), pid: process.pid, bootId: facts.bootId, isAlive };
	return createLiveSync({
		...facts,
		now: clock.now,
		restEveryMs: config.autoSyncSeconds * 1000,
		wait: (ms) => wait(ms),
		loadSender: async () => {
			// A bundle of its own, half a megabyte, that only people with a project read.
			const loaded: { createSyncKit: typeof createSyncKit } = await import(
				new URL("./sync.js", import.meta.url).href
			);
			const chance = () => Math.random();
			return loaded.createSyncKit({
				project,
				stateDir: paths.state,
				isKeychainUsed: keychain,
				clock,
				fetch,
				chance,
				process: holder,
				shareWith,
			});
		},
	});
}

function realHome(): string {
	try {
		return realpathSync(homedir());
	} catch {
		return homedir(); // gone, or not ours to look at
	}
}

function readConfig(): Config {
	const machine = { env: process.env, platform: process.platform, home: homedir() };
	const { config, problems } = loadOwnConfig(machine, fileURLToPath(new URL("..", import.meta.url)));
	const [wrong] = problems;
	if (wrong !== undefined) throw wrong;
	return config;
}

function readText(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return undefined; // absent is the usual case; what cannot be read has no say
	}
}
