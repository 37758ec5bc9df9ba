import type { Renderer } from "./session.ts";

/** How a cell was painted, as far as recognition needs it. Colours are opaque keys; equal keys mean equal colours. */
export interface CellStyle {
	/** Foreground, e.g. `p15` (palette), `#4eba65` (RGB); absent = default. */
	readonly fg?: string | undefined;
	readonly bg?: string | undefined;
	readonly bold: boolean;
	readonly dim: boolean;
	readonly inverse: boolean;
}

/** One row of the terminal. Unchanged rows keep their identity (`===`) from frame to frame. */
export interface Row {
	/** Text as painted, trailing blanks removed, wide characters once. */
	readonly text: string;
	/** Columns up to the last one that is occupied; wide characters count twice. */
	readonly width: number;
	/** The terminal itself wrapped the row above into this one. */
	readonly isWrapped: boolean;
	/** It reaches the last column. */
	readonly isFull?: true | undefined;
	/** The line was being written when the window changed its width or bytes went missing, and is in pieces since: see `TORN_LINE`. */
	readonly isTorn?: true | undefined;
	/** Background of the first column, blank or not; absent = default. */
	readonly fill?: string | undefined;
	/** Style of the first non-blank cell; absent on an empty row. */
	readonly lead?: CellStyle | undefined;
	/** Style of the first non-blank cell after the blank that ends the lead word: the `B` of `● Bash(…)`. */
	readonly next?: CellStyle | undefined;
}

/** A larger window took rows back that had left its screen: they are on it again, and will leave it again. */
export interface TakenBack {
	/** How many of `scrolled` had left before: it is these, and those of earlier frames, that came back. */
	readonly after: number;
	/** So many lines, as the terminal wrapped them, counted from the last row that left. */
	readonly lines: number;
	/** Rows of the first of these lines that did not come back. */
	readonly left: readonly Row[];
}

/** The screen when it settled. */
export interface Frame {
	/** Milliseconds since the session started. */
	readonly at: number;
	readonly cols: number;
	/** Rows that left the top of the main screen since the previous frame, oldest first. */
	readonly scrolled: readonly Row[];
	/** How many of `scrolled`, the first ones, stood in the previous frame, wrapped otherwise, and were not painted since. */
	readonly reflowed?: number | undefined;
	/** The same of `rows`. */
	readonly stale?: number | undefined;
	/** In the order in which it happened. */
	readonly takenBack?: readonly TakenBack[] | undefined;
	/** The visible rows, top first; always as many as the terminal has. */
	readonly rows: readonly Row[];
	readonly cursor: { readonly x: number; readonly y: number; readonly visible: boolean };
	/** `fullscreen` while the alternate screen is shown. */
	readonly renderer: Renderer;
	/** The screen or its scrollback was erased, or the buffer switched, since the previous frame. */
	readonly wiped: boolean;
	/** The terminal's size changed since the previous frame. */
	readonly resized: boolean;
	/** Window title (OSC 0/2), if the program ever set one. */
	readonly title?: string | undefined;
}
