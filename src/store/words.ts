/**
 * How text becomes searchable words, the same way when it is indexed and when it is asked for. Pure.
 *
 * A word is a run of letters and digits, folded to lower case without accents; in scripts written without blanks
 * every character is a word of its own, so that any part of a sentence is found as a phrase.
 *
 * The index keeps no copy of the text: taking a text out means folding it again to the very same words. Changing
 * anything here therefore needs a migration that rebuilds the index.
 */

export interface Word {
	readonly folded: string;
	readonly start: number;
	readonly end: number;
}

/** What was asked: words that must follow one another. */
export interface Phrase {
	readonly words: readonly string[];
	/** The last word may also be the beginning of a longer one. */
	readonly isPrefix: boolean;
}

/** Longer runs are encoded data, not words; their beginning is enough to find them. */
const MAX_WORD_CHARS = 64;

/** Beyond this a text is a dump, and indexing it again with each save would cost more than it finds. */
export const MAX_INDEXED_CHARS = 1_000_000;

const UNSPACED =
	"\\p{scx=Hani}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}";
const WORD = new RegExp(`(?=\\p{L})[${UNSPACED}]|(?:(?!(?=\\p{L})[${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+`, "gu");
const ASCII = /^[\x00-\x7f]*$/;
const ASCII_WORD = /[a-z0-9]+/gi;

export function wordsOf(text: string): Word[] {
	const bounded = text.length > MAX_INDEXED_CHARS ? text.slice(0, MAX_INDEXED_CHARS) : text;
	const pattern = ASCII.test(bounded) ? ASCII_WORD : WORD;
	const words: Word[] = [];
	for (const match of bounded.matchAll(pattern)) {
		const folded = fold(match[0]);
		if (folded !== "") words.push({ folded, start: match.index, end: match.index + match[0].length });
	}
	return words;
}

/** Plain text whose words the index's own tokenizer finds as `wordsOf` does: runs of letters and digits, none too long. */
const PLAIN = /^[\x01-\x7f]*$/;

/** The words of a text, as the index wants them. */
export function indexText(text: string | null): string {
	if (text === null) return "";
	if (text.length <= MAX_INDEXED_CHARS && PLAIN.test(text) && !hasLongWord(text)) return text;
	return wordsOf(text)
		.map((word) => word.folded)
		.join(" ");
}

/** Of a plain text. A run that is too long covers at least one of the places that are looked at. */
function hasLongWord(text: string): boolean {
	const isWord = (at: number) => isAlphanumeric(text.charCodeAt(at));
	for (let at = MAX_WORD_CHARS; at < text.length; at += MAX_WORD_CHARS + 1) {
		if (!isWord(at)) continue;
		let [start, end] = [at, at + 1];
		while (start > 0 && at - start <= MAX_WORD_CHARS && isWord(start - 1)) start -= 1;
		while (end - start <= MAX_WORD_CHARS && isWord(end)) end += 1;
		if (end - start > MAX_WORD_CHARS) return true;
	}
	return false;
}

function isAlphanumeric(code: number): boolean {
	const letter = code | 0x20;
	return (letter >= 0x61 && letter <= 0x7a) || (code >= 0x30 && code <= 0x39);
}

/** One phrase for each word the user gave; what holds no letter or digit asks for nothing. */
export function phrasesOf(asked: readonly string[]): Phrase[] {
	const phrases = asked
		.map((word) => wordsOf(word).map((found) => found.folded))
		.filter((words) => words.length > 0);
	return phrases.map((words, index) => ({ words, isPrefix: index === phrases.length - 1 }));
}

function fold(word: string): string {
	const bare = ASCII.test(word) ? word : word.normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "");
	return bare.toLowerCase().slice(0, MAX_WORD_CHARS).toWellFormed();
}
