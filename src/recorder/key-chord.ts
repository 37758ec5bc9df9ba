/** Finds the keys that pause a recording in the copy of what was typed. They go to the program as every key does. */

export class KeyChord {
	readonly #keys: Uint8Array;
	/** How many of the keys were typed so far, in order. */
	#typed = 0;

	/** The bytes that a terminal sends for them; at least one. */
	constructor(keys: Uint8Array) {
		this.#keys = keys;
	}

	/** How often they were typed to the end in this piece of input, and in what came before it. */
	feed(data: Uint8Array): number {
		let found = 0;
		for (const byte of data) {
			if (byte === this.#keys[this.#typed]) this.#typed += 1;
			else this.#typed = byte === this.#keys[0] ? 1 : 0;
			if (this.#typed < this.#keys.length) continue;
			this.#typed = 0;
			found += 1;
		}
		return found;
	}
}
