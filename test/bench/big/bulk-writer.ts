/**
 * Writes invented sessions past the store's own writer: the same rows and the same words in the index, without a digest
 * and an outbox entry for each change. The digests are made once at the end, by the very steps of the schema. Each session is
 * to be counted.
 */
import type Database from "better-sqlite3";
import type { Turn } from "../../../src/core/turn.ts";
import {
	flatItems,
	ITEM_COLUMNS,
	type ItemCells,
	itemCells,
	promptCells,
} from "../../../src/store/item-rows.ts";
import { createSearchIndex } from "../../../src/store/search-index.ts";
import { sessionCells } from "../../../src/store/session-rows.ts";
import { TURN_COLUMNS, turnCells } from "../../../src/store/turn-rows.ts";
import type { Invented } from "./sessions.ts";

export interface BulkWriter {
	write(invented: Invented): void;
	readonly items: number;
}

/** `prefix`: of the names of responses; another writer of the same database has another. */
export function createBulkWriter(db: Database.Database, ids: () => string, prefix: string): BulkWriter {
	const index = createSearchIndex(db);
	const turnColumns = TURN_COLUMNS.join(", ");
	const turnMarks = TURN_COLUMNS.map(() => "?").join(", ");
	const insertTurn = db.prepare(
		`INSERT INTO turns (id, session_key, seq, revision, updated_at, tools, errors, permissions, ${turnColumns})
		VALUES (?, ?, ?, 1, ?, ?, ?, ?, ${turnMarks})`,
	);
	const insertItem = db.prepare(
		`INSERT INTO items (id, turn_key, position, is_indexed, ${ITEM_COLUMNS.join(", ")})
		VALUES (?, ?, ?, 1, ${ITEM_COLUMNS.map(() => "?").join(", ")})`,
	);
	const insertResponse = db.prepare(
		`INSERT INTO responses (fingerprint, session_key, at, model, input_tokens, output_tokens, cache_read_tokens,
			cache_write_5m_tokens, cache_write_1h_tokens, is_subagent, cost_usd) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?)`,
	);
	const stale = db.prepare("INSERT INTO stale_figures VALUES (?)");
	let items = 0;
	let responses = 0;
	const writeItem = (turnKey: number, position: number, cells: ItemCells) => {
		const values = ITEM_COLUMNS.map((column) => cells[column]);
		index.add(Number(insertItem.run(ids(), turnKey, position, ...values).lastInsertRowid), cells);
		items += 1;
	};
	const writeTurn = (sessionKey: number, turn: Turn) => {
		const cells = turnCells(turn);
		const tools = turn.items.filter(({ kind }) => kind === "tool");
		const key = Number(
			insertTurn.run(
				ids(),
				sessionKey,
				turn.seq,
				turn.endedAt,
				tools.length,
				tools.filter((item) => item.kind === "tool" && item.status === "error").length,
				turn.items.filter(({ kind }) => kind === "permission").length,
				...TURN_COLUMNS.map((column) => cells[column]),
			).lastInsertRowid,
		);
		writeItem(key, 0, promptCells(turn.prompt));
		for (const [at, [item, depth]] of [...flatItems(turn.items)].entries())
			writeItem(key, at + 1, itemCells(item, depth));
		writeResponse(sessionKey, turn);
	};
	const writeResponse = (sessionKey: number, { usage, startedAt }: Turn) => {
		if (usage === undefined) return;
		responses += 1;
		insertResponse.run(
			`${prefix}-${responses.toString().padStart(10, "0")}`,
			sessionKey,
			startedAt,
			usage.models?.[0] ?? "",
			usage.inputTokens,
			usage.outputTokens,
			usage.cacheReadTokens,
			usage.cacheWriteTokens,
			usage.costUsd,
		);
	};
	return {
		write: ({ session, turns }) => {
			const cells = new Map<string, string | number | null>([
				...sessionCells(session),
				["recorder_pid", 1],
				["revision", 1],
				["updated_at", session.endedAt ?? session.startedAt],
			]);
			const columns = [...cells.keys()].join(", ");
			const marks = [...cells].map(() => "?").join(", ");
			const key = db.prepare(`INSERT INTO sessions (${columns}) VALUES (${marks})`).run(...cells.values());
			for (const turn of turns) writeTurn(Number(key.lastInsertRowid), turn);
			index.apply();
			stale.run(key.lastInsertRowid);
		},
		get items() {
			return items;
		},
	};
}
