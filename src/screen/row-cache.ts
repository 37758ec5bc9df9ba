/**
 * Rows that did not change are the same objects again, also where they moved up. Everything after this stage
 * remembers what it found out about a row, so most of a frame costs nothing.
 */
import type { IBufferCell, IBufferLine } from "@xterm/headless";
import type { Row } from "../core/frame.ts";
import { readRow, sameRow } from "./read-row.ts";

interface Known {
	readonly cells: Uint32Array;
	readonly isWrapped: boolean;
	readonly row: Row;
}

export class RowCache {
	readonly #cell: IBufferCell;
	/** By the emulator's own line, which keeps its identity when it scrolls. */
	readonly #lines = new WeakMap<object, Known>();
	/** By text, for what a program painted anew in another place. */
	#texts: Map<string, Row> | undefined;
	#rows: readonly Row[] = [];

	constructor(cell: IBufferCell) {
		this.#cell = cell;
	}

	read(line: IBufferLine): Row {
		const inner = cellsOf(line);
		if (inner === undefined) return readRow(line, this.#cell);
		const known = this.#lines.get(inner.line);
		if (known !== undefined && known.isWrapped === line.isWrapped && sameCells(known.cells, inner.cells)) {
			return known.row;
		}
		const row = this.#reuse(readRow(line, this.#cell));
		this.#lines.set(inner.line, { cells: inner.cells.slice(), isWrapped: line.isWrapped, row });
		return row;
	}

	/** The rows on the screen now: what may turn up elsewhere in the next frame. */
	keep(rows: readonly Row[]): void {
		this.#rows = rows;
		this.#texts = undefined;
	}

	#reuse(row: Row): Row {
		this.#texts ??= new Map(this.#rows.map((each) => [each.text, each]));
		const twin = this.#texts.get(row.text);
		return twin !== undefined && sameRow(twin, row) ? twin : row;
	}
}

/**
 * The emulator's cells, three numbers a column. They are internal: where a build has none to show, every row is read
 * the public way, which is slower and gives the same.
 */
function cellsOf(line: IBufferLine): { line: object; cells: Uint32Array } | undefined {
	const inner: unknown = Reflect.get(line, "_line");
	if (typeof inner !== "object" || inner === null) return undefined;
	const cells: unknown = Reflect.get(inner, "_data");
	// Combined characters are kept beside the cells: such a row is read anew.
	const combined: unknown = Reflect.get(inner, "_combined");
	const isPlain = typeof combined === "object" && combined !== null && !hasKeys(combined);
	return cells instanceof Uint32Array && isPlain ? { line: inner, cells } : undefined;
}

function hasKeys(value: object): boolean {
	for (const _key in value) return true;
	return false;
}

function sameCells(a: Uint32Array, b: Uint32Array): boolean {
	if (a.length !== b.length) return false;
	for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
	return true;
}
