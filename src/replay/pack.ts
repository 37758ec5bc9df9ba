/**
 * Chunks smaller. Brotli, which every supported Node.js has: a recording made under a newer one must play under the oldest,
 * so that zstd, which only newer ones have, is not used.
 */
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { CtraceError } from "../core/errors.ts";
import type { RecordingChunk } from "../core/recording.ts";

/** A sixth larger than with 5, in a third of the time: a recording is small as it is. */
const QUALITY = 1;
/** What is looked back on: 2^n bytes. A larger window finds nothing more, and has to be made ready for each chunk. */
const WINDOW = 16;
/** Room made for what comes out: it is kept with it. */
const LEAST_ROOM = 1024;
/** A chunk that unpacks to more is damaged. */
const MOST_BYTES = 64 * 1024 * 1024;

export function pack(bytes: Uint8Array): Uint8Array {
	return brotliCompressSync(bytes, {
		chunkSize: Math.max(LEAST_ROOM, bytes.length),
		params: {
			[constants.BROTLI_PARAM_QUALITY]: QUALITY,
			[constants.BROTLI_PARAM_LGWIN]: WINDOW,
			[constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
		},
	});
}

/** Throws `store-damaged`. */
export function unpack({ encoding, bytes }: Pick<RecordingChunk, "encoding" | "bytes">): Uint8Array {
	if (encoding === "raw") return bytes;
	try {
		return brotliDecompressSync(bytes, { maxOutputLength: MOST_BYTES });
	} catch (cause) {
		throw new CtraceError("store-damaged", "a piece of the recording cannot be unpacked", { cause });
	}
}
