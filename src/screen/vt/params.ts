/** The numbers of a control sequence: `38;2;1;2;3` or, with parts of their own, `38:2::1:2:3`. Bounded in count and size. */

const MOST_PARAMS = 32;
const MOST_PARTS = 32;
const LARGEST = 0x7fffffff;
/** A part that was left out. */
export const OMITTED = -1;

export class Params {
	readonly #params = new Int32Array(MOST_PARAMS);
	readonly #parts = new Int32Array(MOST_PARTS);
	/** Where in the parts each parameter's own end. */
	readonly #partEnds = new Uint8Array(MOST_PARAMS);
	#length = 1;
	#partCount = 0;
	#isPart = false;
	/** There were too many: the digits of what does not fit go nowhere. */
	#isFull = false;

	get length(): number {
		return this.#length;
	}

	/** As after `CSI`: one parameter, 0. */
	reset(): void {
		this.#length = 1;
		this.#params[0] = 0;
		this.#partEnds[0] = 0;
		this.#partCount = 0;
		this.#isPart = false;
		this.#isFull = false;
	}

	/** 0 where it was left out or there are fewer. */
	at(index: number): number {
		return index < this.#length ? (this.#params[index] ?? 0) : 0;
	}

	/** A count or a place: 1 where it was left out. */
	count(index: number): number {
		return this.at(index) || 1;
	}

	partsOf(index: number): Int32Array {
		const from = index === 0 ? 0 : (this.#partEnds[index - 1] ?? 0);
		return this.#parts.subarray(from, this.#partEnds[index] ?? from);
	}

	/** Any parameter has parts of its own. */
	get hasAnyParts(): boolean {
		return this.#partCount > 0;
	}

	hasParts(index: number): boolean {
		return (this.#partEnds[index] ?? 0) > (index === 0 ? 0 : (this.#partEnds[index - 1] ?? 0));
	}

	/** A digit (its value), `;` or `:`, as a byte. */
	add(byte: number): void {
		if (byte === SEMICOLON) this.#next();
		else if (byte === COLON) this.#nextPart();
		else if (!this.#isFull) this.#digit(byte - ZERO);
	}

	/** All of them from here on; where they end. */
	read(bytes: Uint8Array, from: number): number {
		let at = from;
		while (at < bytes.length) {
			const byte = bytes[at] ?? 0;
			if (byte < ZERO || byte > SEMICOLON) break;
			if (byte < COLON && !this.#isPart && !this.#isFull) at = this.#plainNumber(bytes, at);
			else {
				this.add(byte);
				at++;
			}
		}
		return at;
	}

	/** The digits here, as the last parameter's. */
	#plainNumber(bytes: Uint8Array, from: number): number {
		let value = this.#params[this.#length - 1] ?? 0;
		let at = from;
		while (at < bytes.length) {
			const digit = (bytes[at] ?? 0) - ZERO;
			if (digit < 0 || digit > 9) break;
			value = Math.min(value * 10 + digit, LARGEST);
			at++;
		}
		this.#params[this.#length - 1] = value;
		return at;
	}

	#next(): void {
		this.#isPart = false;
		if (this.#length === MOST_PARAMS) {
			this.#isFull = true;
			return;
		}
		this.#isFull = false;
		this.#params[this.#length] = 0;
		this.#partEnds[this.#length] = this.#partCount;
		this.#length++;
	}

	#nextPart(): void {
		this.#isPart = true;
		if (this.#isFull && this.#length === MOST_PARAMS) return;
		this.#isFull = this.#partCount === MOST_PARTS;
		if (this.#isFull) return;
		this.#parts[this.#partCount++] = OMITTED;
		this.#partEnds[this.#length - 1] = this.#partCount;
	}

	#digit(value: number): void {
		const numbers = this.#isPart ? this.#parts : this.#params;
		const at = (this.#isPart ? this.#partCount : this.#length) - 1;
		const before = numbers[at] ?? 0;
		numbers[at] = before === OMITTED ? value : Math.min(before * 10 + value, LARGEST);
	}
}

const ZERO = 0x30;
const COLON = 0x3a;
const SEMICOLON = 0x3b;
