/** Asks the index, then shows where in the text the words stand. */
import type Database from "better-sqlite3";
import type { ItemCells } from "./item-rows.ts";
import { itemFactsColumn, readOptionalColumn, recordingColumn } from "./json-columns.ts";
import { optional } from "./optional.ts";
import { cwdCondition } from "./session-table.ts";
import { bestSnippet } from "./snippet.ts";
import type { SearchFilter, SearchHit } from "./store.ts";
import { matchQuery, type Phrase, phrasesOf } from "./words.ts";

/** As many as a person looks through. */
const DEFAULT_LIMIT = 20;

interface HitRow extends Pick<ItemCells, "kind" | "name" | "body" | "input" | "output" | "facts"> {
	readonly recording: string | null;
	readonly is_recorded: 0 | 1;
	readonly session_id: string;
	readonly cwd: string;
	readonly seq: number;
	readonly started_at: number;
	readonly rank: number;
}

export function searchItems(
	db: Database.Database,
	words: readonly string[],
	filter: SearchFilter,
): SearchHit[] {
	const phrases = phrasesOf(words);
	if (phrases.length === 0) return [];
	const { sql, values } = hitQuery(filter);
	const rows = db
		.prepare<unknown[], HitRow>(sql)
		.all(matchQuery(phrases), ...values, filter.limit ?? DEFAULT_LIMIT);
	return rows.map((row) => toHit(row, phrases));
}

/** Of a word that stands everywhere only the newest places are ranked: ranking them all would take seconds. */
const RANKED_CANDIDATES = 5000;

/** CROSS JOIN makes SQLite ask the index first and look up only what it found. */
function hitQuery(filter: SearchFilter): { readonly sql: string; readonly values: readonly unknown[] } {
	const below = filter.cwd === undefined ? undefined : cwdCondition(filter.cwd);
	const since = filter.since === undefined ? undefined : "t.started_at >= ?";
	const conditions = ["search MATCH ?", below?.sql, since].filter((condition) => condition !== undefined);
	const joins = `CROSS JOIN items i ON i.key = found.key
		CROSS JOIN turns t ON t.key = i.turn_key
		CROSS JOIN sessions s ON s.key = t.session_key`;
	const filtered = conditions.length === 1 ? "" : joins.replace("found.key", "search.rowid");
	return {
		sql: `SELECT s.id AS session_id, s.cwd, t.seq, t.started_at, i.kind, i.name, i.body, i.input, i.output, i.facts, t.recording,
				EXISTS (SELECT 1 FROM recording_chunks c WHERE c.session_key = s.key) AS is_recorded, found.rank
			FROM (
				SELECT key, rank FROM (
					SELECT search.rowid AS key, search.rank AS rank FROM search ${filtered}
					WHERE ${conditions.join(" AND ")} ORDER BY search.rowid DESC LIMIT ${RANKED_CANDIDATES}
				) ORDER BY rank, key DESC LIMIT ?
			) AS found ${joins} ORDER BY found.rank, found.key DESC`,
		values: [...(below?.values ?? []), ...(filter.since === undefined ? [] : [filter.since])],
	};
}

/** Where its screen can be seen again: the item's own place, or its turn's. */
function replayFrom({ is_recorded, facts, recording }: HitRow): number | undefined {
	if (is_recorded === 0) return undefined;
	const own = readOptionalColumn(itemFactsColumn, facts)?.recording;
	return (own ?? readOptionalColumn(recordingColumn, recording))?.fromMs;
}

function toHit(row: HitRow, phrases: readonly Phrase[]): SearchHit {
	const input = row.name === null ? row.input : `${row.name} ${row.input ?? ""}`.trimEnd();
	const texts = [row.body, input, row.output].filter((text) => text !== null);
	return {
		sessionId: row.session_id,
		turnSeq: row.seq,
		kind: row.kind,
		...optional("name", row.name),
		cwd: row.cwd,
		at: row.started_at,
		...optional("replayFromMs", replayFrom(row)),
		snippet: bestSnippet(texts.length === 0 ? [""] : texts, phrases),
		score: -row.rank,
	};
}
