/** A screen of lines with a cursor. There are two: the main one, whose lines go to its history, and the alternate one. */
import { CELL } from "./cell.ts";
import { CellStore } from "./cell-store.ts";
import type { CharacterSet } from "./character-sets.ts";
import { History } from "./history.ts";
import { Line } from "./line.ts";
import { TabStops } from "./tab-stops.ts";

/** What saving the cursor keeps. */
export interface SavedCursor {
	x: number;
	/** Counted from the history's first line. */
	y: number;
	fg: number;
	bg: number;
	characters: CharacterSet | undefined;
}

export class Grid {
	cols: number;
	rows: number;
	/** As many as the screen has rows. */
	lines: Line[] = [];
	/** Only the main screen has one. */
	readonly history: History | undefined;
	/** The cursor. One past the last column while a wrap is pending. */
	x = 0;
	y = 0;
	/** First and last row of what scrolls. */
	top = 0;
	bottom: number;
	tabs: TabStops;
	readonly saved: SavedCursor = { x: 0, y: 0, fg: 0, bg: 0, characters: undefined };
	readonly #cells = new CellStore();
	readonly #onScrolled: (line: Line) => void;

	/** `onScrolled` is given each line that leaves the main screen at the top. */
	constructor(size: { cols: number; rows: number }, isMain: boolean, onScrolled: (line: Line) => void) {
		this.cols = size.cols;
		this.rows = size.rows;
		this.bottom = size.rows - 1;
		this.tabs = new TabStops(size.cols);
		this.history = isMain ? new History() : undefined;
		this.#onScrolled = onScrolled;
		if (isMain) this.fillBlank(0);
	}

	get historyLength(): number {
		return this.history?.length ?? 0;
	}

	/** The line under the cursor. */
	get line(): Line {
		return this.at(this.y);
	}

	/** A row of the screen. A row that does not exist is an error of ours: nothing a program sends leads there. */
	at(y: number): Line {
		const line = this.lines[y];
		if (line === undefined) throw new RangeError(`there is no row ${y} of ${this.rows}`);
		return line;
	}

	fillBlank(bg: number): void {
		while (this.lines.length < this.rows)
			this.lines.push(new Line(this.cols, bg, false, this.#cells.take(this.cols * CELL)));
	}

	/** The alternate screen is left: it begins blank the next time. */
	clear(): void {
		this.lines = [];
		this.x = 0;
		this.y = 0;
		this.top = 0;
		this.bottom = this.rows - 1;
		this.tabs = new TabStops(this.cols);
	}

	/** The scrolling rows move up by one; a blank one with this background comes in below. */
	scroll(bg: number, isWrapped: boolean): void {
		const { lines, top, bottom } = this;
		const first = this.at(top);
		let blank: Line | undefined = first;
		if (top === 0 && this.history !== undefined) {
			this.#onScrolled(first);
			blank = this.history.push(first);
		}
		for (let y = top; y < bottom; y++) lines[y] = this.at(y + 1);
		lines[bottom] = this.#blank(blank, bg, isWrapped);
	}

	/** Rows between `from` and the last one that scrolls move down, blank ones come in; no history has a part in it. */
	insertLines(from: number, count: number, bg: number): void {
		for (let n = Math.min(count, this.bottom - from + 1); n > 0; n--) {
			const [last] = this.lines.splice(this.bottom, 1);
			this.lines.splice(from, 0, this.#blank(last, bg, false));
		}
	}

	/** The same upwards. */
	deleteLines(from: number, count: number, bg: number): void {
		for (let n = Math.min(count, this.bottom - from + 1); n > 0; n--) {
			const [first] = this.lines.splice(from, 1);
			this.lines.splice(this.bottom, 0, this.#blank(first, bg, false));
		}
	}

	/** A line that is not needed any more becomes the blank one; a line of another width does not. */
	#blank(line: Line | undefined, bg: number, isWrapped: boolean): Line {
		if (line === undefined || line.cols !== this.cols)
			return new Line(this.cols, bg, isWrapped, this.#cells.take(this.cols * CELL));
		line.reuse(bg, isWrapped);
		return line;
	}
}
