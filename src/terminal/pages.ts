/**
 * Memory for copies of what a terminal says, used again as soon as they are no longer needed: a flood leaves nothing for
 * the garbage collector, and the process does not grow. Copies stand in a page one behind the other, so that they take
 * hardly more memory than they have bytes, however small the pieces of a flood are.
 */

interface Page {
	readonly memory: Uint8Array;
	/** Bytes from the front that are given away. */
	used: number;
	/** Pieces of it that somebody still reads. */
	pieces: number;
}

/** A piece of a page, for so many bytes as were asked for. */
export interface Room {
	readonly bytes: Uint8Array;
	readonly page: Page;
}

export class Pages {
	readonly #pageBytes: number;
	readonly #most: number;
	readonly #free: Page[] = [];
	#made = 0;
	/** The one that is being filled. */
	#current: Page | undefined;

	/** All pages together are at most so many bytes. */
	constructor(pageBytes: number, maxBytes: number) {
		this.#pageBytes = pageBytes;
		this.#most = Math.floor(maxBytes / pageBytes);
	}

	/** Room for so many bytes; undefined where they are better copied into memory of their own. */
	take(bytes: number): Room | undefined {
		if (bytes > this.#pageBytes) return undefined;
		const page = this.#pageWith(bytes);
		if (page === undefined) return undefined;
		const from = page.used;
		page.used += bytes;
		page.pieces += 1;
		return { bytes: page.memory.subarray(from, page.used), page };
	}

	/** Nobody reads what stands in it any more. */
	giveBack(room: Room | undefined): void {
		if (room === undefined) return;
		const { page } = room;
		page.pieces -= 1;
		if (page.pieces > 0) return;
		page.used = 0;
		if (page !== this.#current) this.#free.push(page);
	}

	#pageWith(bytes: number): Page | undefined {
		const current = this.#current;
		if (current !== undefined && current.used + bytes <= this.#pageBytes) return current;
		const next = this.#free.pop() ?? this.#make();
		if (next !== undefined) this.#current = next;
		return next;
	}

	#make(): Page | undefined {
		if (this.#made === this.#most) return undefined;
		this.#made += 1;
		return { memory: Buffer.allocUnsafeSlow(this.#pageBytes), used: 0, pieces: 0 };
	}
}
