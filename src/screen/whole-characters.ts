const NOTHING = new Uint8Array(0);

/**
 * Bytes in, whole UTF-8 characters out. Chunks end anywhere; what reads characters after this need not know.
 */
export class WholeCharacters {
	#held: Uint8Array = NOTHING;

	/** A character has begun and not ended. */
	get isInside(): boolean {
		return this.#held.length > 0;
	}

	/** The chunk without the beginning of a character at its end, which comes with the next one. */
	take(chunk: Uint8Array): Uint8Array {
		const bytes = this.#held.length === 0 ? chunk : joined(this.#held, chunk);
		const unfinished = unfinishedBytes(bytes);
		if (unfinished === 0) {
			this.#held = NOTHING;
			return bytes;
		}
		const end = bytes.length - unfinished;
		this.#held = bytes.slice(end);
		return bytes.subarray(0, end);
	}
}

const LONGEST = 4;

/** How many bytes at the end are a character that goes on; 0 for damage, which the emulator shows as such. */
function unfinishedBytes(bytes: Uint8Array): number {
	for (let back = 1; back < LONGEST; back++) {
		if (back > bytes.length) return 0;
		const byte = bytes[bytes.length - back] ?? 0;
		const isContinuation = (byte & 0xc0) === 0x80;
		if (!isContinuation) return lengthAfter(byte) > back ? back : 0;
	}
	return 0;
}

function lengthAfter(lead: number): number {
	if (lead >= 0xf8 || lead < 0xc2) return 1;
	if (lead >= 0xf0) return 4;
	return lead >= 0xe0 ? 3 : 2;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(a.length + b.length);
	bytes.set(a);
	bytes.set(b, a.length);
	return bytes;
}
