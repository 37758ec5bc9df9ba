/**
 * The headless terminal: bytes in, rows out. A terminal of our own, since only what a reader of the screen needs has to
 * be kept, and what did not change should cost nothing; it behaves as xterm does (`test/screen/vt` compares the two).
 *
 * It answers nothing: what a program asks of its terminal, the person's own terminal answers.
 */
import type { Row } from "../core/frame.ts";
import type { PictureRow } from "../core/picture.ts";
import { PaintedRows } from "./vt/painted-rows.ts";
import { Parser } from "./vt/parser.ts";
import { resize } from "./vt/resize.ts";
import { RowReader } from "./vt/row-reader.ts";
import { tearAtCursor } from "./vt/tear.ts";
import { type TerminalSignals, TerminalState } from "./vt/terminal-state.ts";
import { WholeCharacters } from "./whole-characters.ts";

export const SLICE_BYTES = 2048;

export class Emulator {
	readonly #reader = new RowReader();
	readonly #painted = new PaintedRows();
	readonly #characters = new WholeCharacters();
	readonly #state: TerminalState;
	readonly #parser: Parser;

	constructor(size: { cols: number; rows: number }, signals: TerminalSignals) {
		this.#state = new TerminalState(size, signals, this.#reader);
		this.#parser = new Parser(this.#state);
	}

	get cols(): number {
		return this.#state.cols;
	}

	get title(): string | undefined {
		return this.#state.title;
	}

	get isAlternate(): boolean {
		return this.#state.isAlternate;
	}

	get cursor(): { x: number; y: number; visible: boolean } {
		const { grid, cursorVisible } = this.#state;
		return { x: grid.x, y: grid.y, visible: cursorVisible };
	}

	/** The bytes so far end within a character or a sequence: their rest is on the way. */
	get isInside(): boolean {
		return this.#characters.isInside || this.#parser.isInside;
	}

	/** Something was painted since the last picture ended. */
	get isPainted(): boolean {
		return this.#state.edge.isPainted;
	}

	/** The program paints pictures, and is in the middle of one. */
	get isInsidePicture(): boolean {
		return this.#state.edge.isInside;
	}

	write(slice: Uint8Array): void {
		this.#parser.parse(this.#characters.take(slice));
	}

	/** Lines that were taken and are on the screen again: how many, and what is left of the first of them. */
	resize(cols: number, rows: number): { readonly lines: number; readonly left: readonly Row[] } {
		if (cols === this.#state.cols && rows === this.#state.rows) return { lines: 0, left: NONE };
		const { lines, left } = resize(this.#state, { cols, rows });
		return { lines, left: left.map((line) => this.#reader.read(line)) };
	}

	/** Bytes are missing from here on: what was being written is not whole. */
	tear(): void {
		tearAtCursor(this.#state);
	}

	/** The visible rows; those that did not change are the same objects as last time, and `before` if all of these are. */
	readScreen(before: readonly Row[] = NONE): readonly Row[] {
		const { lines } = this.#state.grid;
		const rows = this.#reader;
		let y = 0;
		if (before.length === lines.length) {
			while (y < lines.length && rows.read(lines[y] ?? this.#state.grid.at(y)) === before[y]) y++;
			if (y === lines.length) return before;
		}
		return lines.map((line) => rows.read(line));
	}

	/** The same rows as they are painted. */
	readPainted(): readonly PictureRow[] {
		return this.#state.grid.lines.map((line) => this.#painted.read(line));
	}

	/** Rows that left the top of the main screen since the last call; they wait while the other one is shown. */
	takeScrolled(): readonly Row[] {
		const { scrolled, isAlternate } = this.#state;
		if (isAlternate || scrolled.length === 0) return NONE;
		this.#state.scrolled = [];
		return scrolled;
	}
}

const NONE: readonly Row[] = [];
