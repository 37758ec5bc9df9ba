/** Moving the cursor. Rows and columns are counted from 0 here, from 1 in the stream. */
import type { Grid } from "./grid.ts";
import type { TerminalState } from "./terminal-state.ts";

/** Back onto the screen: a pending wrap is forgotten, unless `lastCol` allows for one. */
export function keepOnScreen(state: TerminalState, lastCol = state.cols - 1): void {
	const { grid } = state;
	const low = state.originMode ? grid.top : 0;
	const high = state.originMode ? grid.bottom : state.rows - 1;
	grid.x = Math.min(lastCol, Math.max(0, grid.x));
	grid.y = Math.min(high, Math.max(low, grid.y));
}

/** To a place; in origin mode rows are counted from where scrolling begins. */
export function moveTo(state: TerminalState, x: number, y: number): void {
	state.grid.x = x;
	state.grid.y = state.originMode ? state.grid.top + y : y;
	keepOnScreen(state);
}

/** From where it stands. In origin mode that, too, is counted from where scrolling begins. */
export function moveBy(state: TerminalState, x: number, y: number): void {
	keepOnScreen(state);
	moveTo(state, state.grid.x + x, state.grid.y + y);
}

/** Not out of the scrolling rows, if it is among them. */
export function moveUp(state: TerminalState, count: number): void {
	const room = state.grid.y - state.grid.top;
	moveBy(state, 0, -(room >= 0 ? Math.min(room, count) : count));
}

export function moveDown(state: TerminalState, count: number): void {
	const room = state.grid.bottom - state.grid.y;
	moveBy(state, 0, room >= 0 ? Math.min(room, count) : count);
}

export function lineFeed(state: TerminalState): void {
	const { grid } = state;
	if (state.newLineMode) grid.x = 0;
	if (!stepDown(state, grid)) grid.line.wrap(false);
	if (grid.x >= state.cols) grid.x--;
}

/** Down by one, and scrolling where the scrolling rows end. Whether there was no row of its own to go to. */
function stepDown(state: TerminalState, grid: Grid): boolean {
	grid.y++;
	if (grid.y === grid.bottom + 1) {
		grid.y--;
		grid.scroll(state.eraseBg, false);
		return true;
	}
	if (grid.y < state.rows) return false;
	grid.y = state.rows - 1;
	return true;
}

export function index(state: TerminalState): void {
	keepOnScreen(state);
	stepDown(state, state.grid);
	keepOnScreen(state);
}

export function reverseIndex(state: TerminalState): void {
	keepOnScreen(state);
	const { grid } = state;
	if (grid.y === grid.top) grid.insertLines(grid.top, 1, state.eraseBg);
	else {
		grid.y--;
		keepOnScreen(state);
	}
}

export function backspace(state: TerminalState): void {
	const { grid } = state;
	if (!state.reverseWraparound) {
		keepOnScreen(state);
		if (grid.x > 0) grid.x--;
		return;
	}
	keepOnScreen(state, state.cols);
	if (grid.x > 0) grid.x--;
	else if (grid.y > grid.top && grid.y <= grid.bottom && grid.line.isWrapped) stepBack(state, grid);
	keepOnScreen(state);
}

/** Over the line's beginning, to the end of the one it continues. */
function stepBack(state: TerminalState, grid: Grid): void {
	grid.line.wrap(false);
	grid.y--;
	grid.x = state.cols - 1;
	if (grid.line.width(grid.x) > 0 && !grid.line.hasContent(grid.x)) grid.x--;
}

export function tabForward(state: TerminalState, count: number): void {
	const { grid } = state;
	if (grid.x >= state.cols) return;
	for (let n = Math.min(count, state.cols); n > 0; n--) grid.x = grid.tabs.after(grid.x);
}

export function tabBackward(state: TerminalState, count: number): void {
	const { grid } = state;
	if (grid.x >= state.cols) return;
	for (let n = Math.min(count, state.cols); n > 0; n--) grid.x = grid.tabs.before(grid.x);
}

export function saveCursor(state: TerminalState): void {
	const { grid, fg, bg, characters } = state;
	Object.assign(grid.saved, { x: grid.x, y: grid.historyLength + grid.y, fg, bg, characters });
}

export function restoreCursor(state: TerminalState): void {
	const { grid } = state;
	const { saved } = grid;
	grid.x = saved.x;
	grid.y = Math.max(saved.y - grid.historyLength, 0);
	state.fg = saved.fg;
	state.bg = saved.bg;
	state.characters = saved.characters;
	keepOnScreen(state);
}
