/** Text as words, for comparing what was wrapped, indented or painted differently. */
import { codeAt } from "../core/characters.ts";

/**
 * Words as numbers of 53 bits, made from their characters, and where each begins. Two words of one number are taken for the
 * same: by chance that happens once in some 10^15 pairs, and text is compared by runs of several.
 */
export interface Words {
	readonly keys: readonly number[];
	/** Offsets of their first characters in the text. */
	readonly froms: readonly number[];
}

/**
 * Runs of characters that are no blanks; at most `most` of them, from the first on. Lines of tables and boxes are no words:
 * a window of another width draws others.
 */
export function wordsOf(text: string, most = Number.POSITIVE_INFINITY): Words {
	const keys: number[] = [];
	const froms: number[] = [];
	const { length } = text;
	for (let at = 0; at < length && keys.length < most; at++) {
		let code = codeAt(text, at);
		if (isBlankCode(code)) continue;
		const from = at;
		let high = HIGH;
		let low = LOW;
		let isDrawn = true;
		while (!isBlankCode(code)) {
			high = Math.imul(high ^ code, 0x01000193);
			low = Math.imul(low ^ code, 0x85ebca6b);
			low ^= low >>> 13;
			isDrawn &&= isDrawing(code);
			at++;
			if (at === length) break;
			code = codeAt(text, at);
		}
		if (isDrawn) continue;
		froms.push(from);
		keys.push(keyOf(high, low));
	}
	return { keys, froms };
}

/** The key of the word that begins here. */
export function keyAt(text: string, from: number): number {
	const { length } = text;
	let [high, low] = [HIGH, LOW];
	for (let at = from; at < length; at++) {
		const code = codeAt(text, at);
		if (isBlankCode(code)) break;
		high = Math.imul(high ^ code, 0x01000193);
		low = Math.imul(low ^ code, 0x85ebca6b);
		low ^= low >>> 13;
	}
	return keyOf(high, low);
}

const HIGH = 0x811c9dc5;
const LOW = 0x9e3779b9;

/** A sign that lines are drawn with: what consists of nothing else is no word. */
export function isDrawing(code: number): boolean {
	return code >= 0x2500 && code <= 0x257f;
}

/** What `\s` means in a regular expression. */
export function isBlankCode(code: number): boolean {
	if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
	if (code < 0x1680) return code === 0xa0;
	return code === 0x1680 || (code >= 0x2000 && code <= 0x200a) || OTHER_BLANKS.includes(code);
}

const OTHER_BLANKS: readonly number[] = [0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff];

/** Two hashes of 32 bits side by side, as many bits of them as a number holds exactly. */
function keyOf(high: number, low: number): number {
	return (high >>> 0) * 0x200000 + (low >>> 11);
}

/**
 * Letters and digits only. Equal skeletons mean the same prompt, however it was wrapped, and also where newer
 * versions echo it as rendered Markdown (the markers are gone from the echo).
 */
export function skeletonOf(text: string): string {
	const known = skeletons.get(text);
	if (known !== undefined) return known;
	const skeleton = lettersOf(text);
	if (skeletons.size >= MAX_SKELETONS) skeletons.clear();
	skeletons.set(text, skeleton);
	return skeleton;
}

/** A fence of code with the name of its language: a rendered echo has neither. */
const FENCE = /^\s*(?:`{3,}|~{3,})[^`\n]*$/gmu;

/** The same, not remembered. */
export function lettersOf(text: string): string {
	const whole = text.normalize("NFC");
	const unfenced = whole.includes("```") || whole.includes("~~~") ? whole.replace(FENCE, "") : whole;
	return unfenced.replace(/[^\p{L}\p{N}\p{M}]+/gu, "");
}

/** Every frame compares the same few prompts. */
const MAX_SKELETONS = 500;
const skeletons = new Map<string, string>();

/** Skeletons of prompts made of signs alone (`?`, `...`) are empty: then the signs themselves have to agree. */
export function isSamePrompt(a: string, b: string): boolean {
	if (!mayBeSamePrompt(a, b)) return false;
	const skeleton = skeletonOf(a);
	if (skeleton !== skeletonOf(b)) return false;
	return skeleton !== "" || a.replace(/\s+/gu, "") === b.replace(/\s+/gu, "");
}

/** Most prompts are compared with one half typed: the last letter tells that they are not the same. */
export function mayBeSamePrompt(a: string, b: string): boolean {
	const [left, right] = [lastLetter(a), lastLetter(b)];
	return left === right || left === UNKNOWN || right === UNKNOWN;
}

/** Whether the skeleton of the text may end a skeleton. */
export function mayEnd(skeleton: string, text: string): boolean {
	const last = lastLetter(text);
	return last === UNKNOWN || (skeleton !== "" && codeAt(skeleton, skeleton.length - 1) === last);
}

const UNKNOWN = -1;

/** The last character that a skeleton keeps, where nothing but ASCII is passed on the way to it. */
function lastLetter(text: string): number {
	for (let at = text.length - 1; at >= 0; at--) {
		const code = codeAt(text, at);
		if (code >= 0x80) return UNKNOWN;
		// A fence of code is left out, and the word in it.
		if (isLetterOrDigit(code)) return text.includes("`") || text.includes("~") ? UNKNOWN : code;
	}
	return UNKNOWN;
}

function isLetterOrDigit(code: number): boolean {
	const letter = code | 0x20;
	return (code >= 0x30 && code <= 0x39) || (letter >= 0x61 && letter <= 0x7a);
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
