/**
 * Bytes are missing: what was being written is in two pieces, of which the second may come or not. The line with the cursor in
 * it is torn, and so are the rows that a program may have broken it into itself: those right above that are as long.
 */
import { beginningOf, endOfWrapped } from "./layout.ts";
import type { TerminalState } from "./terminal-state.ts";

/** Shorter rows were not broken by a window. */
const NARROWEST_ROW = 10;
/** No secret runs on over more. */
const MOST_ROWS = 100;

export function tearAtCursor({ grid }: TerminalState): void {
	const { lines } = grid;
	const from = beginningOf(lines, grid.y);
	const end = endOfWrapped(lines, from);
	for (const line of lines.slice(from, end)) line.tear(true);
	let width = Math.max(NARROWEST_ROW, ...lines.slice(from, end).map((line) => line.trimmedLength()));
	for (let y = from - 1; y >= 0 && y >= from - MOST_ROWS; y--) {
		const line = lines[y];
		const length = line?.trimmedLength() ?? 0;
		if (line === undefined || length < width) return;
		line.tear(true);
		width = length;
	}
}
