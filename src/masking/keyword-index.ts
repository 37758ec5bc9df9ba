/** Which rules a keyword calls for, laid out so that a hit costs a lookup. */
import type { SecretRule } from "../patterns/secret-rule.ts";
import { createKeywordAutomaton } from "./keyword-automaton.ts";

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
	scan(text: string, onKeyword: (keyword: Keyword, start: number) => void): void;
}

/** The automaton knows beginnings this long; the few places where one stands are compared whole. So its table stays small. */
const BEGINNING = 4;

export function keywordIndex(rules: readonly SecretRule[]): KeywordIndex {
	const words = [...new Set(rules.flatMap((rule) => rule.keywords))];
	const rulesOf = new Map<string, number[]>(words.map((word) => [word, []]));
	rules.forEach((rule, index) => {
		for (const word of rule.keywords) rulesOf.get(word)?.push(index);
	});
	const byBeginning = new Map<string, Keyword[]>();
	for (const word of words) {
		const keyword = keywordOf(word, rulesOf.get(word) ?? [], rules);
		const beginning = keyword.text.slice(0, BEGINNING);
		const others = byBeginning.get(beginning);
		if (others === undefined) byBeginning.set(beginning, [keyword]);
		else others.push(keyword);
	}
	const beginnings = [...byBeginning.keys()];
	const keywords = [...byBeginning.values()];
	const automaton = createKeywordAutomaton(beginnings);
	return {
		scan(text, onKeyword) {
			automaton.scan(text, 0, text.length, (beginning, end) => {
				for (const keyword of keywords[beginning] as readonly Keyword[]) {
					const start = end - Math.min(BEGINNING, keyword.text.length);
					if (stands(keyword, text, start, end)) onKeyword(keyword, start);
				}
			});
		},
	};
}

/** Whether the keyword stands at `start`, given that its beginning does, up to `known`. */
function stands({ text: keyword, exact }: Keyword, text: string, start: number, known: number): boolean {
	if (exact !== undefined) return text.startsWith(exact, start);
	for (let i = known - start; i < keyword.length; i += 1) {
		if (SMALL[text.charCodeAt(start + i)] !== keyword.charCodeAt(i)) return false;
	}
	return true;
}

/** Capitals of ASCII as small letters; 0, which no keyword holds, for what is not ASCII. */
const SMALL = smallLetters();

function smallLetters(): Uint8Array {
	const table = new Uint8Array(65_536);
	for (let code = 0; code < 128; code += 1) table[code] = code >= 65 && code <= 90 ? code + 32 : code;
	return table;
}

function keywordOf(word: string, indexes: readonly number[], rules: readonly SecretRule[]): Keyword {
	const isAt = (index: number) => rules[index]?.matcher.at !== undefined;
	const startsToken = (index: number) => rules[index]?.startsToken === true;
	const small = word.toLowerCase();
	return {
		text: small,
		exact: word === small ? undefined : word,
		atToken: indexes.filter((index) => isAt(index) && startsToken(index)),
		anywhere: indexes.filter((index) => isAt(index) && !startsToken(index)),
		windowed: indexes.filter((index) => !isAt(index)),
	};
}

/** False behind a letter or a figure, unless these may end an escape: `\n`, `%0A`. The rule itself looks closer. */
export function mayStartToken(text: string, start: number): boolean {
	if (start === 0 || !isAlphanumeric(text.charCodeAt(start - 1))) return true;
	return text[start - 2] === "\\" || text[start - 3] === "%";
}

function isAlphanumeric(code: number): boolean {
	return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}
