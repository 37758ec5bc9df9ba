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
