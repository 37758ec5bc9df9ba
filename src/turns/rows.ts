import { indentOf } from "../core/characters.ts";
import type { Row } from "../core/frame.ts";
import { PaintedRow } from "../core/painted-row.ts";

/**
 * Joins rows that the terminal itself wrapped (a line longer than the screen, or printed before a resize). A row that
 * Claude Code broke itself stays a row: `unwrap.ts` decides about those. `cols` is the terminal's width.
 */
export function joinWrapped(rows: readonly Row[], cols: number): readonly Row[] {
	if (!rows.some((row) => row.isWrapped)) return rows;
	const joined: Row[] = [];
	for (const row of rows) {
		const above = joined.at(-1);
		if (above !== undefined && goesOn(above, row)) joined[joined.length - 1] = joinRows(above, row, cols);
		else joined.push(row);
	}
	return joined;
}

/**
 * Columns up to which a line is put together. What is longer, such as a file without line ends, goes on as another line: each
 * join copies what there is so far, and ten megabytes copied for every row of them would take all memory.
 */
export const LONGEST_LINE = 16_384;

/** Whether the row is a part of the line above it. */
export function goesOn(above: Row, row: Row): boolean {
	return row.isWrapped && above.width < LONGEST_LINE;
}

const STARTS_WIDE =
	/^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff00-\uffef\p{Emoji_Presentation}]/u;

/** A blank in the last column was cut off with the row's other trailing blanks; a wide character that did not fit left none. */
export function joinRows(above: Row, row: Row, cols: number): Row {
	const known = joins.get(above);
	if (known !== undefined && known.row === row && known.cols === cols) return known.joined;
	const lastRow = above.width % cols;
	const hadBlank = lastRow !== 0 && above.isFull !== true && !STARTS_WIDE.test(row.text);
	const width = above.width + (lastRow === 0 ? 0 : cols - lastRow) + row.width;
	const text = `${above.text}${hadBlank ? " " : ""}${row.text}`;
	const joined = new PaintedRow({
		...above,
		text,
		width,
		isFull: row.isFull,
		isTorn: above.isTorn ?? row.isTorn,
	});
	joins.set(above, { row, cols, joined });
	return joined;
}

/** The same rows joined are the same row, as long as they stand there. */
const joins = new WeakMap<Row, { readonly row: Row; readonly cols: number; readonly joined: Row }>();

export function isBlank(row: { readonly text: string } | undefined): boolean {
	if (row === undefined || row.text === "") return true;
	return PaintedRow.isBlank(row) ?? indentOf(row.text) === row.text.length;
}

/** Columns before a row's first character. */
export function indentOfRow(row: { readonly text: string }): number {
	return PaintedRow.indentOf(row) ?? indentOf(row.text);
}

/** Removes blank rows at both ends. */
export function trimBlank<T extends { readonly text: string }>(rows: readonly T[]): readonly T[] {
	let from = 0;
	let to = rows.length;
	while (from < to && isBlank(rows[from])) from++;
	while (to > from && isBlank(rows[to - 1])) to--;
	return from === 0 && to === rows.length ? rows : rows.slice(from, to);
}
