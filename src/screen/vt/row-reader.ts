/**
 * Lines → rows. A line that nobody touched is the same row again, and so is one that was painted anew just as it was,
 * wherever it stands now: everything after this stage remembers what it found out about a row.
 */
import type { CellStyle, Row } from "../../core/frame.ts";
import { PaintedRow } from "../../core/painted-row.ts";
import { CELL, COLOUR, HAS_CONTENT } from "./cell.ts";
import { CellStyles } from "./cell-styles.ts";
import type { Line } from "./line.ts";
import { readsAs, TextReader } from "./text-reader.ts";

/** Rows remembered by their text: some screens full, so that a picture may go and come back. */
const REMEMBERED_ROWS = 1000;

const SPACE = 0x20;
const NO_BREAK_SPACE = 0xa0;

export class RowReader {
	readonly #styles = new CellStyles();
	readonly #text = new TextReader();
	/** By what their cells hold. */
	#rows = new Map<number, Row>();
	/** The ones before: two generations, so that what is in use stays when the older one goes. */
	#older = new Map<number, Row>();

	read(line: Line): Row {
		if (line.isRead && line.row !== undefined) return line.row;
		line.row = this.#readAnew(line);
		line.isRead = true;
		return line.row;
	}

	/** The row that reads just like it, if one is known: the line's own last one, or one painted elsewhere before. */
	#readAnew(line: Line): Row {
		const last = lastInk(line);
		const own = line.row;
		if (own !== undefined && readsAs(line, last, own.text) && this.#fits(own, line, last)) return own;
		const key = keyOf(line, last);
		const twin = this.#rows.get(key) ?? this.#older.get(key);
		if (twin === undefined) return this.#remember(key, this.#make(line, this.#text.read(line, last), last));
		const text = readsAs(line, last, twin.text) ? twin.text : this.#text.read(line, last);
		if (text === twin.text && this.#fits(twin, line, last)) return twin;
		return this.#remember(key, this.#make(line, text, last));
	}

	#remember(key: number, row: Row): Row {
		this.#rows.set(key, row);
		if (this.#rows.size >= REMEMBERED_ROWS) {
			this.#older = this.#rows;
			this.#rows = new Map();
		}
		return row;
	}

	/** Whether a row with the line's text is the line's in everything else. Styles of one reader are the same object where they are equal. */
	#fits(row: Row, line: Line, last: number): boolean {
		if (row.isWrapped !== line.isWrapped || row.width !== widthOf(line, last)) return false;
		if (row.fill !== this.#fill(line) || row.isTorn !== (line.isTorn || undefined)) return false;
		if (row.isFull !== (isFull(line, last) || undefined)) return false;
		const leadAt = findInk(line, 0, last);
		return (
			row.lead === this.#style(line, leadAt) && row.next === this.#style(line, nextInk(line, leadAt, last))
		);
	}

	#make(line: Line, text: string, last: number): Row {
		const leadAt = findInk(line, 0, last);
		return new PaintedRow({
			text,
			width: widthOf(line, last),
			isWrapped: line.isWrapped,
			isFull: isFull(line, last) || undefined,
			isTorn: line.isTorn || undefined,
			fill: this.#fill(line),
			lead: this.#style(line, leadAt),
			next: this.#style(line, nextInk(line, leadAt, last)),
		});
	}

	#fill(line: Line): string | undefined {
		return this.#styles.colour(line.cells[2] ?? 0);
	}

	#style(line: Line, x: number): CellStyle | undefined {
		if (x < 0) return undefined;
		return this.#styles.style(line.cells[x * CELL + 1] ?? 0, (line.cells[x * CELL + 2] ?? 0) & COLOUR);
	}
}

/** What the cells up to column `last` hold, as a number: by chance two lines of different text have the same one in some 10^9. */
function keyOf({ cells }: Line, last: number): number {
	let key = last | 0;
	for (let at = 0; at <= last * CELL; at += CELL)
		key = Math.imul(key ^ shown(cells[at] ?? 0), 0x01000193) ^ (key >>> 15);
	return key;
}

/** A blank that was written and a cell that nothing was written to read the same. */
function shown(content: number): number {
	return (content & HAS_CONTENT) === 0 ? content | SPACE : content;
}

function widthOf(line: Line, last: number): number {
	return last < 0 ? 0 : last + line.width(last);
}

/** No blank was written into its last column. */
function isFull(line: Line, last: number): boolean {
	return widthOf(line, last) >= line.cols;
}

/** The first column that shows something after the blank that ends what begins at `leadAt`; −1 if there is none. */
function nextInk(line: Line, leadAt: number, last: number): number {
	const blankAt = leadAt < 0 ? -1 : findBlank(line, leadAt + 1);
	return blankAt < 0 ? -1 : findInk(line, blankAt + 1, last);
}

/** The last column that shows something, a no-break space included; −1 for a blank line. */
function lastInk({ cells, end }: Line): number {
	for (let at = (end - 1) * CELL; at >= 0; at -= CELL) {
		const content = cells[at] ?? 0;
		if ((content & HAS_CONTENT) !== 0 && (content & HAS_CONTENT) !== SPACE) return at / CELL;
	}
	return -1;
}

function isBlank(content: number): boolean {
	const shown = content & HAS_CONTENT;
	return shown === 0 || shown === SPACE || shown === NO_BREAK_SPACE;
}

/** First column from `from` up to `last` that shows something and is no blank of any kind; −1 if there is none. */
function findInk(line: Line, from: number, last: number): number {
	for (let x = from; x <= last; x++) if (!isBlank(line.content(x))) return x;
	return -1;
}

/** First blank from `from` on, the right half of a wide character not counted; −1 if there is none. */
function findBlank(line: Line, from: number): number {
	for (let x = from; x < line.cols; x++) {
		if (isBlank(line.content(x)) && line.width(x) > 0) return x;
	}
	return -1;
}
