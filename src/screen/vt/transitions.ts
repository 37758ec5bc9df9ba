/**
 * Where a terminal's parser goes with each byte: the state machine of the VT500, as xterm and its kin have it.
 *
 *   ground ─ESC─► escape ─[─► csi entry ─digit─► csi param ─final─► ground (+ action)
 *                   ├─ ] ─► operating system command ─BEL, ESC─► ground (+ title)
 *                   ├─ P X ^ _ ─► string, skipped ─ESC─► …
 *                   └─ final ─► ground (+ action)
 *
 * What does not fit a sequence ends it; CAN and SUB end any. C1 controls come as code points, two bytes of UTF-8.
 */

export const GROUND = 0;
export const ESCAPE = 1;
export const ESCAPE_INTERMEDIATE = 2;
export const CSI_ENTRY = 3;
export const CSI_PARAM = 4;
export const CSI_INTERMEDIATE = 5;
export const CSI_IGNORE = 6;
/** Operating system command: titles, links, colours. */
export const OSC = 7;
/** Device control, start of string, privacy message, application program command: nothing a reader sees. */
export const STRING = 8;
const STATES = 9;

export const IGNORE = 0;
export const EXECUTE = 1;
export const CLEAR = 2;
export const COLLECT = 3;
export const PARAM = 4;
export const CSI_DISPATCH = 5;
export const ESC_DISPATCH = 6;
export const OSC_START = 7;
export const OSC_PUT = 8;
export const OSC_END = 9;
export const PRINT = 10;

const ACTION_SHIFT = 4;
const STATE_MASK = 15;
const CODES = 256;
/** From here on all code points are alike. */
export const FIRST_PRINTABLE = 0xa0;

export function transition(state: number, codePoint: number): number {
	return TABLE[state * CODES + Math.min(codePoint, FIRST_PRINTABLE)] ?? 0;
}

export function actionOf(step: number): number {
	return step >> ACTION_SHIFT;
}

export function stateAfter(step: number): number {
	return step & STATE_MASK;
}

type Range = readonly [from: number, to: number];
type Rule = readonly [state: number, codes: readonly Range[], action: number, next: number];

const CONTROLS: readonly Range[] = [
	[0x00, 0x17],
	[0x19, 0x19],
	[0x1c, 0x1f],
];
const INTERMEDIATES: Range = [0x20, 0x2f];
const PRIVATE: Range = [0x3c, 0x3f];
const DIGITS: Range = [0x30, 0x3b];
const FINALS: Range = [0x40, 0x7e];
const DELETE: Range = [0x7f, 0x7f];
const OTHERS: Range = [FIRST_PRINTABLE, FIRST_PRINTABLE];

function one(char: string): Range {
	return [char.charCodeAt(0), char.charCodeAt(0)];
}

