/**
 * Memory for copies of what a terminal says, used again as soon as they are no longer needed: a flood leaves nothing for
 * the garbage collector, and the process does not grow.
 */

/** What is smaller is not worth a page. */
const SMALL_BYTES = 4 * 1024;

export class Pages {
	readonly #pageBytes: number;
	readonly #most: number;
	readonly #free: Uint8Array[] = [];
	#made = 0;

	/** All pages together are at most so many bytes. */
	constructor(pageBytes: number, maxBytes: number) {
		this.#pageBytes = pageBytes;
		this.#most = Math.floor(maxBytes / pageBytes);
	}

	/** A page for so many bytes; undefined where they are better copied into memory of their own. */
	take(bytes: number): Uint8Array | undefined {
		if (bytes < SMALL_BYTES || bytes > this.#pageBytes) return undefined;
		const page = this.#free.pop();
		if (page !== undefined || this.#made === this.#most) return page;
		this.#made += 1;
		return Buffer.allocUnsafeSlow(this.#pageBytes);
	}

	/** Nobody reads what stands in it any more. */
	giveBack(page: Uint8Array | undefined): void {
		if (page !== undefined) this.#free.push(page);
	}
}
