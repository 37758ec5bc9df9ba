/**
 * The screen as it looked: what a recording keeps of it. Cells with text, colours and attributes; nothing else that a
 * terminal knows (titles, links, images, the clipboard) has a place here.
 */

/** How cells are painted. Equal paints of one picture's rows are the same object. */
export interface Paint {
	/** 0 = the terminal's own; `PALETTE | n`; or `RGB | 0xrrggbb`. */
	readonly fg: number;
	readonly bg: number;
	/** `ATTRIBUTES`, added up. */
	readonly attributes: number;
}

export const PALETTE = 0x1000000;
export const RGB = 0x2000000;

export const ATTRIBUTES = {
	bold: 1,
	dim: 2,
	italic: 4,
	underlined: 8,
	inverse: 16,
	struck: 32,
} as const;

/** Cells side by side that are painted alike. */
export interface Run {
	/** One character a cell, or one cluster in the run's only cell. */
	readonly text: string;
	readonly cells: number;
	/** Columns that each of its cells takes. */
	readonly width: 1 | 2;
	readonly paint: Paint;
}

/** One row, without the unpainted blanks at its end. Unchanged rows keep their identity (`===`) from picture to picture. */
export interface PictureRow {
	readonly runs: readonly Run[];
	/** The terminal itself wrapped the row above into this one. */
	readonly isWrapped: boolean;
}

export interface Picture {
	/** Milliseconds since the session started. */
	readonly at: number;
	readonly cols: number;
	/** As many as the terminal has, top first. */
	readonly rows: readonly PictureRow[];
	readonly cursor: { readonly x: number; readonly y: number; readonly visible: boolean };
}

/** The characters of a run, cell by cell. */
export function cellsOf(run: Run): readonly string[] {
	return run.cells === 1 ? [run.text] : [...run.text];
}

/** What the row says: as a person reads it, without blanks at its end. */
export function textOfRow(row: PictureRow): string {
	let text = "";
	for (const run of row.runs) text += run.text;
	return text.trimEnd();
}

export function columnsOf(row: PictureRow): number {
	return row.runs.reduce((columns, run) => columns + run.cells * run.width, 0);
}
