/** Text as a list of words, so that what a terminal shows can be compared with what was written. Pure. */

/** Each sign of a script without spaces is a word of its own. */
const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[\p{L}\p{N}\p{M}]+/gu;
const WORD_OR_PICTURE = new RegExp(`${WORD.source}|(?![©®™])\\p{Extended_Pictographic}`, "gu");
const FENCE = /^\s*(```|~~~)\S*\s*$/gm;
const TABLE_RULE = /^[\s|:+-]+$/gm;
const BOX = /[│─┌┬┐├┼┤└┴┘╭╮╰╯║═|]/g;
const EMPHASIS = /\*\*|__|`/g;
const VARIATION = /[\uFE0E\uFE0F\u200D]|\p{Emoji_Modifier}/gu;

/** Whitespace counts as one blank, whatever its kind and length. Nothing else is forgiven. */
export function squeezed(text: string): string {
	return text
		.normalize("NFC")
		.replace(/[\s\u00A0]+/g, " ")
		.trim();
}

/** Words without the marks that Markdown and its rendering put around them. */
export function wordsOf(text: string): string[] {
	return bare(text).match(WORD) ?? [];
}

/** The same, with each picture as a word, whatever its presentation and the colour of its skin. */
export function wordsAndPicturesOf(text: string): string[] {
	return bare(text).replace(VARIATION, "").match(WORD_OR_PICTURE) ?? [];
}

function bare(text: string): string {
	return text
		.normalize("NFC")
		.replace(FENCE, " ")
		.replace(TABLE_RULE, " ")
		.replace(BOX, " ")
		.replace(EMPHASIS, "");
}

/** Length of the longest common subsequence: words that stand in both, in the same order. */
export function commonInOrder(left: readonly string[], right: readonly string[]): number {
	let above = new Uint32Array(right.length + 1);
	let row = new Uint32Array(right.length + 1);
	for (const word of left) {
		for (let column = 1; column <= right.length; column += 1) {
			const isSame = word === right[column - 1];
			row[column] = isSame
				? (above[column - 1] ?? 0) + 1
				: Math.max(above[column] ?? 0, row[column - 1] ?? 0);
		}
		[above, row] = [row, above];
	}
	return above[right.length] ?? 0;
}
