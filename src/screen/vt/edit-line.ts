/** Cells of a line inserted, deleted and erased. Half a wide character is none: what is left of it becomes a blank. */
import { CELL, EMPTY } from "./cell.ts";
import type { Line } from "./line.ts";

/** Erases from `from` up to and without `to`; `keepsProtected` for the selective kinds of erasing. */
export function eraseCells(line: Line, from: number, to: number, bg: number, keepsProtected = false): void {
	line.touch();
	if (keepsProtected) eraseUnprotected(line, from, to, bg);
	else {
		blankHalf(line, from - 1, from - 1, bg);
		blankHalf(line, to - 1, to, bg);
		line.fill(from, to, EMPTY, 0, bg);
	}
}

/** Where column `lead` begins a wide character, column `at` of it is blanked. */
function blankHalf(line: Line, lead: number, at: number, bg: number): void {
	if (lead >= 0 && at < line.cols && line.width(lead) === 2) line.set(at, EMPTY, 0, bg);
}

function eraseUnprotected(line: Line, from: number, to: number, bg: number): void {
	if (!line.isProtected(from - 1)) blankHalf(line, from - 1, from - 1, bg);
	if (!line.isProtected(to)) blankHalf(line, to - 1, to, bg);
	const end = Math.min(to, line.cols);
	for (let x = from; x < end; x++) if (!line.isProtected(x)) line.set(x, EMPTY, 0, bg);
}

/** Makes room for `count` cells at `at`; what leaves the line on the right is gone. */
export function insertCells(line: Line, at: number, count: number, fg: number, bg: number): void {
	line.touch();
	const x = at % line.cols;
	if (x > 0 && line.width(x - 1) === 2) line.set(x - 1, EMPTY, fg, bg);
	const kept = line.cols - x - count;
	if (kept > 0) line.copy(line, x, x + count, kept);
	line.fill(x, Math.min(x + count, line.cols), EMPTY, fg, bg);
	const last = line.cols - 1;
	if (line.width(last) === 2) line.set(last, EMPTY, fg, bg);
}

/** Takes `count` cells out at `at`; blanks come in on the right. */
export function deleteCells(line: Line, at: number, count: number, bg: number): void {
	line.touch();
	const x = at % line.cols;
	const kept = line.cols - x - count;
	if (kept > 0) line.copy(line, x + count, x, kept);
	line.fill(x + Math.max(kept, 0), line.cols, EMPTY, 0, bg);
	if (x > 0 && line.width(x - 1) === 2) line.set(x - 1, EMPTY, 0, bg);
	if (line.width(x) === 0 && !line.hasContent(x)) line.set(x, EMPTY, 0, bg);
}

/** The right half of a wide character that lost its left one. */
export function mendHalf(line: Line, x: number, fg: number, bg: number): void {
	const content = line.cells[x * CELL];
	if (content === 0) line.set(x, EMPTY, fg, bg);
}
