/** Where somebody may be typing: the terminal's own cursor, and cells that a program inverts to draw one. */
import { ATTRIBUTES, cellsOf, type Picture, type PictureRow } from "../../core/picture.ts";
import { FRAME } from "../frame-characters.ts";
import type { PictureLine } from "./lines.ts";
import type { RowReading } from "./row-reading.ts";

export const NO_CARETS: readonly number[] = [];

export interface Caret {
	readonly row: number;
	readonly column: number;
}

export function findCarets({ rows, cursor }: Picture, readings: readonly RowReading[]): readonly Caret[] {
	const carets: Caret[] = cursor.visible ? [{ row: cursor.y, column: cursor.x }] : [];
	for (let row = 0; row < rows.length; row += 1) {
		const reading = readings[row] as RowReading;
		reading.carets ??= drawnCarets(rows[row] as PictureRow);
		for (const column of reading.carets) carets.push({ row, column });
	}
	return carets;
}

function drawnCarets({ runs }: PictureRow): readonly number[] {
	let carets: readonly number[] = NO_CARETS;
	let column = 0;
	for (const { cells, width, paint } of runs) {
		if (cells === 1 && (paint.attributes & ATTRIBUTES.inverse) !== 0) carets = [...carets, column];
		column += cells * width;
	}
	return carets;
}

export function areSameCarets(a: readonly Caret[], b: readonly Caret[]): boolean {
	return (
		a.length === b.length &&
		a.every(({ row, column }, index) => row === b[index]?.row && column === b[index]?.column)
	);
}

/** One of them stands in a row of the line. */
export function isNear(carets: readonly Caret[], { parts }: PictureLine): boolean {
	const first = parts[0]?.row ?? 0;
	const end = first + parts.length;
	for (const { row } of carets) if (row >= first && row < end) return true;
	return false;
}

/** Where in the line's text cursors stand. */
export function placesOf(
	{ parts }: PictureLine,
	carets: readonly Caret[],
	rows: readonly PictureRow[],
): readonly number[] {
	return carets.flatMap(({ row, column }) => {
		const part = parts.find((one) => one.row === row);
		const painted = rows[row];
		const inRow = part === undefined || painted === undefined ? undefined : offsetAt(painted, column);
		const at = (part?.start ?? 0) + (inRow ?? 0);
		return part === undefined || inRow === undefined || at > part.end ? [] : [at];
	});
}

/** Where in the line's text words end that a cursor stands in, or right behind. */
export function caretsIn(
	line: PictureLine,
	carets: readonly Caret[],
	rows: readonly PictureRow[],
): readonly number[] {
	const { text } = line;
	return placesOf(line, carets, rows).flatMap((place) => {
		let at = place;
		while (at < text.length && FRAME[text.charCodeAt(at)] !== 1) at += 1;
		return at === 0 || FRAME[text.charCodeAt(at - 1)] === 1 ? [] : [at];
	});
}

/** Of the character in a column; undefined beyond what is painted. */
function offsetAt({ runs }: PictureRow, column: number): number | undefined {
	let offset = 0;
	let left = column;
	for (const run of runs) {
		const columns = run.cells * run.width;
		if (left < columns) {
			const before = cellsOf(run).slice(0, Math.floor(left / run.width));
			return offset + before.join("").length;
		}
		left -= columns;
		offset += run.text.length;
	}
	return left === 0 ? offset : undefined;
}
