/** `ctrace dev record`: a command on a real pseudo-terminal, mirrored to this one, kept in memory and written masked. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CtraceError } from "../core/errors.ts";
import type { TerminalEvent } from "../core/event.ts";
import type { Masker } from "../masking/masker.ts";
import type { ChildExit } from "../terminal/child-exit.ts";
import { forkPty } from "../terminal/native-pty.ts";
import { OuterTerminal } from "../terminal/outer-terminal.ts";
import { PtySession } from "../terminal/pty-session.ts";
import { writeCast } from "./cast.ts";
import { maskRecording, type Unmasked } from "./mask-recording.ts";

export interface RecordOptions {
	readonly folder: string;
	readonly command: readonly string[];
	/** Keep the keys too: a prompt as it was typed, pastes, answers in dialogs. Not for real passwords. */
	readonly keepsInput: boolean;
	readonly createMasker: () => Masker;
	readonly cwd: string;
}

export async function recordCase(options: RecordOptions): Promise<string> {
	const { folder, command, keepsInput } = options;
	if (!process.stdin.isTTY || !process.stdout.isTTY) {
		throw new CtraceError("usage", "recording a case needs a terminal on both sides");
	}
	if (existsSync(folder) && readdirSync(folder).length > 0) {
		throw new CtraceError("usage", `${folder} is not empty`, { hint: "name a new folder for the case" });
	}
	const masker = options.createMasker(); // before anything runs: without it nothing could be written
	const { recording, exit } = await run(command);
	const events = recording.events.filter((event) => keepsInput || event.kind !== "input");
	const { lines, secrets } = maskRecording({ ...recording, events }, masker);
	const words = command.map((word) => masker.maskText(word).text);
	mkdirSync(folder, { recursive: true });
	writeFileSync(
		join(folder, "session.cast"),
		writeCast({ size: recording.size, command: words.join(" ") }, lines),
	);
	const meta = {
		command: words,
		cwd: masker.maskText(options.cwd).text,
		...recording.size,
		exit,
		submitted: [],
		decisions: [],
	};
	writeFileSync(join(folder, "meta.json"), `${JSON.stringify(meta, undefined, "\t")}\n`);
	return `${lines.length} events in ${folder}, ${secrets} secrets blanked`;
}

interface Run {
	readonly recording: Unmasked;
	readonly exit: ChildExit;
}

async function run(command: readonly string[]): Promise<Run> {
	const [file = "", ...args] = command;
	const events: TerminalEvent[] = [];
	const origin = performance.now();
	const outer = new OuterTerminal({ inputFd: 0, outputFd: 1, output: process.stdout });
	const size = outer.size();
	const child = forkPty({ file, args, env: process.env, size });
	const session = new PtySession({
		child,
		outer,
		size,
		now: () => performance.now() - origin,
		observe: (event) => void events.push(copyOf(event)),
		onSuspendKey: () => {}, // a case is one stretch: the key goes to the command and stops nothing here
	});
	const onResize = () => session.resize();
	process.on("SIGWINCH", onResize);
	void outer.enterRaw().then(() => session.show());
	const exit = await session.finished();
	process.off("SIGWINCH", onResize);
	await outer.leaveRaw();
	return { recording: { size, events }, exit };
}

/** The reader may use its buffer again. */
function copyOf(event: TerminalEvent): TerminalEvent {
	return "data" in event ? { ...event, data: event.data.slice() } : event;
}
