/** Orders what was found: rare words by how well they fit, others by where they stand, and then the newest first. */
import type Database from "better-sqlite3";
import type { SearchedKind } from "../stored-shapes.ts";
import { type Asked, findCandidates } from "./search-candidates.ts";
import type { SearchQuery } from "./search-query.ts";
import type { Place } from "./search-scope.ts";

export interface Ranked {
	readonly key: number;
	/** Higher is better; comparable within one search only. */
	readonly score: number;
}

export interface Ranking {
	readonly best: readonly Ranked[];
	/** There may be more that fit. */
	readonly isCut: boolean;
}

/** What a place is worth where how well it fits would take too long to tell; in proportion as the index itself weighs it. */
const WEIGHTS: Readonly<Record<SearchedKind, number>> = {
	prompt: 6,
	assistant: 3,
	thinking: 1,
	notice: 1,
	permission: 1,
	tool: 1,
};

/**
 * To tell how well a place fits, the index reads every place of every word of the query. So no word may have more
 * places than this.
 */
const RARE = 3000;

export function rankCandidates(db: Database.Database, asked: Asked, limit: number): Ranking {
	const { places, isComplete } = findCandidates(db, asked);
	const ranked =
		isComplete && places.length > 0 && isRare(db, asked.query)
			? byFit(db, asked.query, places)
			: places.map(({ key, kind }) => ({ key, score: WEIGHTS[kind] }));
	const best = ranked.sort((a, b) => b.score - a.score || b.key - a.key).slice(0, limit);
	return { best, isCut: !isComplete || places.length > best.length };
}

function isRare(db: Database.Database, { phrases, open }: SearchQuery): boolean {
	if (open !== undefined) return false;
	const count = db
		.prepare<[string, number], number>(
			"SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)",
		)
		.pluck(true);
	return phrases.every((phrase) => (count.get(phrase, RARE + 1) ?? 0) <= RARE);
}

function byFit(db: Database.Database, query: SearchQuery, places: readonly Place[]): Ranked[] {
	const ranks = db
		.prepare<[string], readonly [key: number, rank: number]>(
			"SELECT rowid, rank FROM search WHERE search MATCH ?",
		)
		.raw(true)
		.all(query.native);
	const rankOf = new Map(ranks);
	return places.map(({ key }) => ({ key, score: -(rankOf.get(key) ?? 0) }));
}
