/**
 * Moments → chunks. The newest chunk grows until it is full; what there is of it can be taken at any time, so that a sudden
 * end costs no more than what came since. Each begins with the whole screen: from there on, differences.
 */
import type { Moment, RecordingChunk } from "../core/recording.ts";
import { ChunkEncoder } from "./encode.ts";
import { pack } from "./pack.ts";

/** The whole screen stands in the recording at least this often, while it changes. */
const CHUNK_MS = 8000;
const CHUNK_BYTES = 128 * 1024;

interface OpenChunk {
	readonly encoder: ChunkEncoder;
	readonly seq: number;
	readonly fromMs: number;
	toMs: number;
	isTaken: boolean;
}

export class ChunkWriter {
	#open: OpenChunk | undefined;
	#next = 0;

	/**
	 * Adds moments, in order, and gives every chunk that is not stored yet as it is now: the last one may come again, with
	 * more in it, under the same `seq`.
	 */
	write(moments: readonly Moment[]): RecordingChunk[] {
		const full: RecordingChunk[] = [];
		for (const moment of moments) {
			const { fromMs, toMs } = this.#open ?? { fromMs: 0, toMs: 0 };
			const at = Math.max(toMs, Math.round(moment.at));
			const isFull = at - fromMs >= CHUNK_MS || (this.#open?.encoder.length ?? 0) >= CHUNK_BYTES;
			if (this.#open !== undefined && isFull) full.push(this.#close(this.#open));
			this.#add({ ...moment, at });
		}
		const open = this.#open;
		if (open === undefined || open.isTaken) return full;
		open.isTaken = true;
		return [...full, toChunk(open, "raw", open.encoder.toBytes())];
	}

	/** The end: the last chunk, if there is one. */
	finish(): RecordingChunk[] {
		return this.#open === undefined ? [] : [this.#close(this.#open)];
	}

	#add(moment: Moment): void {
		const { at } = moment;
		this.#open ??= {
			encoder: new ChunkEncoder(at),
			seq: this.#next++,
			fromMs: at,
			toMs: at,
			isTaken: false,
		};
		this.#open.encoder.add(moment);
		this.#open.toMs = at;
		this.#open.isTaken = false;
	}

	#close(chunk: OpenChunk): RecordingChunk {
		this.#open = undefined;
		return toChunk(chunk, "brotli", pack(chunk.encoder.toBytes()));
	}
}

function toChunk(
	{ seq, fromMs, toMs }: OpenChunk,
	encoding: RecordingChunk["encoding"],
	bytes: Uint8Array,
): RecordingChunk {
	return { seq, fromMs, toMs, encoding, bytes };
}
