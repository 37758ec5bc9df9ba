/** The words of the index that begin like a given one. */
import type Database from "better-sqlite3";
import { wordsOf } from "../words.ts";

/** Of so many words each is asked for; of more, the most frequent ones. */
const MOST_TERMS = 100;
const FREQUENT_TERMS = 20;
/** A word with more places than this is one of the frequent ones. */
const FREQUENT = 3000;
/** No character of an indexed word comes before it. */
const FIRST_CHARACTER = "0";
/** No character comes after it. */
const LAST_CHARACTER = "\u{10ffff}";

/** Of texts that are looked at to learn which words are frequent. */
const SAMPLED_ITEMS = 400;
const SAMPLED_CHARS = 1500;

export interface Beginning {
	readonly terms: readonly string[];
	/** False: there are more; these are the most frequent. */
	readonly isComplete: boolean;
}

export interface SearchTerms {
	beginningWith(word: string): Beginning;
}

/**
 * The index merges all places of all words that share a beginning before it gives the first of them: at millions of
 * items that takes seconds. Asked for by their whole words, the newest places come first and the rest need not be read.
 */
export function createSearchTerms(db: Database.Database): SearchTerms {
	const next = createNext(db);
	const isFrequent = createIsFrequent(db);
	let sample: ReadonlyMap<string, number> | undefined;
	return {
		beginningWith: (word) => {
			const terms: string[] = [];
			// Passing over such a word to the next one would read all its places.
			if (isFrequent(word)) {
				sample ??= sampleWords(db);
				return { terms: frequentOf(word, sample, []), isComplete: false };
			}
			const last = word + LAST_CHARACTER;
			for (let at = next(word, last); at !== undefined; at = next(at + FIRST_CHARACTER, last)) {
				if (terms.length === MOST_TERMS) {
					sample ??= sampleWords(db);
					return { terms: frequentOf(word, sample, terms), isComplete: false };
				}
				terms.push(at);
			}
			return { terms, isComplete: true };
		},
	};
}

/** The first word from one on, up to another. A table over the index's own words, in memory; nothing is copied. */
function createNext(db: Database.Database): (from: string, to: string) => string | undefined {
	db.exec(
		"CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_terms USING fts5vocab('main', 'search', 'instance')",
	);
	const statement = db
		.prepare<[string, string], string>(
			"SELECT term FROM temp.search_terms WHERE term >= ? AND term <= ? LIMIT 1",
		)
		.pluck(true);
	return (from, to) => statement.get(from, to);
}

function createIsFrequent(db: Database.Database): (word: string) => boolean {
	const count = db
		.prepare<[string], number>(
			`SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ${FREQUENT + 1})`,
		)
		.pluck(true);
	return (word) => (count.get(`"${word}"`) ?? 0) > FREQUENT;
}

/** The word itself, those that the sample knows, and where those are few, whichever there are. */
function frequentOf(
	word: string,
	sample: ReadonlyMap<string, number>,
	others: readonly string[],
): readonly string[] {
	const frequent = [...sample]
		.filter(([term]) => term.startsWith(word))
		.sort(([, many], [, few]) => few - many)
		.map(([term]) => term);
	return [...new Set([word, ...frequent, ...others])].slice(0, FREQUENT_TERMS);
}

/** How often words stand in texts from all over the store. */
function sampleWords(db: Database.Database): ReadonlyMap<string, number> {
	const newest = Number(db.prepare("SELECT max(key) FROM items").pluck().get() ?? 0);
	const read = db
		.prepare<[number], string>(
			`SELECT concat_ws(' ', substr(body, 1, ${SAMPLED_CHARS}), substr(input, 1, ${SAMPLED_CHARS}), substr(output, 1, ${SAMPLED_CHARS}))
			FROM items WHERE key >= ? ORDER BY key LIMIT 1`,
		)
		.pluck(true);
	const counts = new Map<string, number>();
	for (let n = 0; n < SAMPLED_ITEMS; n += 1) {
		const text = read.get(Math.floor((newest * n) / SAMPLED_ITEMS)) ?? "";
		for (const { folded } of wordsOf(text)) counts.set(folded, (counts.get(folded) ?? 0) + 1);
	}
	return counts;
}
