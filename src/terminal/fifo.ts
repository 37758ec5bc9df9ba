/**
 * Real pipes. What Node calls a pipe is a socket, and a program can tell: opening `/dev/stdout` fails on one.
 * A named pipe in a private folder, opened and removed at once, is the real thing.
 */
import { execFile } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CtraceError } from "../core/errors.ts";

export interface FifoFolder {
	readonly folder: string;
	readonly paths: readonly string[];
	remove(): void;
}

/** Makes named pipes in a new folder that only this user may enter. Throws `spawn` when that cannot be done. */
export async function makeFifos(parent: string, names: readonly string[]): Promise<FifoFolder> {
	let folder = "";
	const remove = () => rmSync(folder, { recursive: true, force: true });
	try {
		folder = mkdtempSync(join(parent, "ctrace-"));
		const paths = names.map((name) => join(folder, name));
		await run("mkfifo", ["-m", "600", ...paths]);
		return { folder, paths, remove };
	} catch (cause) {
		if (folder !== "") remove();
		throw new CtraceError("spawn", `no pipe could be made in ${parent}`, { cause });
	}
}

/** A pipe to read a child's output from: `theirs` is its writing end, `spare` a second, blocking reading end. */
export interface OutputPipe {
	readonly ours: number;
	readonly spare: number;
	readonly theirs: number;
}

export function openForOutput(path: string): OutputPipe {
	const ours = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
	const theirs = openSync(path, constants.O_WRONLY);
	return { ours, theirs, spare: openSync(path, constants.O_RDONLY) };
}

/** A pipe to feed a child's input: `ours` never blocks, `theirs` is an ordinary reading end. */
export interface InputPipe {
	readonly ours: number;
	readonly theirs: number;
}

export function openForInput(path: string): InputPipe {
	const first = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK); // a pipe without a reader cannot be opened for writing
	const ours = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
	const theirs = openSync(path, constants.O_RDONLY);
	closeSync(first);
	return { ours, theirs };
}

function run(file: string, args: readonly string[]): Promise<void> {
	return new Promise((resolve, reject) => {
		execFile(file, args, (error) => (error === null ? resolve() : reject(error)));
	});
}
