/** Which rules a keyword calls for, laid out so that a hit costs a lookup. */
import type { SecretRule } from "../patterns/secret-rule.ts";
import { createKeywordTable } from "./keyword-table.ts";
import type { Reading } from "./reading.ts";

export interface Keyword {
	/** In small letters. */
	readonly text: string;
	/** Set when only this spelling counts. */
	readonly exact: string | undefined;
	/** Rules that start at the keyword, and only where a token starts. */
	readonly atToken: readonly number[];
	/** Rules that start at the keyword, wherever it stands. */
	readonly anywhere: readonly number[];
	/** Rules to be searched for around the keyword. */
	readonly windowed: readonly number[];
}

export interface KeywordIndex {
	/** Calls back for every keyword that stands in the text, with its offset. */
	scan(reading: Reading, onKeyword: (keyword: Keyword, start: number) => void): void;
}

export function keywordIndex(rules: readonly SecretRule[]): KeywordIndex {
	const { words, rulesOf } = collectWords(rules);
	const table = createKeywordTable(words);
	const keywords: (Keyword | undefined)[] = new Array(words.length).fill(undefined); // most of them never stand in a text
	const keywordAt = (index: number): Keyword => {
		const keyword = keywords[index] ?? keywordOf(words[index] as string, rulesOf(index), rules);
		keywords[index] = keyword;
		return keyword;
	};
	return {
		scan: (reading, onKeyword) =>
			table.scan(reading, (keyword, start) => onKeyword(keywordAt(keyword), start)),
	};
}

interface Words {
	readonly words: readonly string[];
	/** Which rules have the word of that index, in their order. */
	readonly rulesOf: (word: number) => number[];
}

/** Each word once. A start makes this of thousands: lists of numbers in two arrays, not one array a word. */
function collectWords(rules: readonly SecretRule[]): Words {
	const words: string[] = [];
	const indexes = new Map<string, number>();
	/** By entry, one for each word of each rule: its rule, and the next entry of the same word. */
	const entries = rules.reduce((count, { keywords }) => count + keywords.length, 0);
	const [ruleOf, next] = [new Int32Array(entries), new Int32Array(entries).fill(NO_ENTRY)];
	/** By word: its first entry and its last one. */
	const [firsts, lasts] = [new Int32Array(entries), new Int32Array(entries)];
	let entry = 0;
	for (let rule = 0; rule < rules.length; rule += 1) {
		for (const word of (rules[rule] as SecretRule).keywords) {
			const known = indexes.get(word);
			if (known === undefined) {
				indexes.set(word, words.length);
				firsts[words.length] = lasts[words.length] = entry;
				words.push(word);
			} else {
				next[lasts[known] as number] = entry;
				lasts[known] = entry;
			}
			ruleOf[entry] = rule;
			entry += 1;
		}
	}
	const rulesOf = (word: number): number[] => {
		const found: number[] = [];
		for (let at = firsts[word] as number; at !== NO_ENTRY; at = next[at] as number)
			found.push(ruleOf[at] as number);
		return found;
	};
	return { words, rulesOf };
}

const NO_ENTRY = -1;

function keywordOf(word: string, indexes: readonly number[], rules: readonly SecretRule[]): Keyword {
	const [atToken, anywhere, windowed]: [number[], number[], number[]] = [[], [], []];
	for (const index of indexes) {
		const rule = rules[index];
		if (rule?.matcher.at === undefined) windowed.push(index);
		else if (rule.startsToken === true) atToken.push(index);
		else anywhere.push(index);
	}
	const small = word.toLowerCase();
	return { text: small, exact: word === small ? undefined : word, atToken, anywhere, windowed };
}

/** False behind a letter or a figure, unless these may end an escape: `\n`, `%0A`. The rule itself looks closer. */
export function mayStartToken(text: string, start: number): boolean {
	if (start === 0 || !isAlphanumeric(text.charCodeAt(start - 1))) return true;
	return text[start - 2] === "\\" || text[start - 3] === "%";
}

function isAlphanumeric(code: number): boolean {
	return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}
