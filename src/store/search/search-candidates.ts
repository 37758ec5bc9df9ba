/** The places that are ranked: all, where they are few; of very many the newest. */
import type Database from "better-sqlite3";
import type { Phrase } from "../words.ts";
import type { SearchQuery } from "./search-query.ts";
import { itemRanges, type Place, type SearchScope } from "./search-scope.ts";
import { holdsPhrase } from "./text-match.ts";

/** No more places than this: all of them are ranked. */
const FEW = 3000;
/** Of more than few the newest of these are. */
const MOST_CANDIDATES = 1000;
/** The same where only some sessions are searched: to tell that of a place takes longer. */
const MOST_IN_SCOPE = 250;
/** Places that are looked at for it, where only some sessions are searched. */
const MOST_LOOKED_AT = 15_000;
/** Of which session each of these places is, has to be looked up. */
const MOST_LOOKED_UP = 9_000;
/** Fewer sessions than this are known by the stretches of keys in which their items lie. */
const FEW_SESSIONS = 300;
/** Stretches that are searched one after the other, for one word. */
const MOST_STRETCHES = 240;
/** No more texts than this are read to see whether a word in them begins as asked. */
const MOST_READ = 300;

export interface Candidates {
	/** The newest first. */
	readonly places: readonly Place[];
	/** All that fit are among them. */
	readonly isComplete: boolean;
}

export interface Asked {
	readonly query: SearchQuery;
	readonly scope: SearchScope;
}

export function findCandidates(db: Database.Database, { query, scope }: Asked): Candidates {
	if (scope.sessions?.size === 0) return { places: [], isComplete: true };
	const find = createFind(db);
	const checked =
		query.open?.rest === undefined
			? undefined
			: readCandidates(db, query.open.rest, query.open.phrase, { find, scope });
	if (checked !== undefined) return checked;
	// An open word stands in very many places: asking for more of them than are ranked only takes time.
	const few = query.open === undefined ? FEW : MOST_CANDIDATES;
	const newest = find(query.byWords, EVERYTHING, few + 1);
	// Very many words, each of them seldom: then the index has few places to merge.
	if (query.open !== undefined && newest.length <= few)
		return findCandidates(db, { query: { ...query, byWords: query.native, open: undefined }, scope });
	const isFew = newest.length <= few;
	if (isFew || scope.sessions === undefined) {
		const places = scope.placesOf(isFew ? newest : newest.slice(0, MOST_CANDIDATES));
		return { places, isComplete: isFew && query.open === undefined };
	}
	return scope.sessions.size <= FEW_SESSIONS
		? inStretches(query, { find, scope, ranges: [...itemRanges(db, scope.sessions)] })
		: inBatches(query, newest, { find, scope });
}

/** Keys of items, both ends inclusive. */
type Range = readonly [least: number, greatest: number];
const EVERYTHING: Range = [0, 2 ** 52];

/** Keys that match, in a range, the newest first. */
type Find = (match: string, range: Range, limit: number) => number[];

function createFind(db: Database.Database): Find {
	// The cast matters: the index does not seek by what comes as a floating point number, as every number here does.
	const statement = db
		.prepare<[string, number, number, number], number>(
			`SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)
			ORDER BY rowid DESC LIMIT ?`,
		)
		.pluck(true);
	return (match, [least, greatest], limit) => statement.all(match, least, greatest, limit);
}

interface Tools {
	readonly find: Find;
	readonly scope: SearchScope;
}

/** The other words stand in few places: whether the open one does too, their texts tell. */
function readCandidates(
	db: Database.Database,
	rest: string,
	phrase: Phrase,
	{ find, scope }: Tools,
): Candidates | undefined {
	const keys = find(rest, EVERYTHING, MOST_READ + 1);
	if (keys.length > MOST_READ) return undefined;
	const holds = holdsPhrase(db, phrase);
	return { places: scope.placesOf(keys.filter(holds)), isComplete: true };
}

/** Two stretches may overlap: what belongs to another session is left out by the scope. */
function inStretches(
	query: SearchQuery,
	{ find, scope, ranges }: Tools & { readonly ranges: readonly Range[] },
): Candidates {
	const newest = find(query.byWords, EVERYTHING, MOST_LOOKED_AT);
	const found = new Map<number, Place>();
	const add = (keys: readonly number[]) => {
		for (const place of scope.placesOf(keys)) found.set(place.key, place);
	};
	add(keysInside(newest, ranges));
	if (newest.length < MOST_LOOKED_AT)
		return { places: newestFirst(found), isComplete: query.open === undefined };
	const [least = 0] = newest.slice(-1);
	const older = ranges.filter(([from]) => from < least);
	const searched = older.slice(0, Math.ceil(MOST_STRETCHES / query.words));
	for (const [from, to] of searched) {
		if (found.size >= MOST_IN_SCOPE) return { places: newestFirst(found), isComplete: false };
		add(find(query.byWords, [from, Math.min(to, least - 1)], MOST_CANDIDATES));
	}
	return {
		places: newestFirst(found),
		isComplete: searched.length === older.length && query.open === undefined,
	};
}

/** Both are in order, the newest first. */
function keysInside(keys: readonly number[], ranges: readonly Range[]): number[] {
	const ordered = [...ranges].sort(([, a], [, b]) => b - a);
	let at = 0;
	let least = Number.POSITIVE_INFINITY;
	return keys.filter((key) => {
		for (let next = ordered[at]; next !== undefined && next[1] >= key; next = ordered[at]) {
			least = Math.min(least, next[0]);
			at += 1;
		}
		return key >= least;
	});
}

function newestFirst(found: ReadonlyMap<number, Place>): Place[] {
	return [...found.values()].sort((a, b) => b.key - a.key);
}

function inBatches(query: SearchQuery, newest: readonly number[], { find, scope }: Tools): Candidates {
	const places: Place[] = [];
	let batch = newest;
	for (let lookedAt = 0; lookedAt < MOST_LOOKED_UP && places.length < MOST_IN_SCOPE; ) {
		places.push(...scope.placesOf(batch));
		lookedAt += batch.length;
		if (batch.length < FEW && lookedAt > newest.length)
			return { places, isComplete: query.open === undefined };
		batch = find(query.byWords, [0, (batch.at(-1) ?? 1) - 1], FEW);
	}
	return { places, isComplete: false };
}
