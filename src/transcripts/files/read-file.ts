/** A transcript's entries from a place in its file on, in bounded memory. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { type PlacedEntry, TranscriptParser } from "../reading/parse.ts";

const CHUNK_BYTES = 512 * 1024;

export interface ReadPiece {
	readonly entries: readonly PlacedEntry[];
	/** Bytes that were read for them. */
	readonly bytes: number;
	readonly badLines: number;
}

/** The last line counts also without a newline at its end, when it is whole. */
export function* readTranscript(path: string, from = 0): Generator<ReadPiece, void> {
	const file = openSync(path, "r");
	try {
		const parser = new TranscriptParser(from);
		const chunk = Buffer.alloc(CHUNK_BYTES);
		// Only up to where it ended when it was opened: a file that grows is read on another time.
		const { size } = fstatSync(file);
		for (let at = from; at < size; ) {
			const count = readSync(file, chunk, 0, Math.min(CHUNK_BYTES, size - at), at);
			if (count === 0) break;
			at += count;
			yield { entries: parser.feed(chunk.subarray(0, count)), bytes: count, badLines: parser.badLines };
		}
		yield { entries: parser.flush(), bytes: 0, badLines: parser.badLines };
	} finally {
		closeSync(file);
	}
}
