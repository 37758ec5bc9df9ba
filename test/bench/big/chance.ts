/** Chance that comes out the same every time: a seed gives one sequence. */
export class Chance {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** From 0 up to, and without, 1 (mulberry32). */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	}

	/** From 0 up to, and without, `end`. */
	below(end: number): number {
		return Math.floor(this.next() * end);
	}

	pick<T>(from: readonly T[]): T {
		return from[this.below(from.length)] as T;
	}

	/** Small numbers often, large ones seldom: as words, projects and lengths of sessions have it. */
	zipf(end: number): number {
		return Math.floor(end ** this.next()) - 1;
	}

	is(share: number): boolean {
		return this.next() < share;
	}

	hex(digits: number): string {
		let text = "";
		while (text.length < digits) text += this.below(0x10000).toString(16).padStart(4, "0");
		return text.slice(0, digits);
	}
}
