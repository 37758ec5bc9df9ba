/** What the index is asked, in FTS5's language; nothing the user typed can act as syntax. Pure but for the words there are. */
import type { Phrase } from "../words.ts";
import type { SearchTerms } from "./search-terms.ts";

export interface SearchQuery {
	readonly phrases: readonly SearchPhrase[];
	/** All of it, as the index itself takes beginnings. */
	readonly native: string;
	/** All of it, by whole words: the newest places come at once. */
	readonly byWords: string;
}

export interface SearchPhrase {
	readonly byWords: string;
	/** False: not every word that begins like its last one is asked for. */
	readonly isComplete: boolean;
}

export function searchQuery(phrases: readonly Phrase[], terms: SearchTerms): SearchQuery {
	const planned = phrases.map((phrase) => planPhrase(phrase, terms));
	return {
		phrases: planned,
		native: phrases.map((phrase) => `${quoted(phrase.words)}${phrase.isPrefix ? " *" : ""}`).join(" AND "),
		byWords: planned.map(({ byWords }) => byWords).join(" AND "),
	};
}

function planPhrase({ words, isPrefix }: Phrase, terms: SearchTerms): SearchPhrase {
	const last = words.at(-1);
	if (!isPrefix || last === undefined) return { byWords: quoted(words), isComplete: true };
	const found = terms.beginningWith(last);
	const before = words.slice(0, -1);
	const choices = found.terms.map((term) => quoted([...before, term]));
	// Of a word that nobody wrote there is nothing to find; asking for it finds that out.
	return {
		byWords: choices.length === 0 ? quoted(words) : `(${choices.join(" OR ")})`,
		isComplete: found.isComplete,
	};
}

function quoted(words: readonly string[]): string {
	return `"${words.join(" ")}"`;
}
