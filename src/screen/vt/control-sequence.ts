/** `CSI …`: which sequence does what. One that is not here does nothing; what asks the terminal is answered by the person's own. */
import { PROTECTED } from "./cell.ts";
import {
	moveBy,
	moveDown,
	moveTo,
	moveUp,
	restoreCursor,
	saveCursor,
	tabBackward,
	tabForward,
} from "./cursor.ts";
import {
	deleteCharacters,
	deleteColumns,
	deleteLines,
	eraseCharacters,
	eraseInDisplay,
	eraseInLine,
	insertCharacters,
	insertColumns,
	insertLines,
} from "./erase.ts";
import { setModes, setPrivateModes } from "./modes.ts";
import type { Params } from "./params.ts";
import { printCodePoint } from "./print.ts";
import { selectGraphics } from "./sgr.ts";
import type { TerminalState } from "./terminal-state.ts";

type Action = (state: TerminalState, params: Params) => void;

/** As written, but for the parameters: `?J` is `CSI ? … J`. */
const ACTIONS: Readonly<Record<string, Action>> = {
	"@": (state, params) => insertCharacters(state, params.count(0)),
	" @": (state, params) => deleteColumns(state, 0, params.count(0)),
	A: goUp,
	" A": (state, params) => insertColumns(state, 0, params.count(0)),
	B: (state, params) => moveDown(state, params.count(0)),
	C: (state, params) => moveBy(state, params.count(0), 0),
	D: (state, params) => moveBy(state, -params.count(0), 0),
	E: (state, params) => {
		moveDown(state, params.count(0));
		state.grid.x = 0;
	},
	F: (state, params) => {
		goUp(state, params);
		state.grid.x = 0;
	},
	G: toColumn,
	H: toPlace,
	I: (state, params) => tabForward(state, params.count(0)),
	J: (state, params) => eraseInDisplay(state, params.at(0), false),
	"?J": (state, params) => eraseInDisplay(state, params.at(0), true),
	K: (state, params) => eraseInLine(state, params.at(0), false),
	"?K": (state, params) => eraseInLine(state, params.at(0), true),
	L: (state, params) => insertLines(state, params.count(0)),
	M: (state, params) => deleteLines(state, params.count(0)),
	P: (state, params) => deleteCharacters(state, params.count(0)),
	S: ({ grid, eraseBg }, params) => grid.deleteLines(grid.top, params.count(0), eraseBg),
	T: ({ grid }, params) => grid.insertLines(grid.top, params.count(0), 0),
	X: (state, params) => eraseCharacters(state, params.count(0)),
	Z: (state, params) => tabBackward(state, params.count(0)),
	"`": toColumn,
	a: (state, params) => moveBy(state, params.count(0), 0),
	b: repeat,
	d: (state, params) => moveTo(state, state.grid.x, params.count(0) - 1),
	e: (state, params) => moveBy(state, 0, params.count(0)),
	f: toPlace,
	g: clearTabs,
	h: (state, params) => setModes(state, params, true),
	"?h": (state, params) => setPrivateModes(state, params, true),
	l: (state, params) => setModes(state, params, false),
	"?l": (state, params) => setPrivateModes(state, params, false),
	m: selectGraphics,
	"!p": softReset,
	'"q': protect,
	r: setScrollRegion,
	s: (state) => saveCursor(state),
	u: (state) => restoreCursor(state),
	"'}": (state, params) => insertColumns(state, state.grid.x, params.count(0)),
	"'~": (state, params) => deleteColumns(state, state.grid.x, params.count(0)),
};

/** By the last byte, for those without prefix: nearly all of any stream. */
const PLAIN: readonly (Action | undefined)[] = Array.from(
	{ length: 0x80 },
	(_, final) => ACTIONS[String.fromCharCode(final)],
);
/** By prefix or intermediate and last byte. */
const PREFIXED: ReadonlyMap<number, Action> = new Map(
	Object.entries(ACTIONS).flatMap(([written, action]) =>
		written.length > 1 ? [[prefixedKey(written.charCodeAt(0), written.charCodeAt(1)), action]] : [],
	),
);

function prefixedKey(collected: number, final: number): number {
	return (collected << 8) | final;
}

/** `collected` is the prefix or intermediate byte; 0 for none. */
export function runControlSequence(
	state: TerminalState,
	collected: number,
	final: number,
	params: Params,
): void {
	const action = collected === 0 ? PLAIN[final] : PREFIXED.get(prefixedKey(collected, final));
	if (action !== undefined) action(state, params);
	state.preceding = 0;
}

function toColumn(state: TerminalState, params: Params): void {
	moveTo(state, params.count(0) - 1, state.grid.y);
}

/** On the main screen a picture is painted from the top down. */
function goUp(state: TerminalState, params: Params): void {
	const { grid, edge, isAlternate } = state;
	const from = grid.y;
	const to = Math.max(0, from - params.count(0));
	if (!isAlternate && edge.up(from, to)) state.signals.betweenPictures();
	moveUp(state, params.count(0));
}

/** On the other screen a picture begins at home. */
function toPlace(state: TerminalState, params: Params): void {
	const row = params.count(0);
	const column = params.count(1);
	if (state.isAlternate) {
		if (row > 1 || column > 1) state.edge.place();
		else if (state.edge.home()) state.signals.betweenPictures();
	}
	moveTo(state, column - 1, row - 1);
}

/** As often as a character is repeated at most: the widest row full of it. */
const MOST_REPEATS = 1000;

/** The character before once more, as often as said. */
function repeat(state: TerminalState, params: Params): void {
	const { grid, preceding } = state;
	if (preceding === 0) return;
	const chars = grid.line.chars(grid.x - ((preceding >> 1) & 3));
	const times = Math.min(params.count(0), MOST_REPEATS);
	for (let n = 0; n < times; n++) for (const char of chars) printCodePoint(state, char.codePointAt(0) ?? 0);
}

function clearTabs({ grid }: TerminalState, params: Params): void {
	if (params.at(0) === 0) grid.tabs.clear(grid.x);
	if (params.at(0) === 3) grid.tabs.clearAll();
}

function protect(state: TerminalState, params: Params): void {
	const what = params.at(0);
	if (what === 1) state.bg |= PROTECTED;
	if (what === 0 || what === 2) state.bg &= ~PROTECTED;
}

function setScrollRegion(state: TerminalState, params: Params): void {
	const { grid, rows } = state;
	const top = params.count(0);
	const asked = params.at(1);
	const bottom = asked === 0 || asked > rows ? rows : asked;
	if (bottom <= top) return;
	grid.top = top - 1;
	grid.bottom = bottom - 1;
	moveTo(state, 0, 0);
}

/** What a program that lost its way sends: modes and cursor as at the start, the screen as it is. */
function softReset(state: TerminalState): void {
	const { grid } = state;
	grid.top = 0;
	grid.bottom = state.rows - 1;
	state.fg = 0;
	state.bg = 0;
	state.resetModes();
	state.resetCharacters();
	Object.assign(grid.saved, { x: 0, y: grid.historyLength, fg: 0, bg: 0, characters: undefined });
}
