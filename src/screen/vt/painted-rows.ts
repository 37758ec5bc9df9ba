/**
 * Lines → rows as they are painted. A line that looks as it did when it was last asked for is the same row again, and so is
 * one that was painted just so elsewhere before: everything after this stage remembers what it found out about a row.
 */
import type { PictureRow, Run } from "../../core/picture.ts";
import { PicturedRow } from "../../core/pictured-row.ts";
import { CELL, CLUSTER, CODE_POINT, HAS_CONTENT, WIDTH_SHIFT } from "./cell.ts";
import { CellCopies } from "./cell-copies.ts";
import type { Line } from "./line.ts";
import { Paints } from "./paints.ts";

const SPACE = 0x20;
/** Content of the right half of a wide character. */
const RIGHT_HALF = 0;

/** Rows remembered by their cells: some screens full, so that a picture may go and come back. */
const REMEMBERED_ROWS = 500;

type Painted = NonNullable<Line["painted"]>;

/** Nothing of it is shown. */
const TORN: PictureRow = new PicturedRow([], false);
const REST_OF_TORN: PictureRow = new PicturedRow([], true);

export class PaintedRows {
	readonly #paints = new Paints();
	readonly #copies = new CellCopies();
	/** By what their cells hold. */
	#rows = new Map<number, Painted>();
	/** The ones before: two generations, so that what is in use stays when the older one goes. */
	#older = new Map<number, Painted>();

	read(line: Line): PictureRow {
		if (line.isTorn) return line.isWrapped ? REST_OF_TORN : TORN;
		const known = line.painted;
		if (known !== undefined && line.isPainted) return known.row;
		line.isPainted = true;
		const count = endOf(line.cells) * CELL;
		if (known !== undefined && looksTheSame(line, count, known)) return known.row;
		const key = keyOf(line, count);
		const twin = this.#rows.get(key) ?? this.#older.get(key);
		const isTwin = twin !== undefined && looksTheSame(line, count, twin);
		line.painted = isTwin ? twin : this.#remember(key, this.#make(line, count));
		return line.painted.row;
	}

	#make(line: Line, count: number): Painted {
		const row = new PicturedRow(this.#runs(line, count / CELL), line.isWrapped);
		return { row, cells: this.#copies.copy(line.cells, count), hasClusters: row.runs.some(isCluster) };
	}

	#remember(key: number, painted: Painted): Painted {
		this.#rows.set(key, painted);
		if (this.#rows.size >= REMEMBERED_ROWS) {
			this.#older = this.#rows;
			this.#rows = new Map();
		}
		return painted;
	}

	#runs(line: Line, end: number): readonly Run[] {
		const { cells } = line;
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

/** What its first so many numbers are, as one. */
function keyOf({ cells }: Line, count: number): number {
	let key = count | 0;
	for (let at = 0; at < count; at++) key = Math.imul(key ^ (cells[at] ?? 0), 0x01000193) ^ (key >>> 15);
	return key;
}

/** A cluster's text is kept beside the cells: a line with one is read anew. */
function looksTheSame(line: Line, count: number, { row, cells, hasClusters }: Painted): boolean {
	if (hasClusters || cells.count !== count || row.isWrapped !== line.isWrapped) return false;
	return cells.equal(line.cells);
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
