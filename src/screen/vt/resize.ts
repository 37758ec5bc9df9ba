/**
 * The window's size changed. The alternate screen is cut or filled up with blanks; a program paints it anew. On the main
 * screen lines that the terminal wrapped are wrapped anew, those in the history too, and rows move from the history and
 * back so that the cursor stays on its line.
 */
import type { Grid } from "./grid.ts";
import { HISTORY_LINES } from "./history.ts";
import { beginningOf, endOfWrapped, type Layout, type Size } from "./layout.ts";
import { Line } from "./line.ts";
import { wrapNarrower } from "./reflow-narrower.ts";
import { unwrapWider } from "./reflow-wider.ts";
import type { TerminalState } from "./terminal-state.ts";

/** Lines that had left the main screen, were taken, and are on it again; see `TakenBack`. */
export interface Returned {
	readonly lines: number;
	readonly left: readonly Line[];
}

export function resize(state: TerminalState, size: Size): Returned {
	const { main, alternate } = state;
	const returned = resizeMain(state, size);
	if (alternate.lines.length > 0) resizeAlternate(alternate, size);
	for (const grid of [main, alternate]) {
		grid.cols = size.cols;
		grid.rows = size.rows;
		grid.bottom = size.rows - 1;
		grid.tabs.resize(size.cols);
	}
	state.cols = size.cols;
	state.rows = size.rows;
	return returned;
}

function resizeMain(state: TerminalState, size: Size): Returned {
	const grid = state.main;
	const layout: Layout = {
		lines: [...(grid.history?.toArray() ?? []), ...grid.lines],
		base: grid.historyLength,
		y: grid.y,
		savedY: grid.saved.y,
		mostLines: size.rows + HISTORY_LINES,
	};
	// What left the screen and was not taken yet may come back onto it.
	const waiting = Math.min(state.scrolled.length, layout.base);
	const news = layout.lines.slice(layout.base - waiting);
	const taken = layout.lines.slice(0, layout.base - waiting).filter(({ isWrapped }) => !isWrapped);
	const half = news[0]?.isWrapped === true ? taken.at(-1) : undefined;
	fitRows(layout, grid, size);
	if (size.cols > grid.cols) unwrapWider(layout, grid.cols, size);
	if (size.cols < grid.cols) wrapNarrower(layout, grid.cols, size);
	if (size.cols !== grid.cols) tearWritten(layout, size.cols);
	for (const line of layout.lines) line.resize(size.cols);
	grid.history?.replace(layout.lines.slice(0, layout.base));
	grid.lines = layout.lines.slice(layout.base);
	grid.x = Math.min(grid.x, size.cols - 1);
	grid.saved.x = Math.min(grid.saved.x, size.cols - 1);
	grid.y = layout.y;
	grid.saved.y = layout.savedY;
	grid.top = 0;
	state.scrolled.length -= waiting;
	const returned = countReturned(layout, { taken, half });
	const from = returned.lines > 0 ? layout.base : firstOf(layout.lines, news);
	for (const line of layout.lines.slice(from, layout.base)) state.takeLine(line);
	return returned;
}

/** The line with the cursor in it is not wrapped anew: what does not fit the new width is lost, and several rows no longer fit each other. */
function tearWritten({ lines, base, y }: Layout, cols: number): void {
	const from = beginningOf(lines, base + y);
	const rows = lines.slice(from, endOfWrapped(lines, from));
	const isWhole = rows.length === 1 && rows.every((line) => line.trimmedLength() <= cols);
	if (!isWhole) for (const line of rows) line.tear(true);
}

interface Taken {
	/** The first rows of lines that were taken. */
	readonly taken: readonly Line[];
	/** That of the last one, where only some of its rows were: they are wrapped otherwise now. */
	readonly half: Line | undefined;
}

/** Of the lines that were taken, those that the screen shows a part of now, and the one that was taken by half. */
function countReturned({ lines, base }: Layout, { taken, half: halfTaken }: Taken): Returned {
	const known = new Set(taken);
	const half = halfTaken !== undefined && lines.includes(halfTaken) ? halfTaken : undefined;
	let count = 0;
	let first = lines.length;
	for (let at = lines.length - 1; at >= 0; at--) {
		const line = lines[at];
		if (line === undefined || line.isWrapped) continue;
		if (line !== half && endOfWrapped(lines, at) <= base && (half === undefined || count > 0)) break;
		if (!known.has(line)) continue;
		count += 1;
		first = at;
	}
	return { lines: count, left: lines.slice(first, base) };
}

/** Where the first of these lines is now. It may have been joined to the one above: then the next that is left. */
function firstOf(lines: readonly Line[], wanted: readonly Line[]): number {
	const places = new Map(lines.map((line, index) => [line, index]));
	const first = wanted.find((line) => places.has(line));
	return first === undefined ? lines.length : (places.get(first) ?? lines.length);
}

/** More rows: from the history, as long as nothing stands below the cursor. Fewer: blank ones below it go, then the top ones. */
function fitRows(layout: Layout, grid: Grid, { cols, rows }: Size): void {
	// Lines keep their width for now: what wraps anew has to know how it was wrapped.
	const width = Math.max(cols, grid.cols);
	for (const line of layout.lines) line.resize(width);
	let pulled = 0;
	for (let y = grid.rows; y < rows && layout.lines.length < rows + layout.base; y++) {
		if (layout.base > 0 && layout.lines.length <= layout.base + layout.y + pulled + 1) {
			layout.base--;
			pulled++;
		} else layout.lines.push(new Line(width, 0, false));
	}
	for (let y = grid.rows; y > rows && layout.lines.length > rows + layout.base; y--) {
		if (layout.lines.length > layout.base + layout.y + 1) layout.lines.pop();
		else layout.base++;
	}
	trim(layout);
	layout.y = Math.min(layout.y, rows - 1) + pulled;
}

/** What no longer has room in the history goes. */
function trim(layout: Layout): void {
	const excess = layout.lines.length - layout.mostLines;
	if (excess <= 0) return;
	layout.lines.splice(0, excess);
	layout.base = Math.max(layout.base - excess, 0);
	layout.savedY = Math.max(layout.savedY - excess, 0);
}

function resizeAlternate(grid: Grid, { cols, rows }: Size): void {
	const below = Math.max(0, Math.min(grid.lines.length - rows, grid.lines.length - 1 - grid.y));
	grid.lines.length -= below;
	const above = Math.max(0, grid.lines.length - rows);
	grid.lines.splice(0, above);
	for (const line of grid.lines) line.resize(cols);
	while (grid.lines.length < rows) grid.lines.push(new Line(cols, 0, false));
	grid.x = Math.min(grid.x, cols - 1);
	grid.y = Math.min(grid.y, rows - 1);
	grid.saved.x = Math.min(grid.saved.x, cols - 1);
	grid.saved.y = Math.max(grid.saved.y - above, 0);
	grid.top = 0;
}
