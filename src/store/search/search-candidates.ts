/** The places that are ranked: all, where they are few; of very many the newest. */
import type Database from "better-sqlite3";
import type { SearchQuery } from "./search-query.ts";
import { itemRanges, type SearchScope } from "./search-scope.ts";

/** Fewer places than this of every phrase: ranking them all by how well they fit costs a few milliseconds. */
const FEW = 3000;
/** Places that are ranked at most. */
export const MOST_CANDIDATES = 5000;
/** Places that are looked at for it, where only some sessions are searched. */
const MOST_LOOKED_AT = 30_000;
const BATCH = 3000;
/** Fewer sessions than this are searched one after the other. */
const FEW_SESSIONS = 300;
const FIRST_KEY = 0;
const LAST_KEY = Number.MAX_SAFE_INTEGER;

export interface Candidates {
	/** Keys of items, the newest first. */
	readonly keys: readonly number[];
	/** There may be more that fit. */
	readonly isCut: boolean;
}

export interface Asked {
	readonly query: SearchQuery;
	readonly scope: SearchScope;
}

/** Whether every phrase stands in so few places that all of them can be ranked by the index itself. */
export function isRare(db: Database.Database, { phrases }: SearchQuery): boolean {
	const count = db
		.prepare<[string, number], number>(
			"SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)",
		)
		.pluck(true);
	return phrases.every(({ byWords, isComplete }) => isComplete && (count.get(byWords, FEW + 1) ?? 0) <= FEW);
}

export function newestCandidates(db: Database.Database, { query, scope }: Asked): Candidates {
	const find = createFind(db, query.byWords);
	if (scope.sessions !== undefined && scope.sessions.size <= FEW_SESSIONS)
		return inSessions(itemRanges(db, scope.sessions), { find, scope });
	const keys: number[] = [];
	let lookedAt = 0;
	let before = LAST_KEY;
	while (keys.length < MOST_CANDIDATES && lookedAt < MOST_LOOKED_AT) {
		const batch = find(FIRST_KEY, before, BATCH);
		keys.push(...scope.keep(batch));
		lookedAt += batch.length;
		if (batch.length < BATCH)
			return { keys: keys.slice(0, MOST_CANDIDATES), isCut: keys.length > MOST_CANDIDATES };
		before = (batch.at(-1) ?? 1) - 1;
	}
	return { keys: keys.slice(0, MOST_CANDIDATES), isCut: true };
}

type Find = (least: number, greatest: number, limit: number) => number[];

function createFind(db: Database.Database, match: string): Find {
	const statement = db
		.prepare<[string, number, number, number], number>(
			"SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?",
		)
		.pluck(true);
	return (least, greatest, limit) => statement.all(match, least, greatest, limit);
}

/** The ranges of two sessions may overlap: what belongs to another one is left out by the scope. */
function inSessions(
	ranges: readonly (readonly [number, number])[],
	{ find, scope }: { readonly find: Find; readonly scope: SearchScope },
): Candidates {
	const keys = new Set<number>();
	for (const [least, greatest] of ranges) {
		for (const key of scope.keep(find(least, greatest, MOST_CANDIDATES))) keys.add(key);
		if (keys.size >= MOST_CANDIDATES)
			return { keys: newestFirst(keys).slice(0, MOST_CANDIDATES), isCut: true };
	}
	return { keys: newestFirst(keys), isCut: false };
}

function newestFirst(keys: Iterable<number>): number[] {
	return [...keys].sort((a, b) => b - a);
}
