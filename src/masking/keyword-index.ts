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
	const rulesOf = new Map<string, number[]>();
	rules.forEach((rule, index) => {
		for (const word of rule.keywords) {
			const known = rulesOf.get(word);
			if (known === undefined) rulesOf.set(word, [index]);
			else known.push(index);
		}
	});
	const words = [...rulesOf.keys()];
	const table = createKeywordTable(words);
	const keywords: (Keyword | undefined)[] = words.map(() => undefined); // most of them never stand in a text
	const keywordAt = (index: number): Keyword => {
		const word = words[index] as string;
		const keyword = keywords[index] ?? keywordOf(word, rulesOf.get(word) ?? [], rules);
		keywords[index] = keyword;
		return keyword;
	};
	return {
		scan: (reading, onKeyword) =>
			table.scan(reading, (keyword, start) => onKeyword(keywordAt(keyword), start)),
	};
}

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
