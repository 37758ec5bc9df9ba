/**
 * A line that is painted again at every key, in a window too narrow for it, leaves itself on every row above: what is
 * uncertain in it is so in all of them.
 */
import { FRAME } from "./frame-characters.ts";

/** Further up nothing belongs to the line that grows: as many keys have some screens of rows. */
const MOST_ROWS = 400;

/** Where the rows begin to show what begins at `start` and still grows; `start` itself when it was painted once. */
export function paintedFrom(text: string, start: number, telling: number): number {
	const lead = rowAt(text, start);
	const column = start - lead.start;
	const height = rowsFrom(text, start);
	let first = start;
	let missed = 0;
	let end = lead.rowStart - 1;
	for (let rows = 0; end > 0 && rows < MOST_ROWS && missed <= height; rows += 1) {
		const row = rowAt(text, end);
		const length = sharedLength(text, row, lead);
		const isSame = length === row.end - row.start || length === lead.end - lead.start;
		if (isSame && row.end - row.start - column >= telling) [first, missed] = [row.start + column, 0];
		// Before the token had come far enough to tell anything, or to the window's edge.
		else if (isSame && row.end > row.start) missed = 0;
		else missed += 1;
		end = row.rowStart - 1;
	}
	return first;
}

/** A row's content, without its frame. */
interface Row {
	readonly rowStart: number;
	readonly start: number;
	readonly end: number;
}

/** The row in which an offset lies, or at whose end it is. */
function rowAt(text: string, offset: number): Row {
	const rowStart = text.lastIndexOf("\n", offset - 1) + 1;
	const newline = text.indexOf("\n", offset);
	let end = newline === -1 ? text.length : newline;
	let start = rowStart;
	while (end > rowStart && FRAME[text.charCodeAt(end - 1)] === 1) end -= 1;
	while (start < end && FRAME[text.charCodeAt(start)] === 1) start += 1;
	return { rowStart, start, end };
}

/** How many rows what grows takes by now. */
function rowsFrom(text: string, start: number): number {
	let rows = 1;
	for (let at = text.indexOf("\n", start); at !== -1; at = text.indexOf("\n", at + 1)) rows += 1;
	return rows;
}

function sharedLength(text: string, a: Row, b: Row): number {
	const most = Math.min(a.end - a.start, b.end - b.start);
	let length = 0;
	while (length < most && text.charCodeAt(a.start + length) === text.charCodeAt(b.start + length))
		length += 1;
	return length;
}
