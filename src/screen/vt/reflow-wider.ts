/** The screen became wider: rows of one wrapped line are joined, those that are not needed any more go. */
import { EMPTY } from "./cell.ts";
import { eraseCells } from "./edit-line.ts";
import { endOfWrapped, type Layout, type Size, usedCols } from "./layout.ts";
import { Line } from "./line.ts";

export function unwrapWider(layout: Layout, oldCols: number, size: Size): void {
	const { lines } = layout;
	const cursor = layout.base + layout.y;
	const removed = new Set<Line>();
	for (let y = 0; y < lines.length; ) {
		const end = endOfWrapped(lines, y);
		// The program knows where it left its cursor: that line stays as it is.
		const hasCursor = cursor >= y && cursor < end;
		if (end > y + 1 && !hasCursor) {
			for (const line of joinRows(lines.slice(y, end), oldCols, size.cols)) removed.add(line);
		}
		y = end;
	}
	if (removed.size === 0) return;
	layout.lines = lines.filter((line) => !removed.has(line));
	for (let n = 0; n < removed.size; n++) moveUp(layout, size);
	layout.savedY = Math.max(layout.savedY - removed.size, 0);
}

/** One line less above the cursor. */
function moveUp(layout: Layout, { cols, rows }: Size): void {
	if (layout.base > 0) {
		layout.base--;
		return;
	}
	if (layout.y > 0) layout.y--;
	if (layout.lines.length < rows) layout.lines.push(new Line(cols, 0, false));
}

/** Fills the rows from above; which of them are empty then. */
function joinRows(rows: readonly Line[], oldCols: number, newCols: number): readonly Line[] {
	let to = 0;
	let toCol = usedCols(rows, 0, oldCols);
	let from = 1;
	let fromCol = 0;
	while (from < rows.length) {
		const source = rows[from];
		const target = rows[to];
		if (source === undefined || target === undefined) break;
		const used = usedCols(rows, from, oldCols);
		const count = Math.min(used - fromCol, newCols - toCol);
		target.copy(source, fromCol, toCol, count);
		target.touch();
		toCol += count;
		fromCol += count;
		if (toCol === newCols) {
			to++;
			toCol = carryWide(target, rows[to], newCols);
		}
		if (fromCol === used) {
			from++;
			fromCol = 0;
		}
	}
	const last = rows[to];
	if (last !== undefined) eraseCells(last, toCol, newCols, 0);
	return emptyRows(rows, to);
}

/** A wide character does not fit half: it goes to the next row. Where that begins then. */
function carryWide(full: Line, next: Line | undefined, cols: number): number {
	if (next === undefined || full.width(cols - 1) !== 2) return 0;
	next.copy(full, cols - 1, 0, 1);
	next.touch();
	full.fill(cols - 1, cols, EMPTY, 0, 0);
	return 1;
}

function emptyRows(rows: readonly Line[], last: number): readonly Line[] {
	let kept = rows.length;
	while (kept > 1 && (kept - 1 > last || rows[kept - 1]?.trimmedLength() === 0)) kept--;
	return rows.slice(kept);
}
