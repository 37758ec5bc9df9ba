/** What the index is asked, in FTS5's language; nothing the user typed can act as syntax. Pure but for the words there are. */
import type { Phrase } from "../words.ts";
import type { SearchTerms } from "./search-terms.ts";

export interface SearchQuery {
	/** All of it, as the index itself takes beginnings. */
	readonly native: string;
	/** All of it by whole words: the newest places come at once. */
	readonly byWords: string;
	/** How many words that is. */
	readonly words: number;
	/** Each phrase of it. */
	readonly phrases: readonly string[];
	/** A last word that more words begin with than are asked for. */
	readonly open: OpenWord | undefined;
}

export interface OpenWord {
	readonly phrase: Phrase;
	/** The query without it; undefined: there is nothing else. */
	readonly rest: string | undefined;
}

export function searchQuery(phrases: readonly Phrase[], terms: SearchTerms): SearchQuery {
	const last = phrases.at(-1);
	const fixed = phrases.slice(0, -1).map(({ words }) => quoted(words));
	if (last === undefined) return { native: '""', byWords: '""', words: 0, phrases: [], open: undefined };
	const { byWords, isComplete, choices } = lastPhrase(last, terms);
	const all = [...fixed, byWords];
	const rest = fixed.length === 0 ? undefined : fixed.join(" AND ");
	return {
		native: [...fixed, `${quoted(last.words)}${last.isPrefix ? " *" : ""}`].join(" AND "),
		byWords: all.join(" AND "),
		words: fixed.length + choices,
		phrases: all,
		open: isComplete ? undefined : { phrase: last, rest },
	};
}

function lastPhrase({ words, isPrefix }: Phrase, terms: SearchTerms) {
	if (!isPrefix) return { byWords: quoted(words), isComplete: true, choices: 1 };
	const found = terms.beginningWith(words.at(-1) ?? "");
	const choices = found.terms.map((term) => quoted([...words.slice(0, -1), term]));
	// Of a word that nobody wrote there is nothing to find: asking for it finds that out.
	const byWords = choices.length === 0 ? quoted(words) : `(${choices.join(" OR ")})`;
	return { byWords, isComplete: found.isComplete, choices: Math.max(1, choices.length) };
}

function quoted(words: readonly string[]): string {
	return `"${words.join(" ")}"`;
}
