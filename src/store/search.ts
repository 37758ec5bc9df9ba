/** Asks the index, then shows where in the text the words stand. */
import type Database from "better-sqlite3";
import type { ItemCells } from "./item-rows.ts";
import { itemFactsColumn, readOptionalColumn, recordingColumn } from "./json-columns.ts";
import { optional } from "./optional.ts";
import { type Ranked, rankCandidates } from "./search/rank-candidates.ts";
import { searchQuery } from "./search/search-query.ts";
import { searchScope } from "./search/search-scope.ts";
import { createSearchTerms, type SearchTerms } from "./search/search-terms.ts";
import { bestSnippet } from "./snippet.ts";
import type { FoundHit, SearchFilter, SearchResult } from "./stored-shapes.ts";
import { type Phrase, phrasesOf } from "./words.ts";

/** As many as a person looks through. */
const DEFAULT_LIMIT = 20;

export type Search = (words: readonly string[], filter: SearchFilter) => SearchResult;

interface HitRow extends Pick<ItemCells, "kind" | "name" | "body" | "input" | "output" | "facts"> {
	readonly session_id: string;
	readonly session_key: number;
	readonly cwd: string;
	readonly seq: number;
	readonly started_at: number;
	readonly recording: string | null;
	readonly is_recorded: 0 | 1;
}

export function createSearch(db: Database.Database): Search {
	let terms: SearchTerms | undefined;
	return (words, filter) => {
		const phrases = phrasesOf(words);
		if (phrases.length === 0) return { found: [], isCut: false };
		terms ??= createSearchTerms(db);
		const asked = { query: searchQuery(phrases, terms), scope: searchScope(db, filter) };
		const { best, isCut } = rankCandidates(db, asked, filter.limit ?? DEFAULT_LIMIT);
		return { found: best.flatMap((ranked) => readHit(db, ranked, phrases)), isCut };
	};
}

function readHit(db: Database.Database, { key, score }: Ranked, phrases: readonly Phrase[]): FoundHit[] {
	const row = db
		.prepare<[number], HitRow>(
			`SELECT s.id AS session_id, s.key AS session_key, s.cwd, t.seq, t.started_at, t.recording,
				i.kind, i.name, i.body, i.input, i.output, i.facts,
				EXISTS (SELECT 1 FROM recording_chunks c WHERE c.session_key = s.key) AS is_recorded
			FROM items i JOIN turns t ON t.key = i.turn_key JOIN sessions s ON s.key = t.session_key WHERE i.key = ?`,
		)
		.get(key);
	if (row === undefined) return [];
	const input = row.name === null ? row.input : `${row.name} ${row.input ?? ""}`.trimEnd();
	const texts = [row.body, input, row.output].filter((text) => text !== null);
	const hit = {
		sessionId: row.session_id,
		turnSeq: row.seq,
		kind: row.kind,
		...optional("name", row.name),
		cwd: row.cwd,
		at: row.started_at,
		...optional("replayFromMs", replayFrom(row)),
		snippet: bestSnippet(texts.length === 0 ? [""] : texts, phrases),
		score,
	};
	return [{ hit, sessionKey: row.session_key, ...optional("fromMs", placeOf(row)) }];
}

/** Where its screen can be seen again, as far as there is a recording. */
function replayFrom(row: HitRow): number | undefined {
	return row.is_recorded === 0 ? undefined : placeOf(row);
}

/** The item's own place, or its turn's. */
function placeOf({ facts, recording }: HitRow): number | undefined {
	const own = readOptionalColumn(itemFactsColumn, facts)?.recording;
	return (own ?? readOptionalColumn(recordingColumn, recording))?.fromMs;
}
