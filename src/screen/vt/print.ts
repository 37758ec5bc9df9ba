/** Characters onto the screen. */
import { charProperties, PLAIN_PROPERTIES } from "../char-width.ts";
import { CELL, EMPTY, WIDTH_SHIFT } from "./cell.ts";
import { insertCells, mendHalf } from "./edit-line.ts";
import { Line } from "./line.ts";
import type { TerminalState } from "./terminal-state.ts";

const FIRST_NON_ASCII = 0x7f;

/** Printable ASCII, from `from` up to and without `to`: most of any stream. */
export function printAscii(state: TerminalState, bytes: Uint8Array, from: number, to: number): void {
	if (state.characters !== undefined || state.insertMode) {
		for (let at = from; at < to; at++) printCodePoint(state, bytes[at] ?? 0);
		return;
	}
	const { grid, cols } = state;
	state.edge.paint();
	blankCutWide(state, grid.line);
	let at = from;
	while (at < to) {
		if (grid.x >= cols) {
			if (state.wraparound) wrap(state);
			else {
				grid.x = cols - 1;
				at = to - 1;
			}
		}
		const count = Math.min(to - at, cols - grid.x);
		putAscii(grid.line, grid.x, bytes, at, count, state);
		grid.x += count;
		at += count;
	}
	state.preceding = PLAIN_PROPERTIES;
	blankLostHalf(state, grid.line);
}

function putAscii(
	line: Line,
	x: number,
	bytes: Uint8Array,
	from: number,
	count: number,
	paint: { readonly fg: number; readonly bg: number },
): void {
	const { cells } = line;
	const { fg, bg } = paint;
	let cell = x * CELL;
	for (let at = from; at < from + count; at++) {
		cells[cell] = (bytes[at] ?? 0) | EMPTY;
		cells[cell + 1] = fg;
		cells[cell + 2] = bg;
		cell += CELL;
	}
	line.writtenTo(x + count);
	line.touch();
}

/** One character above ASCII, several times. */
export function printRepeated(state: TerminalState, codePoint: number, count: number): void {
	printCodePoint(state, codePoint);
	const properties = charProperties(codePoint, state.preceding);
	// One that is wide, or joins the one before, is not just put beside it.
	const isPlain = properties === PLAIN_PROPERTIES && state.preceding === PLAIN_PROPERTIES;
	if (!isPlain || state.insertMode) {
		for (let n = 1; n < count; n++) printCodePoint(state, codePoint);
		return;
	}
	const { grid, cols } = state;
	for (let rest = count - 1; rest > 0; ) {
		if (grid.x >= cols) {
			if (state.wraparound) wrap(state);
			else {
				grid.x = cols - 1;
				rest = 1;
			}
		}
		const here = Math.min(rest, cols - grid.x);
		grid.line.fill(grid.x, grid.x + here, codePoint | EMPTY, state.fg, state.bg);
		grid.line.touch();
		grid.x += here;
		rest -= here;
	}
	blankLostHalf(state, grid.line);
}

/** One character, of any kind. */
export function printCodePoint(state: TerminalState, codePoint: number): void {
	const shown = codePoint < FIRST_NON_ASCII ? (state.characters?.get(codePoint) ?? codePoint) : codePoint;
	const before = state.preceding;
	state.edge.paint();
	const properties = charProperties(shown, before);
	state.preceding = properties;
	const width = (properties >> 1) & 3;
	blankCutWide(state, state.grid.line);
	if ((properties & 1) !== 0) join(state, shown, width, (before >> 1) & 3);
	else put(state, shown, width);
	blankLostHalf(state, state.grid.line);
}

function put(state: TerminalState, codePoint: number, width: number): void {
	const { grid, cols, fg, bg } = state;
	if (grid.x + width > cols) {
		if (state.wraparound) wrap(state);
		else {
			grid.x = cols - 1;
			// A wide one has no room there.
			if (width === 2) return;
		}
	}
	const { line } = grid;
	line.touch();
	if (state.insertMode) makeRoom(state, line, width);
	if (grid.x < cols) line.set(grid.x, codePoint | (width << WIDTH_SHIFT), fg, bg);
	grid.x++;
	if (width === 2) putRightHalf(state, line);
}

function putRightHalf(state: TerminalState, line: Line): void {
	if (state.grid.x < state.cols) line.set(state.grid.x, 0, state.fg, state.bg);
	state.grid.x++;
}

function makeRoom(state: TerminalState, line: Line, width: number): void {
	const { grid, cols, fg, bg } = state;
	if (width > 0) insertCells(line, grid.x, width, fg, bg);
	if (line.width(cols - 1) === 2) line.set(cols - 1, EMPTY, fg, bg);
}

/** Into the cell of the character before; the two may need one column more than that one alone. */
function join(state: TerminalState, codePoint: number, width: number, oldWidth: number): void {
	const { grid, cols } = state;
	if (grid.x + width - oldWidth > cols) {
		if (state.wraparound) carryOver(state, oldWidth);
		else grid.x = cols - 1;
	}
	if (grid.x === 0) {
		put(state, codePoint, width);
		return;
	}
	const { line } = grid;
	line.touch();
	line.join(grid.x - (line.width(grid.x - 1) > 0 ? 1 : 2), codePoint, width);
	for (let more = width - oldWidth; more > 0; more--) putRightHalf(state, line);
}

/** To the next line, before a character that has no room in this one. What is left of this one is blanked. */
function wrap(state: TerminalState): void {
	const { grid } = state;
	blankRest(state, grid.x);
	nextLine(state);
	grid.x = 0;
}

/** The same for a character that is already there and has grown: it comes along. */
function carryOver(state: TerminalState, width: number): void {
	const { grid } = state;
	const from = grid.x - width;
	const carried = new Line(width, 0, false);
	if (from >= 0) carried.copy(grid.line, from, 0, width);
	blankRest(state, Math.max(from, 0));
	nextLine(state);
	grid.x = width;
	grid.line.copy(carried, 0, 0, width);
	grid.line.touch();
}

function blankRest(state: TerminalState, from: number): void {
	if (from >= state.cols) return;
	state.grid.line.fill(from, state.cols, EMPTY, state.fg, state.bg);
	state.grid.line.touch();
}

/** What goes on there is a part of the same line, and torn if that is. */
function nextLine(state: TerminalState): void {
	const { grid } = state;
	const { isTorn } = grid.line;
	grid.y++;
	if (grid.y === grid.bottom + 1) {
		grid.y--;
		grid.scroll(state.eraseBg, true);
	} else {
		if (grid.y >= state.rows) grid.y = state.rows - 1;
		grid.line.wrap(true);
	}
	if (isTorn) grid.line.tear(true);
}

/** What is printed now begins on the right half of a wide character: its left half goes. */
function blankCutWide(state: TerminalState, line: Line): void {
	const x = state.grid.x - 1;
	if (x >= 0 && line.width(x) === 2) {
		line.set(x, EMPTY, state.fg, state.bg);
		line.touch();
	}
}

/** What was printed ends on the left half of a wide character: its right half goes. */
function blankLostHalf(state: TerminalState, line: Line): void {
	if (state.grid.x < state.cols) mendHalf(line, state.grid.x, state.fg, state.bg);
}
