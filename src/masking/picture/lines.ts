/** A picture's rows as lines that a person reads: those that the terminal itself wrapped are one. */
import { columnsOf, type PictureRow } from "../../core/picture.ts";
import { type RowReading, readRow } from "./row-reading.ts";

/** A row's place in its line: it begins at `start`, and everything it says ends at `end`. */
export interface LinePart {
	readonly row: number;
	readonly start: number;
	readonly end: number;
}

export interface PictureLine {
	readonly text: string;
	readonly parts: readonly LinePart[];
	/** Where the line is one row. */
	readonly reading?: RowReading;
}

export interface ReadRows {
	readonly readings: readonly RowReading[];
	readonly lines: readonly PictureLine[];
	/** What the lines say. */
	readonly texts: readonly string[];
}

const STARTS_WIDE =
	/^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff00-\uffef\p{Emoji_Presentation}]/u;

interface Before extends ReadRows {
	readonly rows: readonly PictureRow[];
	/** Some of the lines are more than one row: they are put together anew each time. */
	readonly isWrapped: boolean;
}

export class LineReader {
	#before: Before | undefined;

	/** Lines that stand where they stood are the same objects as last time; so is all of it where nothing has changed. */
	read(rows: readonly PictureRow[], cols: number): ReadRows {
		const before = this.#before;
		const readings = new Array<RowReading>(rows.length);
		let isWrapped = false;
		let isSame = before?.rows.length === rows.length;
		for (let y = 0; y < rows.length; y += 1) {
			const row = rows[y] as PictureRow;
			const known = before?.rows[y] === row ? before.readings[y] : undefined;
			if (known === undefined) isSame = false;
			readings[y] = known ?? readRow(row, this);
			isWrapped ||= row.isWrapped;
		}
		if (isSame && !isWrapped && before?.isWrapped === false) return before;
		const lines = isWrapped ? join(rows, readings, cols) : single(readings, before);
		const texts = lines.map(({ text }) => text);
		this.#before = { rows, readings, lines, texts, isWrapped };
		return this.#before;
	}
}

function single(readings: readonly RowReading[], before: Before | undefined): readonly PictureLine[] {
	const lines = new Array<PictureLine>(readings.length);
	for (let row = 0; row < readings.length; row += 1) {
		const reading = readings[row] as RowReading;
		const known = before?.lines[row];
		if (known?.reading === reading) lines[row] = known;
		else lines[row] = { text: reading.text, parts: [{ row, start: 0, end: reading.text.length }], reading };
	}
	return lines;
}

function join(rows: readonly PictureRow[], readings: readonly RowReading[], cols: number): PictureLine[] {
	const lines: { text: string; parts: LinePart[] }[] = [];
	for (const [row, painted] of rows.entries()) {
		const text = readings[row]?.text ?? "";
		const above = lines.at(-1);
		if (!painted.isWrapped || above === undefined) {
			lines.push({ text, parts: [{ row, start: 0, end: text.length }] });
			continue;
		}
		// A blank in the last column was cut off with the row's other blanks; a wide character that had no room left none.
		const isFull = columnsOf(rows[row - 1] ?? painted) >= cols;
		const start = above.text.length + (isFull || STARTS_WIDE.test(text) ? 0 : 1);
		above.text = above.text.padEnd(start) + text;
		above.parts.push({ row, start, end: above.text.length });
	}
	return lines;
}
