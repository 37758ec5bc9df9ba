/** A terminal to measure from: starts a command on a pseudo-terminal, reads what it says, types. */
import { forkPty } from "../../../src/terminal/native-pty.ts";
import { OrderedWriter } from "../../../src/terminal/ordered-writer.ts";
import { PtyReader } from "../../../src/terminal/pty-reader.ts";
import type { Bench } from "./bench.ts";

export interface Sitting {
	/** Milliseconds since the start, like the others. */
	readonly startToExit: number;
	readonly firstByte: number;
	readonly lastByte: number;
	readonly bytes: number;
}

export interface Person {
	readonly pid: number;
	type(keys: Uint8Array): void;
	/** From now on; the one before hears nothing more. */
	hear(listen: (bytes: Uint8Array) => void): void;
}

/** From start to end; `act` is somebody who sits at it meanwhile. */
export async function sit(
	bench: Bench,
	argv: readonly string[],
	act?: (person: Person) => Promise<void>,
): Promise<Sitting> {
	const [file = "", ...args] = argv;
	const started = performance.now();
	const child = forkPty({ file, args, env: bench.env, size: { cols: 100, rows: 30 } });
	let [firstByte, lastByte, bytes] = [0, 0, 0];
	let listener: ((bytes: Uint8Array) => void) | undefined;
	const reader = new PtyReader(child.fd, (data) => {
		lastByte = performance.now() - started;
		if (bytes === 0) firstByte = lastByte;
		bytes += data.length;
		listener?.(data);
	});
	const writer = new OrderedWriter({ fd: child.fd, quickFd: child.fd });
	const acting = act?.({
		pid: child.pid,
		type: (keys) => void writer.write(keys),
		hear: (listen) => {
			listener = listen;
		},
	});
	await child.exited;
	const startToExit = performance.now() - started;
	await acting;
	await reader.ended;
	reader.close();
	return { startToExit, firstByte, lastByte, bytes };
}
