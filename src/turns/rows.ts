import type { Row } from "../core/frame.ts";

/**
 * Joins rows that the terminal itself wrapped (a line longer than the screen, or printed before a resize). A row that
 * Claude Code broke itself stays a row: `unwrap.ts` decides about those. `cols` is the terminal's width.
 */
export function joinWrapped(rows: readonly Row[], cols: number): readonly Row[] {
	if (!rows.some((row) => row.isWrapped)) return rows;
	const joined: Row[] = [];
	for (const row of rows) {
		const above = joined.at(-1);
		if (!row.isWrapped || above === undefined) joined.push(row);
		else joined[joined.length - 1] = joinRows(above, row, cols);
	}
	return joined;
}

const STARTS_WIDE =
	/^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff00-\uffef\p{Emoji_Presentation}]/u;

/** A blank in the last column was cut off with the row's other trailing blanks; a wide character that did not fit left none. */
export function joinRows(above: Row, row: Row, cols: number): Row {
	const known = joins.get(above);
	if (known !== undefined && known.row === row && known.cols === cols) return known.joined;
	const lastRow = above.width % cols;
	const hadBlank = lastRow !== 0 && !STARTS_WIDE.test(row.text);
	const width = above.width + (lastRow === 0 ? 0 : cols - lastRow) + row.width;
	const joined = { ...above, text: `${above.text}${hadBlank ? " " : ""}${row.text}`, width };
	joins.set(above, { row, cols, joined });
	return joined;
}

/** The same rows joined are the same row, as long as they stand there. */
const joins = new WeakMap<Row, { readonly row: Row; readonly cols: number; readonly joined: Row }>();

export function isBlank(row: Row): boolean {
	return indentOf(row.text) === row.text.length;
}

const SPACE = 0x20;
/** Below it, these two are all the blanks that a row of a screen can have. */
const NO_BREAK_SPACE = 0xa0;
const FIRST_OTHER_BLANK = 0x1680;

/** Columns before the first character. Every row of every frame is asked: it is found without making another string. */
export function indentOf(text: string): number {
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === SPACE || code === NO_BREAK_SPACE) continue;
		if (code > SPACE && code < FIRST_OTHER_BLANK) return at;
		return text.length - text.trimStart().length;
	}
	return text.length;
}

/** Removes blank rows at both ends. */
export function trimBlank<T extends { readonly text: string }>(rows: readonly T[]): readonly T[] {
	let from = 0;
	let to = rows.length;
	while (from < to && rows[from]?.text.trim() === "") from++;
	while (to > from && rows[to - 1]?.text.trim() === "") to--;
	return from === 0 && to === rows.length ? rows : rows.slice(from, to);
}
