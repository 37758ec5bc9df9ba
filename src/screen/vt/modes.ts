/** `CSI … h` and `l`, with and without `?`: the modes that change what is on the screen, or that we wait for. */
import { moveTo, restoreCursor, saveCursor } from "./cursor.ts";
import { wipe } from "./erase.ts";
import type { Params } from "./params.ts";
import type { TerminalState } from "./terminal-state.ts";

export function setModes(state: TerminalState, params: Params, active: boolean): void {
	for (let index = 0; index < params.length; index++) {
		const mode = params.at(index);
		if (mode === 4) state.insertMode = active;
		if (mode === 20) state.newLineMode = active;
	}
}

export function setPrivateModes(state: TerminalState, params: Params, active: boolean): void {
	for (let index = 0; index < params.length; index++) setPrivateMode(state, params.at(index), active);
}

function setPrivateMode(state: TerminalState, mode: number, active: boolean): void {
	switch (mode) {
		case 2:
			if (active) state.useAscii();
			break;
		case 6:
			state.originMode = active;
			moveTo(state, 0, 0);
			break;
		case 7:
			state.wraparound = active;
			break;
		case 25:
			state.cursorVisible = active;
			break;
		case 45:
			state.reverseWraparound = active;
			break;
		case 47:
		case 1047:
		case 1048:
		case 1049:
			switchScreen(state, mode, active);
			break;
		case 2026:
			state.edge.wipe();
			state.signals.sync(active);
			break;
	}
}

/** 47 and 1047 switch, 1048 keeps the cursor, 1049 does both. */
function switchScreen(state: TerminalState, mode: number, active: boolean): void {
	const keepsCursor = mode >= 1048;
	const switches = mode !== 1048;
	if (switches) wipe(state);
	if (active && keepsCursor) saveCursor(state);
	if (switches && active) showAlternate(state);
	if (switches && !active) showMain(state);
	if (!active && keepsCursor) restoreCursor(state);
}

/** The cursor stays where it is, on the other screen. */
function showAlternate(state: TerminalState): void {
	const { main, alternate } = state;
	if (state.isAlternate) return;
	alternate.fillBlank(state.eraseBg);
	alternate.x = main.x;
	alternate.y = main.y;
	state.grid = alternate;
}

function showMain(state: TerminalState): void {
	const { main, alternate } = state;
	if (!state.isAlternate) return;
	main.x = alternate.x;
	main.y = alternate.y;
	alternate.clear();
	state.grid = main;
}
