/** A stored recording, played from anywhere: finds the chunk, and in it the moment. */
import type { ChunkPlace, Moment, RecordingChunk } from "../core/recording.ts";
import { decodeChunk } from "./decode.ts";
import { unpack } from "./pack.ts";

export interface ReelSource {
	/** In order. */
	readonly places: readonly ChunkPlace[];
	readonly read: (seq: number) => Pick<RecordingChunk, "encoding" | "bytes">;
}

/** Chunks kept unpacked: whoever plays is in one of them, whoever steps back and forth in two. */
const MOST_UNPACKED = 4;

export class Reel {
	readonly #source: ReelSource;
	readonly #unpacked = new Map<number, readonly Moment[]>();

	constructor(source: ReelSource) {
		this.#source = source;
	}

	get isEmpty(): boolean {
		return this.#source.places.length === 0;
	}

	/** Of its first moment and of its last. */
	get fromMs(): number {
		return this.#source.places[0]?.fromMs ?? 0;
	}

	get toMs(): number {
		return this.#source.places.at(-1)?.toMs ?? 0;
	}

	/** Of the first moment in which anything is to be seen: a program clears the screen before it draws. */
	get shownFromMs(): number {
		for (const moment of this.moments())
			if (moment.kind === "gap" || moment.picture.rows.some(({ runs }) => runs.length > 0)) return moment.at;
		return this.fromMs;
	}

	/** What was to be seen at a time: the last moment that is not later; before the first one, the first. */
	at(ms: number): Moment | undefined {
		const index = Math.max(0, this.#chunkAt(ms));
		const moments = this.#moments(index);
		return moments.findLast((moment) => moment.at <= ms) ?? moments[0];
	}

	/** The first moment after a time. */
	after(ms: number): Moment | undefined {
		for (let index = Math.max(0, this.#chunkAt(ms)); index < this.#source.places.length; index += 1) {
			const found = this.#moments(index).find((moment) => moment.at > ms);
			if (found !== undefined) return found;
		}
		return undefined;
	}

	/** The last moment before a time. */
	before(ms: number): Moment | undefined {
		for (let index = this.#chunkAt(ms); index >= 0; index -= 1) {
			const found = this.#moments(index).findLast((moment) => moment.at < ms);
			if (found !== undefined) return found;
		}
		return undefined;
	}

	/** All of them, in order. */
	*moments(): Generator<Moment> {
		for (const index of this.#source.places.keys()) yield* this.#moments(index);
	}

	/** The last chunk that begins at a time or before it; −1: none does. */
	#chunkAt(ms: number): number {
		const { places } = this.#source;
		let low = 0;
		let high = places.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((places[middle]?.fromMs ?? 0) <= ms) low = middle + 1;
			else high = middle;
		}
		return low - 1;
	}

	#moments(index: number): readonly Moment[] {
		const known = this.#unpacked.get(index);
		if (known !== undefined) return known;
		const place = this.#source.places[index];
		if (place === undefined) return [];
		const moments = decodeChunk(unpack(this.#source.read(place.seq)));
		const [oldest] = this.#unpacked.keys();
		if (this.#unpacked.size >= MOST_UNPACKED && oldest !== undefined) this.#unpacked.delete(oldest);
		this.#unpacked.set(index, moments);
		return moments;
	}
}
