/** `CSI … m`: how the next characters are painted, as far as a reader of the screen can tell the difference. */
import { BOLD, COLOUR, COLOUR_KIND, DIM, INVERSE, ITALIC, PALETTE, RGB, STRUCK, UNDERLINED } from "./cell.ts";
import { OMITTED, type Params } from "./params.ts";
import type { TerminalState } from "./terminal-state.ts";

const BRIGHT = 8;
const FROM_PALETTE = 5;
const FROM_RGB = 2;

export function selectGraphics(state: TerminalState, params: Params): void {
	for (let index = 0; index < params.length; index++) {
		const code = params.at(index);
		if (code === 38 || code === 48 || code === 58) index += extendedColour(state, params, index);
		else if (code >= 30 && code < 108) paint(state, code);
		else if (code === 4 && params.hasParts(index)) underline(state, params.partsOf(index));
		else flag(state, code);
	}
}

/** `4:0` … `4:5`: none, and the kinds of line. */
function underline(state: TerminalState, parts: Int32Array): void {
	flag(state, parts[0] === 0 ? 24 : 4);
}

function flag(state: TerminalState, code: number): void {
	switch (code) {
		case 0:
			state.fg = 0;
			state.bg = 0;
			break;
		case 1:
			state.fg |= BOLD;
			break;
		case 2:
			state.fg |= DIM;
			break;
		case 3:
			state.bg |= ITALIC;
			break;
		case 4:
		case 21:
			state.bg |= UNDERLINED;
			break;
		case 7:
			state.fg |= INVERSE;
			break;
		case 9:
			state.bg |= STRUCK;
			break;
		case 22:
			state.fg &= ~(BOLD | DIM);
			break;
		case 23:
			state.bg &= ~ITALIC;
			break;
		case 24:
			state.bg &= ~UNDERLINED;
			break;
		case 27:
			state.fg &= ~INVERSE;
			break;
		case 29:
			state.bg &= ~STRUCK;
			break;
	}
}

/** 30–37, 39, 40–47, 49, 90–97, 100–107: the sixteen colours, and back to the default. */
function paint(state: TerminalState, code: number): void {
	const colour = PALETTE | (code % 10) | (code >= 90 ? BRIGHT : 0);
	const isColour = code % 10 < 8;
	if (code < 40 || (code >= 90 && code < 100)) {
		if (isColour) state.fg = (state.fg & ~COLOUR) | colour;
		else if (code === 39) state.fg &= ~COLOUR;
	} else if (code < 50 || code >= 100) {
		if (isColour) state.bg = (state.bg & ~COLOUR) | colour;
		else if (code === 49) state.bg &= ~COLOUR;
	}
}

/**
 * `38;5;n`, `38;2;r;g;b`, and both with colons, where a colour space may stand before red. How many parameters after
 * `at` belong to it.
 */
function extendedColour(state: TerminalState, params: Params, at: number): number {
	const plain = plainColour(params, at);
	if (plain !== 0) {
		setColour(state, params.at(at), plain);
		return (plain & COLOUR_KIND) === RGB ? 4 : 2;
	}
	const read = readColour(params, at);
	const [target, kind, , first, second, third] = read.values;
	const colour = colourOf(kind, [first, second, third]);
	if (colour !== 0) setColour(state, target, colour);
	return read.taken;
}

/** Nearly all are `38;2;r;g;b` or `38;5;n`, whole and without colons; 0 for what is anything else. */
function plainColour(params: Params, at: number): number {
	if (params.hasAnyParts) return 0;
	const kind = params.at(at + 1);
	if (kind === FROM_RGB && at + 4 < params.length)
		return RGB | byteOf(params, at + 2, 16) | byteOf(params, at + 3, 8) | byteOf(params, at + 4, 0);
	return kind === FROM_PALETTE && at + 2 < params.length ? PALETTE | byteOf(params, at + 2, 0) : 0;
}

function byteOf(params: Params, at: number, shift: number): number {
	return (params.at(at) & 0xff) << shift;
}

function setColour(state: TerminalState, target: number, colour: number): void {
	if (target === 38) state.fg = (state.fg & ~COLOUR) | colour;
	if (target === 48) state.bg = (state.bg & ~COLOUR) | colour;
}

type ColourValues = [number, number, number, number, number, number];

/** Target, kind, colour space, and up to three values. */
function readColour(params: Params, at: number): { readonly values: ColourValues; readonly taken: number } {
	const values: ColourValues = [0, 0, OMITTED, 0, 0, 0];
	/** 1 from where on the colour space was left out. */
	let skipped = 0;
	let taken = 0;
	do {
		values[taken + skipped] = params.at(at + taken);
		if (params.hasParts(at + taken)) {
			readParts(values, params.partsOf(at + taken), taken + 1, skipped);
			break;
		}
		const isWhole =
			(values[1] === FROM_PALETTE && taken + skipped >= 2) ||
			(values[1] === FROM_RGB && taken + skipped >= 5);
		if (isWhole) break;
		if (values[1] !== 0) skipped = 1;
		taken++;
	} while (at + taken < params.length && taken + skipped < values.length);
	return { values, taken };
}

function readParts(values: ColourValues, parts: Int32Array, from: number, skipped: number): void {
	let shift = skipped;
	for (let part = 0; part < parts.length && part + from + shift < values.length; part++) {
		// A palette's number has no colour space before it.
		if (values[1] === FROM_PALETTE) shift = 1;
		values[from + part + shift] = parts[part] ?? 0;
	}
}

/** 0 where it is none. */
function colourOf(kind: number, values: readonly [number, number, number]): number {
	const [red, green, blue] = values.map((value) => (value === OMITTED ? 0 : value & 0xff));
	if (kind === FROM_PALETTE) return PALETTE | (red ?? 0);
	return kind === FROM_RGB ? RGB | ((red ?? 0) << 16) | ((green ?? 0) << 8) | (blue ?? 0) : 0;
}
