/** Lines → rows as they are painted. A line that looks as it did when it was last asked for is the same row again. */
import type { PictureRow, Run } from "../../core/picture.ts";
import { CELL, CLUSTER, CODE_POINT, HAS_CONTENT, WIDTH_SHIFT } from "./cell.ts";
import type { Line } from "./line.ts";
import { Paints } from "./paints.ts";

const SPACE = 0x20;
/** Content of the right half of a wide character. */
const RIGHT_HALF = 0;

export class PaintedRows {
	readonly #paints = new Paints();

	read(line: Line): PictureRow {
		const known = line.painted;
		if (known !== undefined && line.isPainted) return known.row;
		line.isPainted = true;
		if (known !== undefined && looksTheSame(line, known)) return known.row;
		const row = { runs: this.#runs(line), isWrapped: line.isWrapped };
		line.painted = { row, cells: line.cells.slice(), hasClusters: row.runs.some(isCluster) };
		return row;
	}

	#runs(line: Line): readonly Run[] {
		const { cells } = line;
		const end = endOf(cells);
		const runs: Run[] = [];
		for (let x = 0; x < end; ) {
			const next = runEnd(line, x, end);
			const width = line.width(x) === 2 ? 2 : 1;
			const at = x * CELL;
			runs.push({
				text: textOf(line, x, next),
				cells: (next - x) / width,
				width,
				paint: this.#paints.paint(cells[at + 1] ?? 0, cells[at + 2] ?? 0),
			});
			x = next;
		}
		return runs;
	}
}

function isCluster({ cells, text }: Run): boolean {
	return cells === 1 && text.length > 1;
}

/** A cluster's text is kept beside the cells: a line with one is read anew. */
function looksTheSame(line: Line, known: NonNullable<Line["painted"]>): boolean {
	const { cells } = line;
	if (known.hasClusters || known.cells.length !== cells.length || known.row.isWrapped !== line.isWrapped)
		return false;
	for (let at = 0; at < cells.length; at++) if (cells[at] !== known.cells[at]) return false;
	return true;
}

/** One past the last column that shows anything: a character, or a blank on a background or with a line through it. */
function endOf(cells: Uint32Array): number {
	for (let at = cells.length - CELL; at >= 0; at -= CELL) {
		const shown = (cells[at] ?? 0) & HAS_CONTENT;
		const isPlain =
			(shown === 0 || shown === SPACE) && Paints.isPlain(cells[at + 1] ?? 0, cells[at + 2] ?? 0);
		if (!isPlain || cells[at] === RIGHT_HALF) return at / CELL + 1;
	}
	return 0;
}

/** One past the last column that belongs to the run that begins at `x`; the right half of a wide character goes with it. */
function runEnd(line: Line, x: number, end: number): number {
	const { cells } = line;
	const first = x * CELL;
	const width = line.width(x) === 2 ? 2 : 1;
	if (((cells[first] ?? 0) & CLUSTER) !== 0) return x + width;
	let at = x + width;
	while (at < end) {
		const cell = at * CELL;
		const content = cells[cell] ?? 0;
		if ((content & CLUSTER) !== 0 || (content >> WIDTH_SHIFT === 2 ? 2 : 1) !== width) break;
		if (!Paints.areAlike(cells, first, cell)) break;
		at += width;
	}
	return at;
}

function textOf(line: Line, from: number, to: number): string {
	const { cells } = line;
	const step = line.width(from) === 2 ? 2 : 1;
	const { row } = line;
	// Every column shows one code unit: then the text of the whole line is there already.
	if (line.isRead && row !== undefined && row.width === row.text.length)
		return row.text.slice(from, to).padEnd(to - from);
	if (((cells[from * CELL] ?? 0) & CLUSTER) !== 0) return line.chars(from);
	const codes: number[] = [];
	for (let x = from; x < to; x += step) codes.push((cells[x * CELL] ?? 0) & CODE_POINT || SPACE);
	return String.fromCodePoint(...codes);
}
