/** Everything a terminal remembers between two bytes, but for where its parser stands. */
import type { Row } from "../../core/frame.ts";
import { COLOUR } from "./cell.ts";
import type { CharacterSet } from "./character-sets.ts";
import { Grid } from "./grid.ts";
import type { Line } from "./line.ts";
import { PictureEdge } from "./picture-edge.ts";
import type { RowReader } from "./row-reader.ts";

/** What the byte stream says between the characters; called at the exact place in the stream. */
export interface TerminalSignals {
	/** A synchronised update (`?2026`) began or ended. */
	readonly sync: (active: boolean) => void;
	/** The screen or its scrollback is about to be erased, or the buffer to be switched. */
	readonly beforeWipe: () => void;
	/** What was painted so far is a picture, and another one is about to begin. */
	readonly betweenPictures: () => void;
}

export class TerminalState {
	cols: number;
	rows: number;
	main: Grid;
	alternate: Grid;
	/** The one that is shown. */
	grid: Grid;
	/** How the next character is painted. */
	fg = 0;
	bg = 0;
	characterSets: (CharacterSet | undefined)[] = [];
	characterLevel = 0;
	/** The set in use; nothing for ASCII. */
	characters: CharacterSet | undefined = undefined;
	insertMode = false;
	wraparound = true;
	reverseWraparound = false;
	originMode = false;
	/** A line feed is a new line. */
	newLineMode = false;
	cursorVisible = true;
	title: string | undefined = undefined;
	/** What the last character was, for those that join it: see `join.ts`. 0 after anything else. */
	preceding = 0;
	readonly edge = new PictureEdge();
	/** Rows that left the top of the main screen and were not taken yet. */
	scrolled: Row[] = [];
	readonly signals: TerminalSignals;
	readonly #reader: RowReader;

	constructor(size: { cols: number; rows: number }, signals: TerminalSignals, reader: RowReader) {
		this.cols = size.cols;
		this.rows = size.rows;
		this.signals = signals;
		this.#reader = reader;
		this.main = this.#newGrid(true);
		this.alternate = this.#newGrid(false);
		this.grid = this.main;
	}

	get isAlternate(): boolean {
		return this.grid === this.alternate;
	}

	/** The background that erasing leaves. */
	get eraseBg(): number {
		return this.bg & COLOUR;
	}

	/** As when it was switched on, but for its title. */
	reset(): void {
		this.main = this.#newGrid(true);
		this.alternate = this.#newGrid(false);
		this.grid = this.main;
		this.fg = 0;
		this.bg = 0;
		this.resetModes();
		this.newLineMode = false;
		this.resetCharacters();
	}

	resetModes(): void {
		this.insertMode = false;
		this.wraparound = true;
		this.reverseWraparound = false;
		this.originMode = false;
		this.cursorVisible = true;
	}

	resetCharacters(): void {
		this.useAscii();
		this.characterLevel = 0;
	}

	/** In all four places that sets are kept in. */
	useAscii(): void {
		this.characterSets = [];
		this.characters = undefined;
	}

	/** Which of the four is in use. */
	selectLevel(level: number): void {
		this.characterLevel = level;
		this.characters = this.characterSets[level];
	}

	selectSet(level: number, set: CharacterSet | undefined): void {
		this.characterSets[level] = set;
		if (level === this.characterLevel) this.characters = set;
	}

	/** A line left the main screen: its row is handed out. */
	takeLine(line: Line): void {
		this.scrolled.push(this.#reader.read(line));
	}

	#newGrid(isMain: boolean): Grid {
		return new Grid(this, isMain, (line) => this.takeLine(line));
	}
}
