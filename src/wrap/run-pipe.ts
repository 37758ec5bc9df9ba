/** A command whose output is no terminal: it gets a real pipe, and its bytes go where they were meant to. */
import { closeSync, fstatSync } from "node:fs";
import { tmpdir } from "node:os";
import type { ChildExit } from "../terminal/child-exit.ts";
import { makeFifos, openForInput, openForOutput } from "../terminal/fifo.ts";
import { relayInput } from "../terminal/input-relay.ts";
import { OutputRelay } from "../terminal/pipe-relay.ts";
import { startPlain } from "../terminal/plain-child.ts";
import type { CommandToRun } from "./command.ts";
import type { Recording } from "./recording.ts";
import { forwardSignals, sharesForeground } from "./signals.ts";

/** What a shell says of a command that is there and cannot be started. */
const CANNOT_RUN = 126;

export interface RunPipeOptions {
	readonly command: CommandToRun;
	readonly relayInput: boolean;
	readonly recording: Recording;
	readonly now: () => number;
}

export async function runPipe(options: RunPipeOptions): Promise<ChildExit> {
	const { recording, now } = options;
	const fifos = await makeFifos(tmpdir(), ["output", "input"]);
	const [outputPath = "", inputPath = ""] = fifos.paths;
	const output = openForOutput(outputPath);
	const input = options.relayInput ? openForInput(inputPath) : undefined;
	fifos.remove();
	const child = startPlain({
		...options.command,
		stdio: [input?.theirs ?? 0, output.theirs, isOneFile(1, 2) ? output.theirs : 2],
	});
	const relay = new OutputRelay({
		pipe: output,
		sinkFd: 1,
		onData: (data) => recording.observe({ kind: "output", at: now(), data }),
	});
	relay.childHasIt();
	if (input !== undefined) {
		closeSync(input.theirs);
		relayInput({
			source: process.stdin,
			fd: input.ours,
			onData: (data) => recording.observe({ kind: "input", at: now(), data }),
			childHasIt: Promise.resolve(),
		});
	}
	recording.start({ pid: child.pid, attachment: "pipe" });
	const stop = forwardSignals((signal) => child.signal(signal), { hearsKeyboard: sharesForeground() });
	const exit = await child.exited.catch((error: unknown) => {
		recording.observe({ kind: "exit", at: now(), code: CANNOT_RUN });
		throw error;
	});
	await relay.finish();
	recording.observe({ kind: "exit", at: now(), code: exit.code, signal: exit.signal });
	stop();
	return exit;
}

/** Whether two of our descriptors lead to the same place, as after `2>&1`: then the order between them matters. */
function isOneFile(a: number, b: number): boolean {
	try {
		const [first, second] = [fstatSync(a), fstatSync(b)];
		return first.dev === second.dev && first.ino === second.ino && first.rdev === second.rdev;
	} catch {
		return false; // one of them is closed
	}
}