/** Later rules win. */
const RULES: readonly Rule[] = [
	[GROUND, CONTROLS, EXECUTE, GROUND],
	[GROUND, [[0x20, 0x7e], OTHERS], PRINT, GROUND],

	[ESCAPE, CONTROLS, EXECUTE, ESCAPE],
	[ESCAPE, [DELETE], IGNORE, ESCAPE],
	[ESCAPE, [INTERMEDIATES], COLLECT, ESCAPE_INTERMEDIATE],
	[ESCAPE, [[0x30, 0x7e]], ESC_DISPATCH, GROUND],
	[ESCAPE, [one("[")], CLEAR, CSI_ENTRY],
	[ESCAPE, [one("]")], OSC_START, OSC],
	[ESCAPE, [one("P"), one("X"), one("^"), one("_")], IGNORE, STRING],

	[ESCAPE_INTERMEDIATE, CONTROLS, EXECUTE, ESCAPE_INTERMEDIATE],
	[ESCAPE_INTERMEDIATE, [DELETE], IGNORE, ESCAPE_INTERMEDIATE],
	[ESCAPE_INTERMEDIATE, [INTERMEDIATES], COLLECT, ESCAPE_INTERMEDIATE],
	[ESCAPE_INTERMEDIATE, [[0x30, 0x7e]], ESC_DISPATCH, GROUND],

	[CSI_ENTRY, CONTROLS, EXECUTE, CSI_ENTRY],
	[CSI_ENTRY, [DELETE], IGNORE, CSI_ENTRY],
	[CSI_ENTRY, [DIGITS], PARAM, CSI_PARAM],
	[CSI_ENTRY, [PRIVATE], COLLECT, CSI_PARAM],
	[CSI_ENTRY, [INTERMEDIATES], COLLECT, CSI_INTERMEDIATE],
	[CSI_ENTRY, [FINALS], CSI_DISPATCH, GROUND],

	[CSI_PARAM, CONTROLS, EXECUTE, CSI_PARAM],
	[CSI_PARAM, [DELETE], IGNORE, CSI_PARAM],
	[CSI_PARAM, [DIGITS], PARAM, CSI_PARAM],
	[CSI_PARAM, [PRIVATE], IGNORE, CSI_IGNORE],
	[CSI_PARAM, [INTERMEDIATES], COLLECT, CSI_INTERMEDIATE],
	[CSI_PARAM, [FINALS], CSI_DISPATCH, GROUND],

	[CSI_INTERMEDIATE, CONTROLS, EXECUTE, CSI_INTERMEDIATE],
	[CSI_INTERMEDIATE, [DELETE], IGNORE, CSI_INTERMEDIATE],
	[CSI_INTERMEDIATE, [INTERMEDIATES], COLLECT, CSI_INTERMEDIATE],
	[CSI_INTERMEDIATE, [[0x30, 0x3f]], IGNORE, CSI_IGNORE],
	[CSI_INTERMEDIATE, [FINALS], CSI_DISPATCH, GROUND],

	[CSI_IGNORE, CONTROLS, EXECUTE, CSI_IGNORE],
	[CSI_IGNORE, [[0x20, 0x3f], DELETE, OTHERS], IGNORE, CSI_IGNORE],
	[CSI_IGNORE, [FINALS], IGNORE, GROUND],

	[OSC, [[0x00, 0x1f]], IGNORE, OSC],
	[OSC, [[0x20, 0x7f], OTHERS], OSC_PUT, OSC],

	[STRING, [[0x00, 0x7f], OTHERS], IGNORE, STRING],
];

/** Whatever state it is in. */
const ANYWHERE: readonly (readonly [codes: readonly Range[], action: number, next: number])[] = [
	[[one("\u0018"), one("\u001a"), [0x80, 0x8f], [0x91, 0x97], [0x99, 0x9a]], EXECUTE, GROUND],
	[[one("\u009c")], IGNORE, GROUND],
	[[one("\u001b")], CLEAR, ESCAPE],
	[[one("\u009b")], CLEAR, CSI_ENTRY],
	[[one("\u009d")], OSC_START, OSC],
	[[one("\u0090"), one("\u0098"), one("\u009e"), one("\u009f")], IGNORE, STRING],
];

const OSC_ENDS: Rule = [OSC, [one("\u0007"), one("\u0018"), one("\u001a"), one("\u009c")], OSC_END, GROUND];
/** The escape that ends it begins what comes next. */
const OSC_ESCAPE: Rule = [OSC, [one("\u001b")], OSC_END, ESCAPE];

const TABLE = makeTable();

function makeTable(): Uint8Array {
	const table = new Uint8Array(STATES * CODES);
	const anywhere = ANYWHERE.flatMap(([codes, action, next]) =>
		Array.from({ length: STATES }, (_, state): Rule => [state, codes, action, next]),
	);
	for (const [state, codes, action, next] of [...RULES, ...anywhere, OSC_ENDS, OSC_ESCAPE]) {
		for (const [from, to] of codes) {
			table.fill((action << ACTION_SHIFT) | next, state * CODES + from, state * CODES + to + 1);
		}
	}
	return table;
}
