import type { Row } from "../core/frame.ts";

/**
 * Joins rows that the terminal itself wrapped (after a resize it re-flows what was printed before). A row that
 * Claude Code broke itself stays a row: `unwrap.ts` decides about those.
 */
export function joinWrapped(rows: readonly Row[]): readonly Row[] {
	if (!rows.some((row) => row.isWrapped)) return rows;
	const joined: Row[] = [];
	for (const row of rows) {
		const above = joined.at(-1);
		if (!row.isWrapped || above === undefined) joined.push(row);
		else
			joined[joined.length - 1] = { ...above, text: above.text + row.text, width: above.width + row.width };
	}
	return joined;
}

export function isBlank(row: Row): boolean {
	return row.text.trim() === "";
}

/** Columns before the first character. */
export function indentOf(text: string): number {
	return text.length - text.trimStart().length;
}

/** Removes blank rows at both ends. */
export function trimBlank<T extends { readonly text: string }>(rows: readonly T[]): readonly T[] {
	let from = 0;
	let to = rows.length;
	while (from < to && rows[from]?.text.trim() === "") from++;
	while (to > from && rows[to - 1]?.text.trim() === "") to--;
	return from === 0 && to === rows.length ? rows : rows.slice(from, to);
}
