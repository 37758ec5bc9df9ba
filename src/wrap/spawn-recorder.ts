/** Starts the recorder as a process of its own: another session, no terminal, nothing of ours but the two channels. */
import { spawn } from "node:child_process";
import { closeSync, openSync, writeFileSync, writeSync } from "node:fs";
import { Socket } from "node:net";
import { setPriority } from "node:os";
import { type NativePart, nativePart } from "../terminal/native-part.ts";
import type { RecorderChannels } from "./recorder-link.ts";

const FIRST_CHANNEL = 3;

/**
 * What a recorder keeps is little, and it lives as long as the session: young objects may take 12 MB, not 48, and one thread
 * helps to collect garbage, not four.
 */
const SMALL = ["--max-semi-space-size=4", "--v8-pool-size=1"] as const;

export interface SpawnRecorderOptions {
	readonly script: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/**
	 * Descriptors of ours that the system would pass on, such as the pseudo-terminal's: held by the recorder, they
	 * would keep the command's terminal alive after the wrapper's death.
	 */
	readonly keepBack: readonly number[];
	/** What it is told first, before anything else is made ready; what the pipe does not take at once follows when it is opened. */
	readonly first: Uint8Array;
	/** Absent: as it was built. */
	readonly native?: NativePart;
}

export interface StartedRecorder {
	/** To be called once. Streams take Node some milliseconds, which the command's first word need not wait for. */
	open(): RecorderChannels;
}

/** Options for Node meant for the user's own programs must not reach the recorder; its working directory differs, too. */
const FOREIGN_VARIABLES = ["NODE_OPTIONS", "NODE_V8_COVERAGE", "NODE_REPL_EXTERNAL_MODULE"] as const;

/** `onFailure` is told when the process could not be started at all. */
export function spawnRecorder(
	options: SpawnRecorderOptions,
	onFailure: (reason: string) => void,
): StartedRecorder {
	const env = { ...options.env };
	for (const name of FOREIGN_VARIABLES) delete env[name];
	const own = { ...options, env };
	return startNatively(own) ?? startByNode(own, onFailure);
}

/** Node waits until the new program has been read from the disk, and the command's first word would wait with it. */
function startNatively({
	script,
	env,
	first,
	native = nativePart(),
}: SpawnRecorderOptions): StartedRecorder | undefined {
	const { startRecorder, reap } = native ?? {};
	if (startRecorder === undefined || reap === undefined) return undefined;
	const variables = Object.entries(env).flatMap(([name, value]) =>
		value === undefined ? [] : [`${name}=${value}`],
	);
	const started = startRecorder([process.execPath, ...SMALL, script], variables, LOW_PRIORITY);
	if (started === undefined) return undefined;
	const told = tellFirst(started.data, first);
	// Until somebody asks how it ended, the system counts it among the living, and so would the store.
	const ask = () => {
		if (reap(started.pid)) process.off("SIGCHLD", ask);
	};
	process.on("SIGCHLD", ask);
	const socket = (fd: number) => new Socket({ fd, readable: true, writable: true });
	return {
		open: () => {
			const channels = { data: socket(started.data), last: socket(started.last) };
			if (told < first.length) channels.data.write(first.subarray(told));
			return channels;
		},
	};
}

/** How much of it was taken. */
function tellFirst(fd: number, first: Uint8Array): number {
	try {
		return writeSync(fd, first);
	} catch {
		return 0; // full, or gone already: the channel says so when it is opened
	}
}

function startByNode(
	{ script, env, first, keepBack }: SpawnRecorderOptions,
	onFailure: (reason: string) => void,
): StartedRecorder {
	const nothing = openSync("/dev/null", "r");
	try {
		const child = spawn(process.execPath, [...SMALL, script], {
			detached: true,
			cwd: "/",
			env,
			stdio: descriptors(keepBack, nothing),
		});
		child.on("error", (error: NodeJS.ErrnoException) => {
			onFailure(`the recorder could not be started (${error.code ?? "unknown error"})`);
		});
		yieldToTheCommand(child.pid);
		child.unref();
		const channels = {
			data: channel(child.stdio[FIRST_CHANNEL]),
			last: channel(child.stdio[FIRST_CHANNEL + 1]),
		};
		channels.data.on("error", () => undefined); // whoever opens it hears of its end
		channels.data.write(first);
		return { open: () => channels };
	} finally {
		closeSync(nothing);
	}
}

/** Where the processor is short, the command and its terminal come first: from the recorder's first instruction on. */
const LOW_PRIORITY = 10;

function yieldToTheCommand(pid: number | undefined): void {
	if (pid === undefined) return;
	// Linux shares the processor among sessions first, and only within each of them by priority.
	for (const lower of [
		() => setPriority(pid, LOW_PRIORITY),
		() => writeFileSync(`/proc/${pid}/autogroup`, String(LOW_PRIORITY), { flag: "r+" }),
	])
		try {
			lower();
		} catch {
			// Not everywhere may a process be lowered.
		}
}

/** A descriptor is kept back by putting another one in its place. */
function descriptors(keepBack: readonly number[], nothing: number): ("ignore" | "pipe" | number)[] {
	const list: ("ignore" | "pipe" | number)[] = ["ignore", "ignore", "ignore", "pipe", "pipe"];
	for (let fd = list.length; fd <= Math.max(0, ...keepBack); fd += 1) {
		list.push(keepBack.includes(fd) ? nothing : "ignore");
	}
	return list;
}

function channel(stream: unknown): Socket {
	if (stream instanceof Socket) return stream;
	const dead = new Socket(); // the process never started: its error says why
	queueMicrotask(() => dead.destroy());
	return dead;
}
