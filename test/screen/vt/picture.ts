import type { Row } from "../../../src/core/frame.ts";
import { Parser } from "../../../src/screen/vt/parser.ts";
import { resize } from "../../../src/screen/vt/resize.ts";
import { RowReader } from "../../../src/screen/vt/row-reader.ts";
import { TerminalState } from "../../../src/screen/vt/terminal-state.ts";

/** Everything of a terminal that a reader of its screen can see, and what scrolled off. */
export interface Picture {
	readonly rows: readonly Row[];
	/** The last of it, oldest first, and how much there is. */
	readonly history: readonly Row[];
	readonly historyLength: number;
	readonly cursor: { readonly x: number; readonly y: number };
	readonly isAlternate: boolean;
	readonly title: string | undefined;
}

/** Rows of the history that are compared. */
export const COMPARED_HISTORY = 50;

/** Our terminal, opened up. */
export class OpenTerminal {
	readonly #reader = new RowReader();
	readonly state: TerminalState;
	readonly #parser: Parser;

	constructor(size: { cols: number; rows: number }) {
		const signals = { sync: () => undefined, beforeWipe: () => undefined, betweenPictures: () => undefined };
		this.state = new TerminalState(size, signals, this.#reader);
		this.#parser = new Parser(this.state);
	}

	write(bytes: Uint8Array): void {
		this.#parser.parse(bytes);
	}

	resize(cols: number, rows: number): void {
		if (cols !== this.state.cols || rows !== this.state.rows) resize(this.state, { cols, rows });
	}

	picture(): Picture {
		const { grid, main, isAlternate, title } = this.state;
		const lines = main.history?.toArray() ?? [];
		return {
			rows: grid.lines.map((line) => shown(this.#reader.read(line))),
			history: lines.slice(-COMPARED_HISTORY).map((line) => shown(this.#reader.read(line))),
			historyLength: lines.length,
			cursor: { x: grid.x, y: grid.y },
			isAlternate,
			title,
		};
	}
}

/** What a terminal shows of it; how it came about is known to ours alone. */
function shown({ text, width, isWrapped, fill, lead, next }: Row): Row {
	return { text, width, isWrapped, fill, lead, next };
}
