/**
 * A text's characters as bytes, a block at a time: an array is read several times faster than a text. Of a character
 * beyond the 256th only the lowest byte is given: whoever finds something looks at the text itself.
 */

const BLOCK = 16_384;

/** Sees `count` bytes of the text from `offset` on; they are valid until it returns. */
export type SeeCodes = (codes: Uint8Array, count: number, offset: number) => void;

export class CharacterCodes {
	readonly #own = Buffer.alloc(BLOCK);
	#isInUse = false;

	/** The text is followed by `behind` - 1 zeros, so that what begins at the very end is seen, too. */
	each(text: string, behind: number, see: SeeCodes): void {
		if (text.length === 0) return;
		const isOwner = !this.#isInUse;
		const codes = isOwner ? this.#own : Buffer.alloc(BLOCK); // somebody who sees a text may ask for another
		this.#isInUse = true;
		try {
			const padded = text.length + behind - 1;
			for (let offset = 0; offset < padded; offset += BLOCK) {
				const count = Math.min(BLOCK, padded - offset);
				const part = text.length <= BLOCK && offset === 0 ? text : text.slice(offset, offset + BLOCK);
				codes.fill(0, codes.write(part, 0, "latin1"), count);
				see(codes, count, offset);
			}
		} finally {
			if (isOwner) this.#isInUse = false;
		}
	}
}
