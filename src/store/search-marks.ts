/** Finds sessions by their tags and notes. People write few of them: they are read, not indexed. */
import type Database from "better-sqlite3";
import { readOptionalColumn, textListColumn } from "./json-columns.ts";
import { cwdCondition } from "./session-table.ts";
import { bestSnippet, findMatches } from "./snippet.ts";
import type { MarkHit, SearchFilter } from "./stored-shapes.ts";
import { phrasesOf } from "./words.ts";

interface MarkRow {
	readonly id: string;
	readonly cwd: string;
	readonly started_at: number;
	readonly tags: string | null;
	readonly note: string | null;
}

export function searchMarks(
	db: Database.Database,
	words: readonly string[],
	{ cwd, since, limit }: SearchFilter,
): MarkHit[] {
	const phrases = phrasesOf(words);
	if (phrases.length === 0) return [];
	const below = cwd === undefined ? { sql: "1", values: [] } : cwdCondition(cwd);
	const rows = db
		.prepare<unknown[], MarkRow>(
			`SELECT s.id, s.cwd, s.started_at, s.tags, s.note FROM sessions s
			WHERE (s.tags IS NOT NULL OR s.note IS NOT NULL) AND ${below.sql} AND s.started_at >= ?
			ORDER BY s.started_at DESC, s.id DESC`,
		)
		.all(...below.values, since ?? 0);
	const hits = rows.flatMap((row) => {
		const text = textOf(row);
		const found = new Set(findMatches(text, phrases).map(({ phrase }) => phrase));
		if (found.size < phrases.length) return [];
		return [{ sessionId: row.id, cwd: row.cwd, at: row.started_at, snippet: bestSnippet([text], phrases) }];
	});
	return hits.slice(0, limit);
}

function textOf({ tags, note }: MarkRow): string {
	const named = (readOptionalColumn(textListColumn, tags) ?? []).map((tag) => `#${tag}`);
	return [...named, note ?? ""].join(" ").trim();
}
