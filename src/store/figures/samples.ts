/** The texts that figures stand for, read where they are kept. */
import type Database from "better-sqlite3";
import type { Prompt } from "../../core/turn.ts";
import { type ItemRow, toItems } from "../item-rows.ts";
import type { Sample } from "./figures.ts";

interface SampleRow extends ItemRow {
	readonly session_id: string;
	readonly seq: number;
	readonly prompt_kind: Prompt["kind"];
}

export function readSamples(db: Database.Database, keys: readonly number[]): Map<number, Sample> {
	const rows = db
		.prepare<[string], SampleRow>(
			`SELECT i.*, s.id AS session_id, t.seq, t.prompt_kind FROM json_each(?) k JOIN items i ON i.key = k.value
			JOIN turns t ON t.key = i.turn_key JOIN sessions s ON s.key = t.session_key`,
		)
		.all(JSON.stringify(keys));
	return new Map(rows.flatMap((row) => toEntry(row)));
}

function toEntry(row: SampleRow): [number, Sample][] {
	const place = { sessionId: row.session_id, turnSeq: row.seq };
	if (row.kind === "prompt")
		return [
			[row.key, { ...place, content: { isPrompt: true, text: row.body ?? "", kind: row.prompt_kind } }],
		];
	// Alone it stands at no depth, whatever call it came from.
	const [item] = toItems([{ ...row, facts: withoutDepth(row.facts) }]);
	return item === undefined ? [] : [[row.key, { ...place, content: item }]];
}

function withoutDepth(facts: string | null): string | null {
	if (facts === null) return null;
	const { depth: _, ...rest } = JSON.parse(facts) as Record<string, unknown>;
	return JSON.stringify(rest);
}
