/**
 * Reads a pseudo-terminal's master side to its very last byte. In a flood the system hands over 4 KiB at a time; what
 * has arrived meanwhile is read along with it, so that fewer and larger pieces go on their way.
 *
 * When the last program leaves the terminal, the event loop reports the hang-up as the end after one more read of at
 * most 4 KiB, although the system still holds the rest: the tail of a flood would be lost. So at the end
 * the descriptor, still open at that moment, is read dry.
 */
import { readSync } from "node:fs";
import { ReadStream } from "node:tty";

/** The system keeps at most 64 KiB for a terminal. */
const REST_BYTES = 64 * 1024;
/** A read of this size filled what the system hands over at once: more is on its way. */
const FLOOD_BYTES = 2048;

export class PtyReader {
	/** Resolves when nobody, the holder of `forkPty` included, has the terminal open any more and everything was handed over. */
	readonly ended: Promise<void>;
	readonly #stream: ReadStream;

	constructor(fd: number, onData: (bytes: Uint8Array) => void) {
		this.#stream = new ReadStream(fd);
		this.#stream.on("data", (bytes) => onData(bytes.length < FLOOD_BYTES ? bytes : withRest(fd, bytes)));
		this.ended = new Promise((resolve) => {
			this.#stream.on("end", () => {
				readRest(fd, onData);
				resolve();
			});
			this.#stream.on("error", () => resolve()); // EIO: the system itself said that nothing is left
			this.#stream.on("close", () => resolve());
		});
	}

	get isPaused(): boolean {
		return this.#stream.isPaused();
	}

	pause(): void {
		this.#stream.pause();
	}

	resume(): void {
		this.#stream.resume();
	}

	close(): void {
		this.#stream.destroy();
	}
}

/** `bytes`, and what can be read after them without waiting. */
function withRest(fd: number, bytes: Uint8Array): Uint8Array {
	const whole = Buffer.allocUnsafe(REST_BYTES);
	whole.set(bytes);
	let length = bytes.length;
	while (length < REST_BYTES) {
		const count = tryRead(fd, whole.subarray(length));
		if (count === 0) break;
		length += count;
	}
	return whole.subarray(0, length);
}

function readRest(fd: number, onData: (bytes: Uint8Array) => void): void {
	while (true) {
		const buffer = Buffer.allocUnsafe(REST_BYTES);
		const count = tryRead(fd, buffer);
		if (count === 0) return;
		onData(buffer.subarray(0, count));
	}
}

/** 0 at the end, which Linux reports as an error. */
function tryRead(fd: number, buffer: Buffer): number {
	try {
		return readSync(fd, buffer);
	} catch {
		return 0;
	}
}
