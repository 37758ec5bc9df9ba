/**
 * Bytes of a JSONL file into whole lines. `feed(bytes)` gives the lines completed by them; a torn last line is awaited.
 * Pure: the same lines for any chunking.
 */

/** Longer lines are damage, or would not fit into memory with all that follows: they cost themselves. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;
const NEWLINE = 10;

export interface Line {
	readonly text: string;
	/** Offset of its first byte. */
	readonly start: number;
	/** Offset behind its newline. */
	readonly end: number;
}

export class LineReader {
	readonly #decoder = new TextDecoder();
	#held: Uint8Array[] = [];
	#heldBytes = 0;
	#isSkipping = false;
	#at: number;
	#tooLong = 0;

	constructor(startAt = 0) {
		this.#at = startAt;
	}

	/** Lines that were given up for their length. */
	get tooLong(): number {
		return this.#tooLong;
	}

	/** Offset behind the last whole line. */
	get doneBytes(): number {
		return this.#at;
	}

	feed(chunk: Uint8Array): Line[] {
		const lines: Line[] = [];
		let from = 0;
		for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
			this.#take(chunk.subarray(from, end), lines);
			from = end + 1;
		}
		// A copy, also of a Buffer: whoever reads the file uses its memory again.
		if (from < chunk.length) this.#hold(new Uint8Array(chunk.subarray(from)));
		return lines;
	}

	/** The last line of a file that will not grow any more. */
	flush(): Line[] {
		const lines: Line[] = [];
		if (this.#heldBytes > 0) this.#take(new Uint8Array(0), lines);
		return lines;
	}

	#take(rest: Uint8Array, lines: Line[]): void {
		const length = this.#heldBytes + rest.length;
		const start = this.#at;
		this.#at += length + 1;
		const isSkipped = this.#isSkipping || length > MAX_LINE_BYTES;
		if (isSkipped) this.#tooLong += 1;
		else if (length > 0) {
			const text = this.#decoder.decode(
				this.#held.length === 0 ? rest : joined([...this.#held, rest], length),
			);
			lines.push({ text, start, end: this.#at });
		}
		this.#held = [];
		this.#heldBytes = 0;
		this.#isSkipping = false;
	}

	#hold(bytes: Uint8Array): void {
		this.#heldBytes += bytes.length;
		if (this.#heldBytes > MAX_LINE_BYTES) this.#isSkipping = true;
		if (this.#isSkipping) this.#held = [];
		else this.#held.push(bytes);
	}
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
	const whole = new Uint8Array(length);
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.length;
	}
	return whole;
}
