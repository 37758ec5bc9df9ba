/** `ESC …` and the control characters. */
import { EMPTY } from "./cell.ts";
import { CHARACTER_SETS } from "./character-sets.ts";
import {
	backspace,
	index,
	lineFeed,
	moveTo,
	restoreCursor,
	reverseIndex,
	saveCursor,
	tabForward,
} from "./cursor.ts";
import type { TerminalState } from "./terminal-state.ts";

/** `collected` is the intermediate byte; 0 for none. */
export function runEscapeSequence(state: TerminalState, collected: number, final: number): void {
	const intermediate = String.fromCharCode(collected);
	const letter = String.fromCharCode(final);
	const level = LEVELS[intermediate];
	if (collected === 0) runPlain(state, letter);
	else if (level !== undefined && CHARACTER_SETS.has(letter))
		state.selectSet(level, CHARACTER_SETS.get(letter));
	else if (intermediate === "%" && (letter === "@" || letter === "G")) useUtf8(state);
	else if (intermediate === "#" && letter === "8") alignmentPattern(state);
	state.preceding = 0;
}

/** Which of the four places for character sets a sequence fills. */
const LEVELS: Readonly<Record<string, number>> = { "(": 0, ")": 1, "*": 2, "+": 3, "-": 1, ".": 2 };

function runPlain(state: TerminalState, letter: string): void {
	switch (letter) {
		case "7":
			saveCursor(state);
			break;
		case "8":
			restoreCursor(state);
			break;
		case "D":
			index(state);
			break;
		case "E":
			nextLine(state);
			break;
		case "H":
			state.grid.tabs.set(state.grid.x);
			break;
		case "M":
			reverseIndex(state);
			break;
		case "c":
			state.signals.beforeWipe();
			state.reset();
			break;
		case "n":
		case "}":
			state.selectLevel(2);
			break;
		case "o":
		case "|":
			state.selectLevel(3);
			break;
		case "~":
			state.selectLevel(1);
			break;
	}
}

function nextLine(state: TerminalState): void {
	state.grid.x = 0;
	index(state);
}

function useUtf8(state: TerminalState): void {
	state.selectLevel(0);
	state.selectSet(0, undefined);
}

const LETTER_E = 0x45;

/** `ESC # 8`: every cell an E. */
function alignmentPattern(state: TerminalState): void {
	moveTo(state, 0, 0);
	const { grid } = state;
	for (let y = grid.y; y < state.rows; y++) {
		const line = grid.at(y);
		line.blank(0);
		line.fill(0, state.cols, LETTER_E | EMPTY, state.fg, state.bg);
		line.wrap(false);
	}
	moveTo(state, 0, 0);
}

/** A control character, C0 or C1; most do nothing to a screen. */
export function runControl(state: TerminalState, code: number): void {
	state.preceding = 0;
	switch (code) {
		case 0x08:
			backspace(state);
			break;
		case 0x09:
			tabForward(state, 1);
			break;
		case 0x0a:
		case 0x0b:
		case 0x0c:
			lineFeed(state);
			break;
		case 0x0d:
			state.grid.x = 0;
			break;
		case 0x0e:
			state.selectLevel(1);
			break;
		case 0x0f:
			state.selectLevel(0);
			break;
		case 0x84:
			index(state);
			break;
		case 0x85:
			nextLine(state);
			break;
		case 0x88:
			state.grid.tabs.set(state.grid.x);
			break;
	}
}
