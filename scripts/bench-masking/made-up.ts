/** Random texts of chosen alphabets, the same for the same seed. */
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const ALPHABETS = {
	alnum: LOWER + LOWER.toUpperCase() + DIGITS,
	lower: LOWER + DIGITS,
	hex: `${DIGITS}abcdef`,
	base64: `${LOWER + LOWER.toUpperCase() + DIGITS}+/`,
	url: `${LOWER + LOWER.toUpperCase() + DIGITS}_-`,
	signs: `${LOWER + LOWER.toUpperCase() + DIGITS}!#$*+,.~_-`,
} as const;

export class MadeUp {
	#state: number;

	constructor(seed: number) {
		this.#state = seed;
	}

	/** In [0, 1): mulberry32. */
	number(): number {
		this.#state = (this.#state + 0x6d2b79f5) | 0;
		let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	}

	/** Both ends included. */
	between(least: number, most: number): number {
		return least + Math.floor(this.number() * (most - least + 1));
	}

	pick<T>(all: readonly T[]): T {
		return all[Math.floor(this.number() * all.length)] as T;
	}

	text(alphabet: keyof typeof ALPHABETS, length: number): string {
		return Array.from({ length }, () => this.pick([...ALPHABETS[alphabet]])).join("");
	}

	/** As people choose them, and as machines do. */
	password(): string {
		const word = this.pick(["garden", "Sunflower", "winter", "rose", "Hollyhock", "beehive"]);
		return this.pick([
			() => `${word}${this.between(10, 9999)}`,
			() => `${word}-${this.pick(["shed", "Lane", "pond"])}-${this.between(1, 99)}`,
			() => this.text("alnum", this.between(8, 32)),
			() => this.text("hex", this.pick([16, 32, 40])),
			() => this.text("signs", this.between(10, 24)),
			() => `${this.text("alnum", 6)}!${this.text("lower", 6)}`,
		])();
	}

	shuffled<T>(all: readonly T[]): T[] {
		return all
			.map((one) => ({ one, at: this.number() }))
			.sort((a, b) => a.at - b.at)
			.map(({ one }) => one);
	}
}
