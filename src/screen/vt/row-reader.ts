/**
 * Lines → rows. A line that nobody touched is the same row again, and so is one that was painted anew just as it was,
 * wherever it stands now: everything after this stage remembers what it found out about a row.
 */
import type { CellStyle, Row } from "../../core/frame.ts";
import { CELL, COLOUR, HAS_CONTENT } from "./cell.ts";
import { CellStyles } from "./cell-styles.ts";
import type { Line } from "./line.ts";
import { TextReader } from "./text-reader.ts";

/** Rows remembered by their text: some screens full, so that a picture may go and come back. */
const REMEMBERED_ROWS = 1000;

const SPACE = 0x20;
const NO_BREAK_SPACE = 0xa0;

export class RowReader {
	readonly #styles = new CellStyles();
	readonly #text = new TextReader();
	#rows = new Map<string, Row>();
	/** The ones before: two generations, so that what is in use stays when the older one goes. */
	#older = new Map<string, Row>();

	read(line: Line): Row {
		if (line.isRead && line.row !== undefined) return line.row;
		const last = lastInk(line);
		const made = this.#make(line, this.#text.read(line, last, line.row?.text), last);
		line.row = this.#known(line.row, made);
		line.isRead = true;
		return line.row;
	}

	/** The row that reads just like it, if one is known: the line's own last one, or one painted elsewhere before. */
	#known(own: Row | undefined, made: Row): Row {
		if (own !== undefined && isSame(own, made)) return own;
		const twin = this.#recall(made.text);
		if (twin !== undefined && isSame(twin, made)) return twin;
		this.#remember(made);
		return made;
	}

	#recall(text: string): Row | undefined {
		return this.#rows.get(text) ?? this.#older.get(text);
	}

	#remember(row: Row): void {
		this.#rows.set(row.text, row);
		if (this.#rows.size < REMEMBERED_ROWS) return;
		this.#older = this.#rows;
		this.#rows = new Map();
	}

	#make(line: Line, text: string, last: number): Row {
		const leadAt = findInk(line, 0, last);
		const blankAt = leadAt < 0 ? -1 : findBlank(line, leadAt + 1);
		const nextAt = blankAt < 0 ? -1 : findInk(line, blankAt + 1, last);
		return {
			text,
			width: last < 0 ? 0 : last + line.width(last),
			isWrapped: line.isWrapped,
			fill: this.#styles.colour(line.cells[2] ?? 0),
			lead: this.#style(line, leadAt),
			next: this.#style(line, nextAt),
		};
	}

	#style(line: Line, x: number): CellStyle | undefined {
		if (x < 0) return undefined;
		return this.#styles.style(line.cells[x * CELL + 1] ?? 0, (line.cells[x * CELL + 2] ?? 0) & COLOUR);
	}
}

/** Styles of one reader are the same object where they are equal. */
function isSame(a: Row, b: Row): boolean {
	if (a.text !== b.text || a.width !== b.width || a.isWrapped !== b.isWrapped) return false;
	return a.fill === b.fill && a.lead === b.lead && a.next === b.next;
}

/** The last column that shows something, a no-break space included; −1 for a blank line. */
function lastInk({ cells }: Line): number {
	for (let at = cells.length - CELL; at >= 0; at -= CELL) {
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
