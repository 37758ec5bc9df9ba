/** How well two texts agree, whatever stands around their words: marks of Markdown, boxes, blanks. Pure. */

const WORD = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[\p{L}\p{N}\p{M}]+/gu;
/** Enough to know; longer texts are compared by their beginning. */
const COMPARED_CHARS = 100_000;

export function wordsOf(text: string): string[] {
	return text.slice(0, COMPARED_CHARS).normalize("NFC").toLowerCase().match(WORD) ?? [];
}

/** From 0, no word in common, to 1: the same words, each as often. */
export function agreement(left: readonly string[], right: readonly string[]): number {
	if (left.length === 0 && right.length === 0) return 1;
	return (2 * common(left, right)) / (left.length + right.length);
}

/** The share of the words of `part` that stand in `whole`. */
export function coverage(part: readonly string[], whole: readonly string[]): number {
	return part.length === 0 ? 0 : common(part, whole) / part.length;
}

function common(left: readonly string[], right: readonly string[]): number {
	const counts = new Map<string, number>();
	for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1);
	let found = 0;
	for (const word of right) {
		const count = counts.get(word) ?? 0;
		if (count === 0) continue;
		counts.set(word, count - 1);
		found += 1;
	}
	return found;
}

/** Blanks count as one, whatever their kind and number. */
export function squeezed(text: string): string {
	return text.normalize("NFC").replace(/\s+/gu, " ").trim();
}
