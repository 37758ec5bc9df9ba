/**
 * The one door to node-pty. Its native part is used directly: the JavaScript around it rewrites the child's
 * environment, decodes bytes as text and closes the terminal 200 ms after the exit, which loses the last bytes of a flood.
 */
import { closeSync, constants, existsSync, openSync } from "node:fs";
import { createRequire } from "node:module";
import { constants as os } from "node:os";
import { dirname, join } from "node:path";
import { CtraceError } from "../core/errors.ts";
import type { TerminalSize } from "../core/event.ts";
import { type ChildExit, signalName } from "./child-exit.ts";

interface NativePty {
	fork(
		file: string,
		args: readonly string[],
		env: readonly string[],
		cwd: string,
		cols: number,
		rows: number,
		uid: number,
		gid: number,
		utf8: boolean,
		helperPath: string,
		onExit: (code: number, signal: number) => void,
	): { readonly fd: number; readonly pid: number; readonly pty: string };
	resize(fd: number, cols: number, rows: number): void;
}

export interface PtyCommand {
	/** The word as it was typed: it becomes the child's argv[0] and is looked up on `env.PATH`. */
	readonly file: string;
	readonly args: readonly string[];
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly size: TerminalSize;
}

export interface PtyChild {
	/** The master side, non-blocking. */
	readonly fd: number;
	readonly pid: number;
	/** Path of the terminal the child sits at. */
	readonly path: string;
	readonly exited: Promise<ChildExit>;
	resize(size: TerminalSize): void;
}

const SAME_USER = -1;
const UTF8_TERMINAL = true;
/** No folder to change to: the child stays in ours, even if that has been deleted meanwhile. */
const STAY_HERE = "";

/** Starts the command on a new pseudo-terminal, as the leader of a session of its own. Throws `spawn` when there is none. */
export function forkPty(command: PtyCommand): PtyChild {
	const { native, helper } = loadNative();
	let settle: (exit: ChildExit) => void;
	const exited = new Promise<ChildExit>((resolve) => {
		settle = resolve;
	});
	let held: number | undefined;
	const onExit = (code: number, signal: number) => {
		if (held !== undefined) closeSync(held);
		settle(toExit(code, signal));
	};
	const forked = attempt(() =>
		native.fork(
			command.file,
			command.args,
			toPairs(command.env),
			STAY_HERE,
			command.size.cols,
			command.size.rows,
			SAME_USER,
			SAME_USER,
			UTF8_TERMINAL,
			helper,
			onExit,
		),
	);
	held = openSlave(forked.pty);
	return {
		fd: forked.fd,
		pid: forked.pid,
		path: forked.pty,
		exited,
		resize: (size) => native.resize(forked.fd, size.cols, size.rows),
	};
}

/**
 * Held until the child's exit: a program that closes its descriptors a moment before it exits (cat does) would otherwise
 * end the terminal, and be sent SIGHUP for it while it is still alive.
 */
function openSlave(path: string): number | undefined {
	try {
		return openSync(path, constants.O_RDWR | constants.O_NOCTTY);
	} catch {
		return undefined; // the child has come and gone
	}
}

/** Loads what `forkPty` needs, at a moment when there is something else to wait for. Its errors are `forkPty`'s to tell. */
export function warmUpPty(): void {
	try {
		loadNative();
	} catch {
		// Said when a terminal is asked for.
	}
}

function loadNative(): { readonly native: NativePty; readonly helper: string } {
	return attempt(() => {
		const load = createRequire(import.meta.url);
		const native = loadBuilt(load) ?? (load("node-pty") as { native: NativePty }).native;
		return { native, helper: process.platform === "darwin" ? helperPath(load.resolve("node-pty")) : "" };
	});
}

/** Past the package's JavaScript, which takes as long to load as all of ours; where its native part lies elsewhere, it knows. */
function loadBuilt(load: NodeJS.Require): NativePty | undefined {
	try {
		return load("node-pty/build/Release/pty.node") as NativePty;
	} catch {
		return undefined;
	}
}

function attempt<T>(step: () => T): T {
	try {
		return step();
	} catch (cause) {
		throw new CtraceError("spawn", "no pseudo-terminal could be made", { cause });
	}
}

function toExit(code: number, signal: number): ChildExit {
	if (signal === 0) return { code };
	return { signal: signalName(signal, os.signals) ?? "SIGKILL" };
}

function toPairs(env: Readonly<Record<string, string | undefined>>): string[] {
	const pairs: string[] = [];
	for (const [name, value] of Object.entries(env)) {
		if (value !== undefined) pairs.push(`${name}=${value}`);
	}
	return pairs;
}

/** macOS starts the child through a helper that lies beside the native part. */
function helperPath(entry: string): string {
	const root = join(dirname(entry), "..");
	const built = join(root, "build", "Release", "spawn-helper");
	if (existsSync(built)) return built;
	return join(root, "prebuilds", `${process.platform}-${process.arch}`, "spawn-helper");
}
