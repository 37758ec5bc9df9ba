/** The program `ctrace`: looks at its first words, then runs the command it wraps, or one of its own. */
import { randomBytes } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { basename } from "node:path";
import { isatty } from "node:tty";
import { fileURLToPath } from "node:url";
import { leaveNoReports } from "../config/leave-no-traces.ts";
import { resolvePaths } from "../config/paths.ts";
import { markUnrecorded } from "../config/unrecorded-mark.ts";
import { CtraceError } from "../core/errors.ts";
import { createIdMaker } from "../core/ids.ts";
import type { ChildExit } from "../terminal/child-exit.ts";
import { isSameDevice } from "../terminal/outer-terminal.ts";
import { readLinuxState } from "../terminal/process-state.ts";
import type { CommandToRun } from "./command.ts";
import { dieLike } from "./die-like.ts";
import { findCommand } from "./find-command.ts";
import { parseInvocation } from "./invocation.ts";
import { namedDescriptors } from "./named-descriptors.ts";
import { formatNesting, isAbove, MAX_DEPTH, parseNesting, SESSION_VARIABLE } from "./nesting.ts";
import { unrecordedNotice } from "./notice.ts";
import { type Plan, planSession } from "./plan.ts";
import { Recording } from "./recording.ts";
import { runDirect } from "./run-direct.ts";
import { runPipe } from "./run-pipe.ts";
import { runPty } from "./run-pty.ts";

const USAGE_ERROR = 2;
const CANNOT_RUN = 126;

leaveNoReports(process);
main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<void> {
	const invocation = parseInvocation(argv);
	// Not imported: the loader of ES modules alone takes some ten milliseconds to start.
	if (invocation.kind === "own") createRequire(import.meta.url)("./cli.cjs");
	else if (invocation.kind === "mistake") quit(USAGE_ERROR, invocation.message);
	else await wrap(invocation);
}

async function wrap(wanted: {
	readonly file: string;
	readonly args: readonly string[];
	readonly transcripts: boolean;
}): Promise<void> {
	const startedAt = Date.now();
	const origin = performance.now();
	const now = () => performance.now() - origin;
	const found = findCommand({
		word: wanted.file,
		path: process.env.PATH,
		self: process.argv[1] ?? "",
	});
	if (found.kind === "missing") return quit(found.code, found.message);
	const above = parseNesting(process.env[SESSION_VARIABLE]);
	const nested = above !== undefined && isAbove(above, process.pid, { parentOf, isAlive });
	const depth = nested ? above.depth + 1 : 0;
	if (depth > MAX_DEPTH) return quit(CANNOT_RUN, `${found.path} starts ctrace again and again`);
	const inherited = namedDescriptors(wanted.args);
	const plan = planSession(
		gatherFacts({
			name: basename(wanted.file),
			args: wanted.args,
			nested,
			namesDescriptors: inherited.length > 0,
		}),
	);
	const sessionId = createIdMaker({ now: () => startedAt }, (count) => randomBytes(count))();
	const own = { wrapperPid: process.pid, ...(plan.attach === "direct" ? {} : { sessionId }) };
	const marker = formatNesting({ ...(nested ? above : own), depth });
	const command: CommandToRun = {
		file: found.file,
		word: wanted.file,
		args: wanted.args,
		inherited,
		env: { ...process.env, [SESSION_VARIABLE]: marker },
	};
	const recording = new Recording({
		script: fileURLToPath(new URL("./recorder.js", import.meta.url)),
		env: process.env,
		command: [wanted.file, ...wanted.args],
		transcripts: wanted.transcripts,
		sessionId,
		startedAt,
		now,
	});
	const endPrivacy =
		plan.attach === "direct" && plan.isPrivate === true ? beginPrivacy(startedAt) : undefined;
	const exit = await runOrStandAside({ plan, command, recording, now }).catch((error: unknown) =>
		quit(CANNOT_RUN, `${found.path} could not be started (${codeOf(error)})`),
	);
	endPrivacy?.(Date.now());
	const notice = (await recording.finish()) ?? noticeOf(plan);
	if (notice !== undefined) say(notice);
	dieLike(exit);
}

/** The daemon reads what Claude Code writes down: not of this run. */
function beginPrivacy(startedAt: number): ((endedAt: number) => void) | undefined {
	try {
		const { state } = resolvePaths({ env: process.env, platform: process.platform, home: homedir() });
		return markUnrecorded(state, { cwd: process.cwd(), pid: process.pid, startedAt });
	} catch {
		return undefined; // settings that name no place: then nothing is kept at all
	}
}

interface Run {
	readonly plan: Plan;
	readonly command: CommandToRun;
	readonly recording: Recording;
	readonly now: () => number;
}

/** Where there is no terminal or pipe to be had for the recording, the command runs without one. */
async function runOrStandAside(options: Run): Promise<ChildExit> {
	try {
		return await run(options);
	} catch (error) {
		if (!(error instanceof CtraceError) || error.code !== "spawn") throw error;
		options.recording.giveUp(error.message);
		return runDirect(options.command);
	}
}

function run({ plan, command, recording, now }: Run): Promise<ChildExit> {
	switch (plan.attach) {
		case "direct":
			return runDirect(command);
		case "pty":
			return runPty({ command, plan, recording, now });
		case "pipe":
			return runPipe({ command, relayInput: plan.relayInput, recording, now });
	}
}

function gatherFacts(command: {
	readonly name: string;
	readonly args: readonly string[];
	readonly nested: boolean;
	readonly namesDescriptors: boolean;
}) {
	const isTerminal = { input: isatty(0), output: isatty(1), error: isatty(2) };
	const own = readLinuxState(process.pid);
	return {
		...command,
		env: process.env,
		isTerminal,
		sameTerminal: !isTerminal.input || !isTerminal.output || isSameDevice(0, 1),
		background: own !== undefined && own.foregroundGroup > 0 && own.foregroundGroup !== own.group,
		hasKeyboard: isTerminal.output && !isTerminal.input && canOpenKeyboard(),
	};
}

function canOpenKeyboard(): boolean {
	try {
		closeSync(openSync("/dev/tty", "r+"));
		return true;
	} catch {
		return false;
	}
}

function noticeOf(plan: Plan): string | undefined {
	return plan.attach === "direct" && plan.notice !== undefined ? unrecordedNotice(plan.notice) : undefined;
}

function codeOf(error: unknown): string {
	return error instanceof Error && "code" in error ? String(error.code) : String(error);
}

function parentOf(pid: number): number | undefined {
	return readLinuxState(pid)?.parent;
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

function quit(code: number, message: string): never {
	say(`ctrace: ${message}`);
	process.exit(code);
}

function say(line: string): void {
	try {
		writeSync(2, `${line}\n`);
	} catch {
		// Nobody is there to read it.
	}
}
