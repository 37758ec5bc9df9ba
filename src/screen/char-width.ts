/**
 * How many columns a character takes, as Claude Code reckons it: East Asian wide and emoji are two, marks join the
 * character before. Emulators' built-in tables predate emoji and would shift every row that has one.
 */
import { eastAsianWidth } from "get-east-asian-width";

const ZERO_WIDTH_JOINER = 0x200d;
const VARIATION_SELECTOR_16 = 0xfe0f;
const FIRST_NON_ASCII = 0x80;
const CODE_POINTS = 0x110000;

/** Character kinds carried from one character to the next: what the previous one does to this one. */
const PREVIOUS = { plain: 0, joiner: 1, regional: 2, emoji: 3 } as const;

const MARK = /^[\p{Mn}\p{Me}\p{Cf}\u200b-\u200f]$/u;
const EMOJI = /^\p{Emoji_Presentation}$/u;
const PICTOGRAPH = /^\p{Extended_Pictographic}$/u;
const MODIFIER = /^\p{Emoji_Modifier}$/u;
const REGIONAL = /^\p{Regional_Indicator}$/u;

/** What is known of a code point, one byte each: 0 until it is asked for. */
const KNOWN = 1;
const WIDTH_SHIFT = 1;
const IS_PICTOGRAPH = 8;
const IS_MODIFIER = 16;
const IS_REGIONAL = 32;

/** Every code point that was ever asked for, once: a page of it costs memory only when it is used. */
const facts = new Uint8Array(CODE_POINTS);

export function charWidth(codePoint: number): 0 | 1 | 2 {
	return asWidth((factsOf(codePoint) >> WIDTH_SHIFT) & 3);
}

/**
 * What a character does after another: kind << 3 | width << 1 | 1 if it joins the one before. `preceding` is this for
 * the character before, 0 where there is none; the width is then that of the two together.
 */
export function charProperties(codePoint: number, preceding: number): number {
	if (codePoint < FIRST_NON_ASCII) return PLAIN_PROPERTIES;
	const known = factsOf(codePoint);
	const previous = preceding >> 3;
	if (preceding === 0 || !joins(known, previous)) {
		return (kindOf(known) << 3) | (((known >> WIDTH_SHIFT) & 3) << 1);
	}
	const widens = codePoint === VARIATION_SELECTOR_16 && previous === PREVIOUS.emoji;
	const kind = codePoint === ZERO_WIDTH_JOINER ? PREVIOUS.joiner : PREVIOUS.plain;
	return (kind << 3) | ((widens ? 2 : (preceding >> 1) & 3) << 1) | 1;
}

function factsOf(codePoint: number): number {
	const known = facts[codePoint] ?? 0;
	if (known !== 0) return known;
	const computed = computeFacts(codePoint);
	facts[codePoint] = computed;
	return computed;
}

/** Of every character of ASCII that is printed. */
export const PLAIN_PROPERTIES = 1 << 1;

function joins(known: number, previous: number): boolean {
	if (((known >> WIDTH_SHIFT) & 3) === 0) return true;
	if (previous === PREVIOUS.joiner) return (known & IS_PICTOGRAPH) !== 0;
	if (previous === PREVIOUS.regional) return (known & IS_REGIONAL) !== 0;
	return previous === PREVIOUS.emoji && (known & IS_MODIFIER) !== 0;
}

function kindOf(known: number): number {
	if ((known & IS_REGIONAL) !== 0) return PREVIOUS.regional;
	return (known & IS_PICTOGRAPH) !== 0 ? PREVIOUS.emoji : PREVIOUS.plain;
}

function computeFacts(codePoint: number): number {
	const char = String.fromCodePoint(codePoint);
	return (
		KNOWN |
		(computeWidth(codePoint, char) << WIDTH_SHIFT) |
		(PICTOGRAPH.test(char) ? IS_PICTOGRAPH : 0) |
		(MODIFIER.test(char) ? IS_MODIFIER : 0) |
		(REGIONAL.test(char) ? IS_REGIONAL : 0)
	);
}

function computeWidth(codePoint: number, char: string): 0 | 1 | 2 {
	if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) return 0;
	if (codePoint < 0x300) return 1;
	if (MARK.test(char)) return 0;
	if (EMOJI.test(char)) return 2;
	return eastAsianWidth(codePoint) === 2 ? 2 : 1;
}

function asWidth(width: number): 0 | 1 | 2 {
	return width === 2 ? 2 : width === 1 ? 1 : 0;
}
