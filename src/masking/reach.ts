/**
 * How far each rule's last match reached. Places inside a found secret are not tried again, and a text in which rejected
 * matches lie in one another again and again was made to be slow: the next such match is masked unseen.
 */

/** Rejected matches that lie in one another: more than this is no accident. */
const MAX_NESTED = 8;

export class Reaches {
	readonly #end: Int32Array;
	readonly #nested: Int32Array;
	/** The text that an entry belongs to: starting a new one costs nothing. */
	readonly #round: Int32Array;
	#now = 0;

	constructor(rules: number) {
		this.#end = new Int32Array(rules);
		this.#nested = new Int32Array(rules);
		this.#round = new Int32Array(rules);
	}

	/** A new text begins. */
	reset(): void {
		this.#now = (this.#now + 1) | 0;
	}

	covers(rule: number, offset: number): boolean {
		if (this.#round[rule] !== this.#now) return false;
		return offset < (this.#end[rule] as number) && (this.#nested[rule] as number) > MAX_NESTED;
	}

	isNestedTooOften(rule: number, start: number): boolean {
		if (this.#round[rule] !== this.#now) {
			this.#round[rule] = this.#now;
			this.#end[rule] = 0;
			this.#nested[rule] = 0;
		}
		this.#nested[rule] = start < (this.#end[rule] as number) ? (this.#nested[rule] as number) + 1 : 0;
		return (this.#nested[rule] as number) > MAX_NESTED;
	}

	rejected(rule: number, end: number): void {
		this.#end[rule] = Math.max(this.#end[rule] as number, end);
	}

	/** What lies inside the secret is covered. */
	found(rule: number, secretEnd: number): void {
		this.#end[rule] = secretEnd;
		this.#nested[rule] = MAX_NESTED + 1;
	}
}
