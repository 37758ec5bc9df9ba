import type { Row } from "../../core/frame.ts";
import type { PictureRow } from "../../core/picture.ts";
import { CELL, CLUSTER, CODE_POINT, EMPTY, HAS_CONTENT, PROTECTED, WIDTH_MASK, WIDTH_SHIFT } from "./cell.ts";
import type { CellCopy } from "./cell-copies.ts";

/** Code units that a cluster may grow to: longer than any emoji, and a flood of marks costs no memory. */
const LONGEST_CLUSTER = 32;

/** One line of cells. Whoever changes it says so with `touch`, so that an untouched one is read once. */
export class Line {
	cells: Uint32Array;
	cols: number;
	isWrapped: boolean;
	/** How it was read last; `isRead` while that is still so. */
	row: Row | undefined = undefined;
	isRead = false;
	/** From this column on nothing is shown; so much is sure, it may begin earlier. */
	end = 0;
	/** The same for how it was painted, with the numbers it was made from. */
	painted: { readonly row: PictureRow; readonly cells: CellCopy; readonly hasClusters: boolean } | undefined =
		undefined;
	isPainted = false;
	/** It was being written when the width changed or bytes went missing, and is in pieces until it is erased: see `TORN_LINE`. */
	isTorn = false;
	#clusters: Map<number, string> | undefined = undefined;

	/** Blank, with this background; `cells` as many as it needs, if they are at hand. */
	constructor(
		cols: number,
		bg: number,
		isWrapped: boolean,
		cells: Uint32Array = new Uint32Array(cols * CELL),
	) {
		this.cells = cells;
		this.cols = cols;
		this.isWrapped = isWrapped;
		this.blank(bg);
	}

	touch(): void {
		this.isRead = false;
		this.isPainted = false;
	}

	wrap(isWrapped: boolean): void {
		if (this.isWrapped === isWrapped) return;
		this.isWrapped = isWrapped;
		this.touch();
	}

	tear(isTorn: boolean): void {
		if (this.isTorn === isTorn) return;
		this.isTorn = isTorn;
		this.touch();
	}

	/** Blank again, as if it were new. */
	reuse(bg: number, isWrapped: boolean): void {
		this.row = undefined;
		this.painted = undefined;
		this.isWrapped = isWrapped;
		this.blank(bg);
	}

	/** Every cell, and no cluster left. */
	blank(bg: number): void {
		this.touch();
		this.end = 0;
		this.isTorn = false;
		this.#clusters = undefined;
		const { cells } = this;
		if (bg === 0) {
			cells.fill(0);
			for (let at = 0; at < cells.length; at += CELL) cells[at] = EMPTY;
		} else this.fill(0, this.cols, EMPTY, 0, bg);
	}

	/** The cells from `from` up to and without `to`, all alike. */
	fill(from: number, to: number, content: number, fg: number, bg: number): void {
		const { cells } = this;
		const last = Math.min(to, this.cols);
		if ((content & HAS_CONTENT) !== 0) this.writtenTo(last);
		const end = last * CELL;
		for (let at = from * CELL; at < end; at += CELL) {
			cells[at] = content;
			cells[at + 1] = fg;
			cells[at + 2] = bg;
		}
	}

	/** Something is shown up to and without this column. */
	writtenTo(x: number): void {
		if (x > this.end) this.end = x;
	}

	set(x: number, content: number, fg: number, bg: number): void {
		const at = x * CELL;
		if ((content & HAS_CONTENT) !== 0) this.writtenTo(x + 1);
		this.cells[at] = content;
		this.cells[at + 1] = fg;
		this.cells[at + 2] = bg;
	}

	content(x: number): number {
		return this.cells[x * CELL] ?? 0;
	}

	width(x: number): number {
		return (this.cells[x * CELL] ?? 0) >> WIDTH_SHIFT;
	}

	hasContent(x: number): boolean {
		return ((this.cells[x * CELL] ?? 0) & HAS_CONTENT) !== 0;
	}

	isProtected(x: number): boolean {
		return ((this.cells[x * CELL + 2] ?? 0) & PROTECTED) !== 0;
	}

	/** What the cell shows; empty where nothing was written. */
	chars(x: number): string {
		const content = this.content(x);
		if ((content & CLUSTER) !== 0) return this.#clusters?.get(x) ?? "";
		const codePoint = content & CODE_POINT;
		return codePoint === 0 ? "" : String.fromCodePoint(codePoint);
	}

	/** Adds to the character in the cell; `width` is the cluster's then. */
	join(x: number, codePoint: number, width: number): void {
		const before = this.content(x);
		let content = before;
		if ((before & HAS_CONTENT) === 0) content = codePoint | EMPTY;
		else {
			const chars = this.chars(x);
			const cluster = chars.length < LONGEST_CLUSTER ? chars + String.fromCodePoint(codePoint) : chars;
			this.#clusters ??= new Map();
			this.#clusters.set(x, cluster);
			content = (before & ~CODE_POINT) | CLUSTER;
		}
		if (width > 0) content = (content & ~WIDTH_MASK) | (width << WIDTH_SHIFT);
		this.cells[x * CELL] = content;
		this.writtenTo(x + 1);
	}

	/** One past the last cell with content, its right half included; 0 for a blank line. */
	trimmedLength(): number {
		for (let x = this.end - 1; x >= 0; x--) if (this.hasContent(x)) return x + this.width(x);
		return 0;
	}

	/** Cells of `from`, in order, to `at`. The two may be the same line. */
	copy(from: Line, start: number, at: number, count: number): void {
		const clusters = from.#clustersIn(start, count);
		const source = from.cells.subarray(start * CELL, (start + count) * CELL);
		this.cells.set(source, at * CELL);
		this.writtenTo(at + count);
		for (const [x, cluster] of clusters) {
			this.#clusters ??= new Map();
			this.#clusters.set(x - start + at, cluster);
		}
	}

	#clustersIn(start: number, count: number): readonly (readonly [number, string])[] {
		if (this.#clusters === undefined) return [];
		return [...this.#clusters].filter(([x]) => x >= start && x < start + count);
	}

	/** Cut, or continued with blank cells. */
	resize(cols: number): void {
		if (cols === this.cols) return;
		const cells = new Uint32Array(cols * CELL);
		cells.set(this.cells.subarray(0, Math.min(cols, this.cols) * CELL));
		const from = this.cols;
		this.cells = cells;
		this.cols = cols;
		this.end = Math.min(this.end, cols);
		this.touch();
		this.fill(from, cols, EMPTY, 0, 0);
	}
}
