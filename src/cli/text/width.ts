/** How many columns a text takes on a terminal. Pure. */

import { once } from "../../core/once.ts";

/** Its tables take longer to load than a list of sessions takes to print; most texts do without. */
const segmenter = once(() => new Intl.Segmenter(undefined, { granularity: "grapheme" }));

/** East Asian Wide and Fullwidth blocks, as ranges of code points (Unicode Standard Annex 11), emoji apart. */
const WIDE_RANGES: readonly (readonly [first: number, last: number])[] = [
	[0x1100, 0x115f],
	[0x2e80, 0x303e],
	[0x3041, 0x33ff],
	[0x3400, 0x4dbf],
	[0x4e00, 0x9fff],
	[0xa000, 0xa4cf],
	[0xa960, 0xa97f],
	[0xac00, 0xd7a3],
	[0xf900, 0xfaff],
	[0xfe10, 0xfe19],
	[0xfe30, 0xfe6f],
	[0xff00, 0xff60],
	[0xffe0, 0xffe6],
	[0x16fe0, 0x18dff],
	[0x1aff0, 0x1b2ff],
	[0x20000, 0x3fffd],
];
/** A column for each of them, whatever stands beside it: ASCII, the letters of Latin scripts, dashes, quotes, the ellipsis. */
export const ONE_COLUMN_EACH = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027]*$/;
const TAKES_NO_COLUMN = /^[\p{Cc}\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}]+$/u;
const EMOJI = /^(\p{Emoji_Presentation}|\p{Emoji}\ufe0f)/u;

export function displayWidth(text: string): number {
	if (ONE_COLUMN_EACH.test(text)) return text.length;
	let width = 0;
	for (const grapheme of graphemes(text)) width += graphemeWidth(grapheme);
	return width;
}

/** The segmenter's time grows with the square of what it is given: it gets a long text in pieces. */
const PIECE_CHARS = 512;
const HIGH_SURROGATE = /[\ud800-\udbff]/;

export function graphemes(text: string): string[] {
	if (ONE_COLUMN_EACH.test(text)) return Array.from(text);
	const all: string[] = [];
	for (let from = 0; from < text.length; ) {
		const isHalf = HIGH_SURROGATE.test(text[from + PIECE_CHARS - 1] ?? "");
		const to = Math.min(from + PIECE_CHARS - (isHalf ? 1 : 0), text.length);
		const found = Array.from(segmenter().segment(text.slice(from, to)), ({ segment }) => segment);
		// The last one of a piece may go on in the next.
		if (to < text.length && found.length > 1) found.pop();
		for (const grapheme of found) {
			all.push(grapheme);
			from += grapheme.length;
		}
	}
	return all;
}

export function graphemeWidth(grapheme: string): number {
	if (TAKES_NO_COLUMN.test(grapheme)) return 0;
	if (EMOJI.test(grapheme)) return 2;
	const point = grapheme.codePointAt(0) ?? 0;
	return WIDE_RANGES.some(([first, last]) => point >= first && point <= last) ? 2 : 1;
}
