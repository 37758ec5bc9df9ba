/** Cells as they once were: side by side in larger stretches of memory, since asking for each by itself takes longer than copying it. */

/** A quarter of a megabyte: the shown cells of some hundred rows. */
const NUMBERS_AT_ONCE = 64 * 1024;

export class CellCopies {
	#stretch = new Uint32Array(0);
	#used = 0;

	/** Of the first `count` numbers. */
	copy(cells: Uint32Array, count: number): CellCopy {
		if (this.#used + count > this.#stretch.length) {
			this.#stretch = new Uint32Array(Math.max(NUMBERS_AT_ONCE, count));
			this.#used = 0;
		}
		const [stretch, from] = [this.#stretch, this.#used];
		for (let at = 0; at < count; at++) stretch[from + at] = cells[at] ?? 0;
		this.#used += count;
		return new CellCopy(stretch, from, count);
	}
}

export class CellCopy {
	readonly #stretch: Uint32Array;
	readonly #from: number;
	readonly count: number;

	constructor(stretch: Uint32Array, from: number, count: number) {
		this.#stretch = stretch;
		this.#from = from;
		this.count = count;
	}

	/** The first numbers of `cells` are these. */
	equal(cells: Uint32Array): boolean {
		const [stretch, from, count] = [this.#stretch, this.#from, this.count];
		for (let at = 0; at < count; at++) if (stretch[from + at] !== cells[at]) return false;
		return true;
	}
}
