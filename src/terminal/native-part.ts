/**
 * The small native part of ctrace, `native`: line settings without a process of `stty` for each question, and a flood's way
 * without a turn of the event loop for each piece. Where it was not built (no compiler at install time), `stty` and Node's own
 * reads and writes do the same more slowly.
 */
import { createRequire } from "node:module";

export interface NativePart {
	/** In the form of GNU `stty -g`; undefined where the descriptor is no terminal. */
	read(fd: number): string | undefined;
	write(fd: number, settings: string): boolean;
	/** Every byte passes as it is, in and out, and none is echoed. */
	makeTransparent(fd: number): boolean;
	/** `suspend` is the byte of the key that suspends. */
	discipline(
		fd: number,
	): { readonly canonical: boolean; readonly signals: boolean; readonly suspend: number } | undefined;
	/**
	 * Writes the first `filled` bytes of `room` to `to`, reads on behind them from `from`, and so on, until nothing more is
	 * there, the room is full, `to` takes no more, `keys` (or -1) has something to read, or so many microseconds are over. Never
	 * throws. Missing in a build that is older than this.
	 */
	readonly relay?: (
		from: number,
		to: number,
		keys: number,
		room: Uint8Array,
		filled: number,
		microseconds: number,
	) => Passed | undefined;
	/**
	 * A process in a session of its own, with its niceness, in `/`, with the other ends of two channels as descriptors 3 and 4,
	 * and no more of ours. Does not wait until it runs; one that cannot be run closes its channels. Undefined: none could be made.
	 */
	readonly startRecorder?: (
		words: readonly string[],
		environment: readonly string[],
		niceness: number,
	) => { readonly pid: number; readonly data: number; readonly last: number } | undefined;
	/** Whether such a process has ended; the system has forgotten it then. */
	readonly reap?: (pid: number) => boolean;
	/** Copies what may switch a terminal's mode out of `bytes`, from that place on, into `into`; gives the copy's length. */
	readonly pickSequences?: (bytes: Uint8Array, from: number, into: Uint8Array) => number | undefined;
}

/** Of the bytes in a room: how many there are now, and how many of them are on their way. */
export interface Passed {
	readonly filled: number;
	readonly written: number;
}

/** From `dist`, from `dist/.test`, and from `src/terminal`. */
const PLACES = ["../build/Release/termios.node", "../../build/Release/termios.node"] as const;

/** Asked a few times in a session; Node remembers what it has loaded. */
export function nativePart(): NativePart | undefined {
	const load = createRequire(import.meta.url);
	for (const place of PLACES) {
		try {
			return load(place) as NativePart;
		} catch {
			// Not here, or built for another Node.
		}
	}
	return undefined;
}
