import { indentOf } from "./characters.ts";
import type { CellStyle, Row } from "./frame.ts";

/**
 * A row as the screen makes it, with room for what is found out about it. Rows stay the same objects from frame to frame
 * and are asked about thousands of times a second, where a field is found many times faster than in a `WeakMap`, and fastest
 * where all rows are of one make. The fields are private, so that no copy of a row takes along what was true of another one,
 * and nothing that prints or compares rows sees them. Of a row that is none of these nothing is remembered.
 */
export class PaintedRow implements Row {
	readonly text: string;
	readonly width: number;
	readonly isWrapped: boolean;
	readonly isFull: true | undefined;
	readonly isTorn: true | undefined;
	readonly fill: string | undefined;
	readonly lead: CellStyle | undefined;
	readonly next: CellStyle | undefined;
	readonly #indent: number;
	readonly #isBlank: boolean;
	/** What its look says. */
	#reading: object | undefined = undefined;
	/** What its text becomes together with the row below. */
	#continuation: object | undefined = undefined;

	constructor({ text, width, isWrapped, isFull, isTorn, fill, lead, next }: Row) {
		this.text = text;
		this.width = width;
		this.isWrapped = isWrapped;
		this.isFull = isFull;
		this.isTorn = isTorn;
		this.fill = fill;
		this.lead = lead;
		this.next = next;
		this.#indent = indentOf(text);
		this.#isBlank = this.#indent === text.length;
	}

	/** Columns before its first character. */
	static indentOf(row: object): number | undefined {
		return #indent in row ? row.#indent : undefined;
	}

	static isBlank(row: object): boolean | undefined {
		return #isBlank in row ? row.#isBlank : undefined;
	}

	static readingOf(row: object): object | undefined {
		return #reading in row ? row.#reading : undefined;
	}

	static keepReading(row: object, reading: object): void {
		if (#reading in row) row.#reading = reading;
	}

	static continuationOf(row: object): object | undefined {
		return #continuation in row ? row.#continuation : undefined;
	}

	static keepContinuation(row: object, continuation: object): void {
		if (#continuation in row) row.#continuation = continuation;
	}
}
