/** Erasing the screen, a line, characters; inserting and deleting them. */
import { keepOnScreen } from "./cursor.ts";
import { deleteCells, eraseCells, insertCells } from "./edit-line.ts";
import type { Line } from "./line.ts";
import type { TerminalState } from "./terminal-state.ts";

export const WHOLE_SCREEN = 2;
export const HISTORY = 3;

/** `CSI n J`: 0 from the cursor on, 1 up to the cursor, 2 the whole screen, 3 what scrolled off. */
export function eraseInDisplay(state: TerminalState, what: number, keepsProtected: boolean): void {
	if (what === WHOLE_SCREEN || what === HISTORY) wipe(state);
	keepOnScreen(state, state.cols);
	const { grid, eraseBg } = state;
	const { x, y } = grid;
	switch (what) {
		case 0:
			eraseInLine(state, 0, keepsProtected);
			eraseLines(state, y + 1, state.rows, keepsProtected);
			break;
		case 1:
			eraseCells(grid.line, 0, x + 1, eraseBg, keepsProtected);
			grid.line.wrap(false);
			// Erased to its end, it is nothing that the next one could continue.
			if (x + 1 >= state.cols) grid.lines[y + 1]?.wrap(false);
			eraseLines(state, 0, y, keepsProtected);
			break;
		case WHOLE_SCREEN:
			eraseLines(state, 0, state.rows, keepsProtected);
			break;
		case HISTORY:
			grid.history?.replace([]);
			break;
	}
}

/** What stood there is about to be gone, all of it. */
export function wipe({ edge, signals }: TerminalState): void {
	if (edge.wipe()) signals.betweenPictures();
	signals.beforeWipe();
}

function eraseLines(state: TerminalState, from: number, to: number, keepsProtected: boolean): void {
	const { grid, cols, eraseBg } = state;
	for (let y = from; y < to; y++) {
		const line = grid.at(y);
		if (keepsProtected) eraseCells(line, 0, cols, eraseBg, true);
		else line.blank(eraseBg);
		line.wrap(false);
	}
}

/** `CSI n K`: 0 from the cursor on, 1 up to the cursor, 2 the whole line. */
export function eraseInLine(state: TerminalState, what: number, keepsProtected: boolean): void {
	keepOnScreen(state, state.cols);
	const { grid, cols, eraseBg } = state;
	const { x, line } = grid;
	// Whole lines are erased on the way up, too, before anything is painted.
	if (what !== 2) state.edge.paint();
	if (what === 0) eraseCells(line, x, cols, eraseBg, keepsProtected);
	if (what === 1) eraseCells(line, 0, x + 1, eraseBg, keepsProtected);
	if (what === 2) eraseCells(line, 0, cols, eraseBg, keepsProtected);
	if (what !== 2 && (what !== 0 || x !== 0)) return;
	line.wrap(false);
	if (!keepsProtected) line.tear(false);
}

export function eraseCharacters(state: TerminalState, count: number): void {
	state.edge.paint();
	keepOnScreen(state);
	const { grid, eraseBg } = state;
	eraseCells(grid.line, grid.x, grid.x + count, eraseBg);
}

export function insertCharacters(state: TerminalState, count: number): void {
	keepOnScreen(state);
	insertCells(state.grid.line, state.grid.x, count, 0, state.eraseBg);
}

export function deleteCharacters(state: TerminalState, count: number): void {
	state.edge.paint();
	keepOnScreen(state);
	deleteCells(state.grid.line, state.grid.x, count, state.eraseBg);
}

/** In every row that scrolls, from column `x` on; the cursor has to stand in one of them. */
export function insertColumns(state: TerminalState, x: number, count: number): void {
	forScrollingLines(state, (line) => insertCells(line, x, count, 0, state.eraseBg));
}

export function deleteColumns(state: TerminalState, x: number, count: number): void {
	forScrollingLines(state, (line) => deleteCells(line, x, count, state.eraseBg));
}

function forScrollingLines(state: TerminalState, change: (line: Line) => void): void {
	const { grid } = state;
	if (grid.y > grid.bottom || grid.y < grid.top) return;
	for (let y = grid.top; y <= grid.bottom; y++) {
		change(grid.at(y));
		grid.at(y).wrap(false);
	}
}

export function insertLines(state: TerminalState, count: number): void {
	keepOnScreen(state);
	const { grid } = state;
	if (grid.y > grid.bottom || grid.y < grid.top) return;
	grid.insertLines(grid.y, count, state.eraseBg);
	grid.x = 0;
}

export function deleteLines(state: TerminalState, count: number): void {
	keepOnScreen(state);
	const { grid } = state;
	if (grid.y > grid.bottom || grid.y < grid.top) return;
	grid.deleteLines(grid.y, count, state.eraseBg);
	grid.x = 0;
}
