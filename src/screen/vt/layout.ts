import type { Line } from "./line.ts";

/** History and screen as one stretch of lines, while they are arranged anew. */
export interface Layout {
	lines: Line[];
	/** How many of them are history: where the screen begins. */
	base: number;
	/** The cursor's row on the screen, and the row of the saved one, counted from the first line. */
	y: number;
	savedY: number;
	readonly mostLines: number;
}

export interface Size {
	readonly cols: number;
	readonly rows: number;
}

/**
 * Columns of a wrapped line that its text has: all of them but in its last row, and one less where a wide character had
 * no room at the end.
 */
export function usedCols(rows: readonly Line[], index: number, cols: number): number {
	const row = rows[index];
	const next = rows[index + 1];
	if (row === undefined) return 0;
	if (next === undefined) return row.trimmedLength();
	const endsEmpty = !row.hasContent(cols - 1) && row.width(cols - 1) === 1;
	return endsEmpty && next.width(0) === 2 ? cols - 1 : cols;
}

/** Where the line that begins at row `from` ends, the terminal's own wraps included. */
export function endOfWrapped(lines: readonly Line[], from: number): number {
	let end = from + 1;
	while (lines[end]?.isWrapped === true) end++;
	return end;
}

/** Where the line begins that row `at` is a part of. */
export function beginningOf(lines: readonly Line[], at: number): number {
	let from = at;
	while (from > 0 && lines[from]?.isWrapped === true) from--;
	return from;
}
