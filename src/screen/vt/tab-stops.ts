const EVERY = 8;

export class TabStops {
	#stops = new Set<number>();
	#cols: number;

	constructor(cols: number) {
		this.#cols = cols;
		for (let x = 0; x < cols; x += EVERY) this.#stops.add(x);
	}

	set(x: number): void {
		this.#stops.add(x);
	}

	clear(x: number): void {
		this.#stops.delete(x);
	}

	clearAll(): void {
		this.#stops.clear();
	}

	/** The columns that come in get stops as far apart as usual, counted from the last one there is. */
	resize(cols: number): void {
		this.#cols = cols;
		if (this.#stops.has(cols)) return;
		for (let x = this.before(cols); x < cols; x += EVERY) this.#stops.add(x);
	}

	/** The next stop to the right; the last column where there is none. */
	after(x: number): number {
		let at = x + 1;
		while (at < this.#cols && !this.#stops.has(at)) at++;
		return Math.min(at, this.#cols - 1);
	}

	/** The next stop to the left; the first column where there is none. */
	before(x: number): number {
		let at = x - 1;
		while (at > 0 && !this.#stops.has(at)) at--;
		return Math.min(Math.max(at, 0), this.#cols - 1);
	}
}
