import type { Renderer } from "./session.ts";

/** How a cell was painted, as far as recognition needs it. Colours are opaque keys; equal keys mean equal colours. */
export interface CellStyle {
	/** Foreground, e.g. `p15` (palette), `#4eba65` (RGB); absent = default. */
	readonly fg?: string;
	readonly bg?: string;
	readonly bold: boolean;
	readonly dim: boolean;
	readonly italic: boolean;
	readonly inverse: boolean;
}

/** One row of the terminal. Unchanged rows keep their identity (`===`) from frame to frame. */
export interface Row {
	/** Text as painted, trailing blanks removed, wide characters once. */
	readonly text: string;
	/** The terminal itself wrapped the row above into this one. */
	readonly isWrapped: boolean;
	/** The last column is occupied: the row may go on in the next one without a space. */
	readonly isFull: boolean;
	/** Style of the first non-blank cell; absent on an empty row. */
	readonly lead?: CellStyle;
	/** Style of the first cell that follows the lead word, for `● **Bash**(…)` and the like. */
	readonly next?: CellStyle;
}

/** The screen when it settled. */
export interface Frame {
	/** Milliseconds since the session started. */
	readonly at: number;
	readonly cols: number;
	readonly rows: readonly Row[];
	readonly cursor: { readonly x: number; readonly y: number; readonly visible: boolean };
	readonly renderer: Renderer;
	/** Window title (OSC 0/2), if the program ever set one. */
	readonly title?: string;
}
