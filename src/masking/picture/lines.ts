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
}

const STARTS_WIDE =
	/^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff00-\uffef\p{Emoji_Presentation}]/u;

interface Before extends ReadRows {
	readonly rows: readonly PictureRow[];
}

export class LineReader {
	#before: Before | undefined;

	/** Lines that stand where they stood are the same objects as last time. */
	read(rows: readonly PictureRow[], cols: number): ReadRows {
		const before = this.#before;
		const readings: RowReading[] = [];
		let isWrapped = false;
		for (let y = 0; y < rows.length; y += 1) {
			const row = rows[y] as PictureRow;
			const known = before?.rows[y] === row ? before.readings[y] : undefined;
			readings.push(known ?? readRow(row, this));
			isWrapped ||= row.isWrapped;
		}
		const lines = isWrapped ? join(rows, readings, cols) : single(readings, before);
		this.#before = { rows, readings, lines: isWrapped ? [] : lines };
		return { readings, lines };
	}
}

function single(readings: readonly RowReading[], before: Before | undefined): readonly PictureLine[] {
	return readings.map((reading, row) => {
		const known = before?.lines[row];
		if (known?.reading === reading) return known;
		const { text } = reading;
		return { text, parts: [{ row, start: 0, end: text.length }], reading };
	});
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
