/** Where somebody may be typing: the terminal's own cursor, and cells that a program inverts to draw one. */
import { ATTRIBUTES, cellsOf, type Picture, type PictureRow } from "../../core/picture.ts";
import { FRAME } from "../hold-back.ts";
import type { PictureLine } from "./lines.ts";

export const NO_CARETS: readonly number[] = [];

export interface Caret {
	readonly row: number;
	readonly column: number;
}

export class CaretFinder {
	readonly #drawn = new WeakMap<PictureRow, readonly number[]>();

	find({ rows, cursor }: Picture): readonly Caret[] {
		const carets: Caret[] = cursor.visible ? [{ row: cursor.y, column: cursor.x }] : [];
		for (const [row, painted] of rows.entries()) {
			const drawn = this.#drawn.get(painted) ?? drawnCarets(painted);
			this.#drawn.set(painted, drawn);
			for (const column of drawn) carets.push({ row, column });
		}
		return carets;
	}
}

function drawnCarets({ runs }: PictureRow): number[] {
	const carets: number[] = [];
	let column = 0;
	for (const { cells, width, paint } of runs) {
		if (cells === 1 && (paint.attributes & ATTRIBUTES.inverse) !== 0) carets.push(column);
		column += cells * width;
	}
	return carets;
}

/** Where in the line's text words end that a cursor stands in, or right behind. */
export function caretsIn(
	{ text, parts }: PictureLine,
	carets: readonly Caret[],
	rows: readonly PictureRow[],
): readonly number[] {
	return carets.flatMap(({ row, column }) => {
		const part = parts.find((one) => one.row === row);
		const painted = rows[row];
		if (part === undefined || painted === undefined) return [];
		const inRow = offsetAt(painted, column);
		let at = part.start + (inRow ?? 0);
		if (inRow === undefined || at > part.end) return [];
		while (at < text.length && !FRAME.test(text[at] ?? "")) at += 1;
		return at === 0 || FRAME.test(text[at - 1] ?? "") ? [] : [at];
	});
}

/** Of the character in a column; undefined beyond what is painted. */
function offsetAt({ runs }: PictureRow, column: number): number | undefined {
	let offset = 0;
	let left = column;
	for (const run of runs) {
		const columns = run.cells * run.width;
		if (left < columns) {
			const before = cellsOf(run).slice(0, Math.floor(left / run.width));
			return offset + before.join("").length;
		}
		left -= columns;
		offset += run.text.length;
	}
	return left === 0 ? offset : undefined;
}
