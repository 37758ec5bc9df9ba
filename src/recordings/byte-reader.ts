/** Takes lines and counted bytes from a stream of chunks, holding no more than what was asked for. */
import { broken } from "./broken.ts";
import type { Chunks } from "./recording.ts";

const NEWLINE = 10;
/** A longer line is damage: the largest write of a terminal program is far below it, escaped in JSON too. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;
const EMPTY = new Uint8Array(0);

export class ByteReader {
	readonly #chunks: Iterator<Uint8Array>;
	#held: Uint8Array = EMPTY;

	constructor(chunks: Chunks) {
		this.#chunks = chunks[Symbol.iterator]();
	}

	/** The next line without its end, or nothing behind the last one. `isWhole`: its end was there. */
	takeLine(maxBytes = MAX_LINE_BYTES): { readonly bytes: Uint8Array; readonly isWhole: boolean } | undefined {
		const parts: Uint8Array[] = [];
		for (let length = 0; this.#fill(); ) {
			const end = this.#held.indexOf(NEWLINE);
			if (end >= 0) {
				parts.push(this.#cut(end));
				this.#held = this.#held.subarray(1);
				return { bytes: concat(parts), isWhole: true };
			}
			length += this.#held.length;
			if (length > maxBytes) throw broken("a line is longer than any recorder writes");
			parts.push(this.#cut(this.#held.length));
		}
		return parts.length === 0 ? undefined : { bytes: concat(parts), isWhole: false };
	}

	/** Up to `count` bytes in the pieces they come in: fewer only where the stream ends. */
	*take(count: number): Generator<Uint8Array, void> {
		for (let left = count; left > 0 && this.#fill(); ) {
			const piece = this.#cut(Math.min(left, this.#held.length));
			left -= piece.length;
			yield piece;
		}
	}

	/** Up to `count` bytes without taking them. */
	peek(count: number): Uint8Array {
		const parts = [...this.take(count)];
		const bytes = concat(parts);
		this.#held = this.#held.length === 0 ? bytes : concat([bytes, this.#held]);
		return bytes;
	}

	/** Everything that is left. */
	*rest(): Generator<Uint8Array, void> {
		yield* this.take(Number.POSITIVE_INFINITY);
	}

	#cut(count: number): Uint8Array {
		const piece = this.#held.subarray(0, count);
		this.#held = this.#held.subarray(count);
		return piece;
	}

	#fill(): boolean {
		while (this.#held.length === 0) {
			const next = this.#chunks.next();
			if (next.done === true) return false;
			this.#held = next.value;
		}
		return true;
	}
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
	const [only] = parts;
	if (only !== undefined && parts.length === 1) return only;
	const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let offset = 0;
	for (const part of parts) {
		joined.set(part, offset);
		offset += part.length;
	}
	return joined;
}
