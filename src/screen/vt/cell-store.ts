/** Lines that memory is asked for at once: asking for each by itself takes longer than filling it. */
const LINES_AT_ONCE = 16;

/** Cells for new lines, from larger stretches of memory. */
export class CellStore {
	#rest = new Uint32Array(0);

	/** Numbers that nobody else has. */
	take(count: number): Uint32Array {
		if (this.#rest.length < count) this.#rest = new Uint32Array(count * LINES_AT_ONCE);
		const cells = this.#rest.subarray(0, count);
		this.#rest = this.#rest.subarray(count);
		return cells;
	}
}
