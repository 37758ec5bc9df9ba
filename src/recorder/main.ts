import { randomBytes } from "node:crypto";
import { readFileSync, readlinkSync, realpathSync } from "node:fs";
import { homedir, hostname, userInfo } from "node:os";
import { fileURLToPath } from "node:url";
import { currentBootId } from "../config/boot.ts";
import { type Config, loadConfig } from "../config/config.ts";
import { resolvePaths } from "../config/paths.ts";
import { unmarkStarting } from "../config/starting-mark.ts";
import { shortenHome } from "../core/home.ts";
import type { SessionStart } from "../core/wire.ts";
import { claudeConfigDir } from "../transcripts/files/claude-paths.ts";
import { readGitState } from "./git-state.ts";
import { MergedSource } from "./merged-source.ts";
import { openSession, openStages, type Stages } from "./open-session.ts";
import type { Pipeline } from "./pipeline.ts";
import { runRecorder } from "./run-recorder.ts";
import { createTurnSource, isClaude, type TurnSource } from "./turn-source.ts";

/** Beside the bundle: what a secret looks like, what Claude Code looks like. */
const PATTERNS = fileURLToPath(new URL("../patterns", import.meta.url));

await runRecorder(createPipeline);

function createPipeline(start: SessionStart): Pipeline {
	const config = readConfig();
	try {
		return beginSession(start, config);
	} finally {
		unmarkStarting(config.paths.state, start);
	}
}

function beginSession(start: SessionStart, { paths, privacyMode, transcripts }: Config): Pipeline {
	const clock = { now: () => Date.now() };
	const stages = openStages({
		paths,
		patterns: PATTERNS,
		env: process.env,
		clock,
		randomBytes,
		privacyMode,
		projectDir: start.cwd,
	});
	const bootId = currentBootId({ readText, readLink: (path) => readlinkSync(path) });
	const session = openSession(stages, {
		// The home directory's own name is a person's: it is never written, and `~` means the same on every machine.
		start: { ...start, cwd: shortenHome(start.cwd, realHome()) },
		source: withTranscripts(createTurnSource(start, stages.look), start, { stages, transcripts }),
		recorder: {
			pid: process.pid,
			wrapperPid: start.wrapperPid,
			...(bootId === undefined ? {} : { bootId }),
		},
		facts: { host: hostname(), user: userInfo().username, git: readGitState(start.cwd) },
	});
	return {
		feed: (event) => session.feed(event),
		tick: (at) => session.tick(at),
		close: (at, status) => {
			session.close(at, status);
			stages.store.close();
		},
	};
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

function realHome(): string {
	try {
		return realpathSync(homedir());
	} catch {
		return homedir(); // gone, or not ours to look at
	}
}

function readConfig(): Config {
	const machine = { env: process.env, platform: process.platform, home: homedir() };
	const dotenv = readText(resolvePaths(machine).dotenv);
	return loadConfig({ ...machine, ...(dotenv === undefined ? {} : { dotenv }) });
}

function readText(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return undefined; // absent is the usual case; what cannot be read has no say
	}
}
