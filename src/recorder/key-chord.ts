/** Finds the keys that pause a recording in the copy of what was typed. They go to the program as every key does. */

export class KeyChord {
	readonly #keys: Uint8Array;
	/** What was typed last, as many bytes as the keys have; less at the beginning, and behind keys that were found. */
	#typed: readonly number[] = [];

	/** The bytes that a terminal sends for them; at least one. */
	constructor(keys: Uint8Array) {
		this.#keys = keys;
	}

	/** How often they were typed to the end in this piece of input, and in what came before it. */
	feed(data: Uint8Array): number {
		let found = 0;
		for (const byte of data) {
			this.#typed = [...this.#typed, byte].slice(-this.#keys.length);
			if (!this.#isTyped()) continue;
			this.#typed = [];
			found += 1;
		}
		return found;
	}

	#isTyped(): boolean {
		const typed = this.#typed;
		return typed.length === this.#keys.length && typed.every((byte, at) => byte === this.#keys[at]);
	}
}
