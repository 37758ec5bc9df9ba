import type { PictureRow, Run } from "./picture.ts";

/**
 * A picture's row as the screen makes it, with room for what is found out about it: like `PaintedRow`, and for the same
 * reasons. Of a row that is none of these nothing is remembered.
 */
export class PicturedRow implements PictureRow {
	readonly runs: readonly Run[];
	readonly isWrapped: boolean;
	#reading: object | undefined = undefined;

	constructor(runs: readonly Run[], isWrapped: boolean) {
		this.runs = runs;
		this.isWrapped = isWrapped;
	}

	static readingOf(row: object): object | undefined {
		return #reading in row ? row.#reading : undefined;
	}

	static keepReading(row: object, reading: object): void {
		if (#reading in row) row.#reading = reading;
	}
}
