/** Orders what was found: few places by how well they fit, very many by where they stand, and then the newest first. */
import type Database from "better-sqlite3";
import { type Asked, isRare, MOST_CANDIDATES, newestCandidates } from "./search-candidates.ts";

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

/** As the index itself weighs them (see its `rank`). What stands in no column of these is worth least. */
const COLUMNS: readonly (readonly [column: string, weight: number])[] = [
	["prompt", 6],
	["answer", 3],
	["input", 1.5],
	["aside", 1],
];
const LEAST_WEIGHT = 0.7;

export function rankCandidates(db: Database.Database, asked: Asked, limit: number): Ranking {
	return isRare(db, asked.query) ? byFit(db, asked, limit) : byPlace(db, asked, limit);
}

function byFit(db: Database.Database, { query, scope }: Asked, limit: number): Ranking {
	const found = db
		.prepare<[string], { key: number; rank: number }>(
			"SELECT rowid AS key, rank FROM search WHERE search MATCH ?",
		)
		.all(query.native);
	const kept = new Set(scope.keep(found.map(({ key }) => key)));
	const ranked = found.filter(({ key }) => kept.has(key)).sort((a, b) => a.rank - b.rank || b.key - a.key);
	const best = ranked.slice(0, limit).map(({ key, rank }) => ({ key, score: -rank }));
	return { best, isCut: ranked.length > limit };
}

function byPlace(db: Database.Database, asked: Asked, limit: number): Ranking {
	const { keys, isCut } = newestCandidates(db, asked);
	const weights = new Map(keys.map((key) => [key, LEAST_WEIGHT]));
	const [greatest, least] = [keys[0] ?? 0, keys.at(-1) ?? 0];
	const inColumn = db
		.prepare<[string, number, number, number], number>(
			"SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?",
		)
		.pluck(true);
	for (const [column, weight] of COLUMNS) {
		const match = `{${column}} : (${asked.query.byWords})`;
		for (const key of inColumn.all(match, least, greatest, MOST_CANDIDATES * 2)) {
			const known = weights.get(key);
			if (known !== undefined && known < weight) weights.set(key, weight);
		}
	}
	const ranked = keys.map((key) => ({ key, score: weights.get(key) ?? LEAST_WEIGHT }));
	const best = ranked.sort((a, b) => b.score - a.score || b.key - a.key).slice(0, limit);
	return { best, isCut: isCut || ranked.length > limit };
}
