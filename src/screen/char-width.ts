/**
 * How many columns a character takes, as Claude Code reckons it: East Asian wide and emoji are two, marks join the
 * character before. The emulator's built-in table predates emoji and would shift every row that has one.
 */
import type { IUnicodeVersionProvider } from "@xterm/headless";
import { eastAsianWidth } from "get-east-asian-width";

const ZERO_WIDTH_JOINER = 0x200d;
const VARIATION_SELECTOR_16 = 0xfe0f;
const FIRST_NON_ASCII = 0x80;

/** Character kinds carried from one character to the next: what the previous one does to this one. */
const PREVIOUS = { plain: 0, joiner: 1, regional: 2, emoji: 3 } as const;

const MARK = /^[\p{Mn}\p{Me}\p{Cf}\u200b-\u200f]$/u;
const EMOJI = /^\p{Emoji_Presentation}$/u;
const PICTOGRAPH = /^\p{Extended_Pictographic}$/u;
const MODIFIER = /^\p{Emoji_Modifier}$/u;
const REGIONAL = /^\p{Regional_Indicator}$/u;

export const charWidthProvider: IUnicodeVersionProvider = {
	version: "ctrace",
	wcwidth: charWidth,
	charProperties,
};

export function charWidth(codePoint: number): 0 | 1 | 2 {
	if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) return 0;
	if (codePoint < 0x300) return 1;
	const known = widths.get(codePoint);
	if (known !== undefined) return known;
	const width = computeWidth(codePoint);
	widths.set(codePoint, width);
	return width;
}

const widths = new Map<number, 0 | 1 | 2>();

function computeWidth(codePoint: number): 0 | 1 | 2 {
	const char = String.fromCodePoint(codePoint);
	if (MARK.test(char)) return 0;
	if (EMOJI.test(char)) return 2;
	return eastAsianWidth(codePoint) === 2 ? 2 : 1;
}

/** Packs kind, width and join flag the way the emulator's Unicode service reads them: kind << 3 | width << 1 | join. */
function charProperties(codePoint: number, preceding: number): number {
	if (codePoint < FIRST_NON_ASCII) return charWidth(codePoint) << 1;
	const previous = preceding >> 3;
	const previousWidth = (preceding >> 1) & 3;
	if (joins(codePoint, previous) && preceding !== 0) {
		const width = codePoint === VARIATION_SELECTOR_16 && previous === PREVIOUS.emoji ? 2 : previousWidth;
		const kind = codePoint === ZERO_WIDTH_JOINER ? PREVIOUS.joiner : PREVIOUS.plain;
		return (kind << 3) | (width << 1) | 1;
	}
	return (kindOf(codePoint) << 3) | (charWidth(codePoint) << 1);
}

function joins(codePoint: number, previous: number): boolean {
	if (charWidth(codePoint) === 0) return true;
	const char = String.fromCodePoint(codePoint);
	if (previous === PREVIOUS.joiner) return PICTOGRAPH.test(char);
	if (previous === PREVIOUS.regional) return REGIONAL.test(char);
	return previous === PREVIOUS.emoji && MODIFIER.test(char);
}

function kindOf(codePoint: number): number {
	const char = String.fromCodePoint(codePoint);
	if (REGIONAL.test(char)) return PREVIOUS.regional;
	return PICTOGRAPH.test(char) ? PREVIOUS.emoji : PREVIOUS.plain;
}
