/**
 * Memory for copies on their way to the recorder, used again as soon as they are there: a flood leaves nothing for the
 * garbage collector, and the wrapper does not grow.
 */
import { RECORD_HEAD_BYTES } from "../core/wire.ts";

/** A read of a terminal fits in. */
const PAGE_BYTES = 64 * 1024 + RECORD_HEAD_BYTES;
/** What is smaller is not worth a page. */
const SMALL_BYTES = 4 * 1024;

export class CopyPages {
	readonly #most: number;
	readonly #free: Uint8Array[] = [];
	#made = 0;

	/** All pages together are about so many bytes. */
	constructor(maxBytes: number) {
		this.#most = Math.floor(maxBytes / PAGE_BYTES);
	}

	/** Memory for a record of so many bytes; undefined where a copy is better made for itself. */
	take(bytes: number): Uint8Array | undefined {
		if (bytes < SMALL_BYTES || bytes + RECORD_HEAD_BYTES > PAGE_BYTES) return undefined;
		const page = this.#free.pop();
		if (page !== undefined || this.#made === this.#most) return page;
		this.#made += 1;
		return Buffer.allocUnsafeSlow(PAGE_BYTES);
	}

	/** Nobody reads what stands in it any more. */
	giveBack(page: Uint8Array | undefined): void {
		if (page !== undefined) this.#free.push(page);
	}
}
