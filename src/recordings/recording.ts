/** What a recording is once its format is known: facts from its head, and what happened as the recorder would have seen it. */
import type { TerminalEvent, TerminalSize } from "../core/event.ts";

export const RECORDING_FORMATS = [
	"asciicast-v1",
	"asciicast-v2",
	"asciicast-v3",
	"typescript",
	"raw",
] as const;
export type RecordingFormat = (typeof RECORDING_FORMATS)[number];

/** A file's bytes in pieces of any size, from its beginning. Can be gone through once. */
export type Chunks = Iterable<Uint8Array>;

export interface Recording {
	readonly format: RecordingFormat;
	readonly size: TerminalSize;
	/** Milliseconds since the Unix epoch, if the recording tells. */
	readonly startedAt?: number;
	/** Empty when the recording does not tell. */
	readonly command: readonly string[];
	/** Empty when the recording does not tell. */
	readonly cwd: string;
	readonly title?: string;
	/** False: there are no times in it, and `at` tells nothing but the order. */
	readonly hasTimes: boolean;
	/** Read as they are asked for, once. Throws `CtraceError("input")` where the recording is broken. */
	readonly events: Iterable<TerminalEvent>;
}

export interface RecordingSource {
	readonly chunks: Chunks;
	/** What `script --timing` wrote beside a typescript. */
	readonly timing?: Chunks;
	/** The terminal's size, where the recording itself does not tell. */
	readonly size?: TerminalSize;
}

/** A recording without a head: what there is to know of it is that it is one. */
export const NOTHING_KNOWN = { command: [], cwd: "" } as const;
