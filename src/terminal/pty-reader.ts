/**
 * Reads a pseudo-terminal's master side to its very last byte. In a flood the system hands over 4 KiB at a time; what
 * has arrived meanwhile is read along with it, so that fewer and larger pieces go on their way. All of it is read into one
 * piece of memory, again and again: nothing is left for the garbage collector.
 *
 * When the last program leaves the terminal, the event loop reports the hang-up as the end after one more read of at
 * most 4 KiB, although the system still holds the rest: the tail of a flood would be lost. So at the end
 * the descriptor, still open at that moment, is read dry.
 */
import { readSync } from "node:fs";
import type { OnReadOpts, SocketConstructorOpts } from "node:net";
import { ReadStream } from "node:tty";
import type { Passed } from "./native-part.ts";

/** What is handed over at once, at most. More would be no faster, and the echo of a key would stand behind it. */
const READ_BYTES = 16 * 1024;
/** The same where somebody looks at the keyboard meanwhile. */
export const PASS_BYTES = 32 * 1024;
/** A read of this size filled what the system hands over at once: more is on its way. */
const FLOOD_BYTES = 2048;

/**
 * Passes on the first `filled` bytes of `room`, and what it then reads along behind them; undefined where it cannot at this
 * moment, and has done nothing.
 */
export type PassOn = (room: Uint8Array, filled: number) => Passed | undefined;

/** `passed`: so many of the bytes are passed on already. They are the listener's for the time of its call: what it keeps, it copies. */
export type OnData = (bytes: Uint8Array, passed: number) => void;

export class PtyReader {
	/** Resolves when nobody, the holder of `forkPty` included, has the terminal open any more and everything was handed over. */
	readonly ended: Promise<void>;
	readonly #stream: ReadStream;

	constructor(fd: number, onData: OnData, passOn?: PassOn) {
		const room = Buffer.allocUnsafeSlow(passOn === undefined ? READ_BYTES : PASS_BYTES);
		const slowRoom = room.subarray(0, READ_BYTES);
		const callback = (count: number) => {
			const passed = passOn?.(room, count);
			if (passed !== undefined) onData(room.subarray(0, passed.filled), passed.written);
			else onData(room.subarray(0, count < FLOOD_BYTES ? count : readAlong(fd, slowRoom, count)), 0);
			return true;
		};
		const options: SocketConstructorOpts & { readonly onread: OnReadOpts } = {
			onread: { buffer: room, callback },
		};
		this.#stream = new ReadStream(fd, options);
		this.ended = new Promise((resolve) => {
			this.#stream.on("end", () => {
				readRest(fd, room, (bytes) => onData(bytes, 0));
				resolve();
			});
			this.#stream.on("error", () => resolve()); // EIO: the system itself said that nothing is left
			this.#stream.on("close", () => resolve());
		});
		this.#stream.resume();
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

/** Reads on behind the first `length` bytes, as far as that goes without waiting; gives the new length. */
function readAlong(fd: number, room: Buffer, length: number): number {
	let filled = length;
	while (filled < room.length) {
		const count = tryRead(fd, room, filled);
		if (count === 0) break;
		filled += count;
	}
	return filled;
}

function readRest(fd: number, room: Buffer, onData: (bytes: Uint8Array) => void): void {
	for (let count = readAlong(fd, room, 0); count > 0; count = readAlong(fd, room, 0))
		onData(room.subarray(0, count));
}

/** 0 at the end, which Linux reports as an error. */
function tryRead(fd: number, room: Buffer, from: number): number {
	try {
		return readSync(fd, room, from, room.length - from, null);
	} catch {
		return 0;
	}
}
