/**
 * Text as it finally stood on a screen. Payloads nobody sees (titles, links, clipboard, images) are dropped, and text
 * that was drawn with a moving cursor is drawn again: what was overwritten is gone, and a line that was redrawn
 * at every key does not give a secret away prefix by prefix. Colours stay where nothing moved.
 */
import { Grid } from "./screen-grid.ts";

/** Operating system, device and application strings, ended or not. */
const PAYLOAD =
	/(?:\u001b\]|\u009d)[^\u0007\u001b\u0018\u001a\u009c]*(?:\u0007|\u001b\\|\u009c)?|(?:\u001b[PX^_]|[\u0090\u0098\u009e\u009f])[^\u001b\u0018\u001a\u009c]*(?:\u001b\\|\u009c)?/g;
/** Modes, reports and the like: they draw nothing. */
const SILENT =
	/\u001b\[[?>=<!]?[0-9;:]*[ "$']?[hlnctqpyuzw]|\u001b[=>()#%*+][0-9A-Za-z]?|\u001b\[[0-9;]*[ST]/g;
const MOVES = /[\b\v\f\u007f]|\r(?!\r{0,4}\n)|\u001b(?:\[[0-9;:?]*[@A-HJ-MPX`adefsu]|[78DEHMc])/;
const ANY_CONTROL = /[\u0000-\u0008\u000b-\u000c\u000e-\u001f\u007f-\u009f]|\r(?!\n)/;
/** Controls that begin no escape sequence. */
const OTHER_CONTROL = /[\u0000-\u0008\u000b-\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f]|\r(?!\n)/;

export function settleText(text: string): string {
	if (isSettled(text)) return text;
	const seen = text.replace(PAYLOAD, "");
	if (!MOVES.test(seen)) return seen.replace(SILENT, "");
	return redraw(seen);
}

/** Settling would change nothing, neither in the text nor in any of its rows. */
export function isSettled(text: string): boolean {
	return !ANY_CONTROL.test(text) || hasColoursOnly(text);
}

/** Nothing in it moves the cursor or hides a payload: most coloured text, and then it stands as it is. */
function hasColoursOnly(text: string): boolean {
	if (OTHER_CONTROL.test(text)) return false;
	for (let sign = text.indexOf(ESCAPE); sign !== -1; sign = text.indexOf(ESCAPE, sign + 2)) {
		if (text[sign + 1] !== "[") return false;
		let at = sign + 2;
		while (isParameter(text.charCodeAt(at))) at += 1;
		if (text[at] !== "m") return false;
	}
	return true;
}

const ESCAPE = "\u001b";

/** Figures, semicolons, colons. */
function isParameter(code: number): boolean {
	return code >= 48 && code <= 59;
}

const STEP =
	/\u001b\[([?>=<!]?)([0-9;:]*)[ -/]*([@-~])|\u001b([ -/]*)([0-~])|[\u0000-\u001f\u007f-\u009f]|[^\u0000-\u001f\u007f-\u009f]+/g;

function redraw(text: string): string {
	const grid = new Grid();
	for (const step of text.matchAll(STEP)) {
		const [whole, , parameters, final, , letter] = step;
		if (final !== undefined)
			grid.control(final, (parameters ?? "").split(/[;:]/).map(Number), step[1] === "?");
		else if (letter !== undefined) grid.escape(letter);
		else grid.write(whole);
	}
	return grid.toString();
}
