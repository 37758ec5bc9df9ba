/** The screen became narrower: lines that are too long for it are wrapped, and what follows moves down. */
import { EMPTY } from "./cell.ts";
import { type Layout, type Size, usedCols } from "./layout.ts";
import { Line } from "./line.ts";

/** Rows that a line needs more than before, and before which line they belong. */
interface Insertion {
	readonly at: number;
	readonly lines: readonly Line[];
}

export function wrapNarrower(layout: Layout, oldCols: number, size: Size): void {
	const insertions: Insertion[] = [];
	let added = 0;
	// Rows below the cursor make room for what is inserted above them; what they hold is wrapped all the same.
	const before = [...layout.lines];
	for (let y = before.length - 1; y >= 0; y--) {
		const last = before[y];
		if (last === undefined || (!last.isWrapped && last.trimmedLength() <= size.cols)) continue;
		const end = y + 1;
		while (y > 0 && before[y]?.isWrapped === true) y--;
		const cursor = layout.base + layout.y;
		// The program knows where it left its cursor: that line is cut.
		if (cursor >= y && cursor < end) continue;
		const lines = wrapRows(before.slice(y, end), oldCols, size.cols);
		if (lines.length > 0) insertions.push({ at: end + added, lines });
		added += lines.length;
		makeRoom(layout, lines.length, added, size);
	}
	if (insertions.length > 0) insert(layout, insertions, added);
}

/** Lays the line's rows out anew; the rows that it needs more. */
function wrapRows(rows: readonly Line[], oldCols: number, newCols: number): readonly Line[] {
	const lengths = rowLengths(rows, oldCols, newCols);
	const more = Array.from(
		{ length: Math.max(0, lengths.length - rows.length) },
		() => new Line(newCols, 0, true),
	);
	const all = [...rows, ...more];
	if (rows.some(({ isTorn }) => isTorn)) for (const line of all) line.tear(true);
	moveCells(rows, all, lengths, oldCols);
	for (const [index, length] of lengths.entries()) {
		if (length < newCols) all[index]?.fill(length, length + 1, EMPTY, 0, 0);
	}
	return more;
}

/** How long each row will be: the whole width, or one less before a wide character that would be cut. */
function rowLengths(rows: readonly Line[], oldCols: number, newCols: number): readonly number[] {
	const needed = rows.reduce((sum, _row, index) => sum + usedCols(rows, index, oldCols), 0);
	const lengths: number[] = [];
	let col = 0;
	let row = 0;
	for (let placed = 0; placed < needed; ) {
		if (needed - placed < newCols) {
			lengths.push(needed - placed);
			break;
		}
		col += newCols;
		const used = usedCols(rows, row, oldCols);
		if (col > used) {
			col -= used;
			row++;
		}
		const endsWithWide = rows[row]?.width(col - 1) === 2;
		if (endsWithWide) col--;
		const length = endsWithWide ? newCols - 1 : newCols;
		lengths.push(length);
		placed += length;
	}
	return lengths;
}

/** From the end, so that nothing is overwritten before it has moved. */
function moveCells(
	rows: readonly Line[],
	all: readonly Line[],
	lengths: readonly number[],
	oldCols: number,
): void {
	let to = lengths.length - 1;
	let toCol = lengths[to] ?? 0;
	let from = rows.length - 1;
	let fromCol = rows[from]?.trimmedLength() ?? 0;
	while (from >= 0) {
		const source = rows[from];
		const target = all[to];
		if (source === undefined || target === undefined) break;
		const count = Math.min(fromCol, toCol);
		target.copy(source, fromCol - count, toCol - count, count);
		target.touch();
		toCol -= count;
		if (toCol === 0) {
			to--;
			toCol = lengths[to] ?? 0;
		}
		fromCol -= count;
		if (fromCol === 0) {
			from--;
			// Before any of it moved, a row's used columns were these.
			fromCol = usedCols(all, Math.max(from, 0), oldCols);
		}
	}
}

/** So many rows more above what follows: the cursor moves down while there is room, then the screen does. */
function makeRoom(layout: Layout, count: number, added: number, { rows }: Size): void {
	const isBlankBelow = layout.base === 0 && layout.y !== layout.lines.length - 1;
	const filled = isBlankBelow ? layout.y : layout.lines.length;
	const lost = Math.max(0, filled - layout.mostLines + count);
	for (let n = count - lost; n > 0; n--) {
		if (layout.base > 0) {
			const most = Math.min(layout.mostLines, layout.lines.length + added) - rows;
			if (layout.base < most) layout.base++;
		} else if (layout.y < rows - 1) {
			layout.y++;
			layout.lines.pop();
		} else layout.base++;
	}
	layout.savedY = Math.min(layout.savedY + count, layout.base + rows - 1);
}

/** From the end; where there are more lines than are kept, the first ones go. */
function insert(layout: Layout, insertions: readonly Insertion[], added: number): void {
	const { lines } = layout;
	const reversed: Line[] = [];
	let inserted = 0;
	let next = 0;
	for (let index = lines.length - 1; index >= 0 || next < insertions.length; ) {
		const insertion = insertions[next];
		if (insertion !== undefined && insertion.at > index + inserted) {
			reversed.push(...insertion.lines.toReversed());
			inserted += insertion.lines.length;
			next++;
			continue;
		}
		const line = lines[index--];
		if (line !== undefined) reversed.push(line);
	}
	layout.lines = reversed.slice(0, Math.min(layout.mostLines, lines.length + added)).reverse();
}
