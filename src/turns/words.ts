/** Text as words, for comparing what was wrapped, indented or painted differently. */

export interface Word {
	readonly text: string;
	/** Offset of its first character in the text it was taken from. */
	readonly from: number;
}

export function wordsOf(text: string): readonly Word[] {
	const words: Word[] = [];
	for (const match of text.matchAll(/\S+/gu)) words.push({ text: match[0], from: match.index });
	return words;
}

/**
 * Letters and digits only. Equal skeletons mean the same prompt, however it was wrapped, and also where newer
 * versions echo it as rendered Markdown (the markers are gone from the echo).
 */
export function skeletonOf(text: string): string {
	const known = skeletons.get(text);
	if (known !== undefined) return known;
	const skeleton = text
		.normalize("NFC")
		.replace(FENCE, "")
		.replace(/[^\p{L}\p{N}\p{M}]+/gu, "");
	if (skeletons.size >= MAX_SKELETONS) skeletons.clear();
	skeletons.set(text, skeleton);
	return skeleton;
}

/** A fence of code with the name of its language: a rendered echo has neither. */
const FENCE = /^\s*(?:`{3,}|~{3,})[^`\n]*$/gmu;

/** Every frame compares the same few prompts. */
const MAX_SKELETONS = 500;
const skeletons = new Map<string, string>();

/** Skeletons of prompts made of signs alone (`?`, `...`) are empty: then the signs themselves have to agree. */
export function isSamePrompt(a: string, b: string): boolean {
	const skeleton = skeletonOf(a);
	if (skeleton !== skeletonOf(b)) return false;
	return skeleton !== "" || a.replace(/\s+/gu, "") === b.replace(/\s+/gu, "");
}

/** The same but for the length and kind of blanks. */
export function isWordForWord(a: string, b: string): boolean {
	const plain = (text: string) => text.normalize("NFC").replace(/\s+/gu, " ").trim();
	return plain(a) === plain(b);
}

/** Words that have to be common, and at least this share of the echo's and of the text's. */
const MIN_COMMON_WORDS = 3;
const MIN_ECHO_SHARE = 0.8;
const MIN_TEXT_SHARE = 0.6;
const MOST_COMPARED_WORDS = 300;

/** Whether the echo may be the text as rendered Markdown: nearly all its words are the text's, in their order. */
export function isRendering(text: string, echo: string): boolean {
	const [written, shown] = [plainWords(text), plainWords(echo)];
	const common = commonInOrder(written, shown);
	if (common < MIN_COMMON_WORDS || common < shown.length * MIN_ECHO_SHARE) return false;
	return common >= written.length * MIN_TEXT_SHARE;
}

function plainWords(text: string): readonly string[] {
	return (text.normalize("NFC").match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).slice(0, MOST_COMPARED_WORDS);
}

/** Length of the longest common subsequence. */
function commonInOrder(left: readonly string[], right: readonly string[]): number {
	let above = new Uint16Array(right.length + 1);
	let row = new Uint16Array(right.length + 1);
	for (const word of left) {
		for (let at = 0; at < right.length; at++) {
			const isSame = right[at] === word;
			row[at + 1] = isSame ? (above[at] ?? 0) + 1 : Math.max(above[at + 1] ?? 0, row[at] ?? 0);
		}
		[above, row] = [row, above];
	}
	return above[right.length] ?? 0;
}
