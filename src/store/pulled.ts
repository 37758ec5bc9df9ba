/** Sessions of another machine: written like one's own, and struck from the outbox in the same breath. */
import type Database from "better-sqlite3";
import type { Clock } from "../core/clock.ts";
import type { Session } from "../core/session.ts";
import { ITEM_COLUMNS, type ItemRow } from "./item-rows.ts";
import { writeColumn } from "./json-columns.ts";
import { type SessionRow, toSession } from "./session-rows.ts";
import { insertSession, patchSession } from "./session-table.ts";
import type { StoredTurn } from "./stored-shapes.ts";
import type { PulledSession, PulledTurn } from "./sync-store.ts";
import { TURN_COLUMNS, type TurnRow, toTurn } from "./turn-rows.ts";
import type { TurnWriter } from "./turn-writer.ts";

interface Tools {
	readonly turns: TurnWriter;
	readonly clock: Clock;
}

type Cells = Readonly<Record<string, string | number | null>>;

/** No process of this machine records it. */
const NO_RECORDER = { pid: 0 } as const;

export function writePulled(db: Database.Database, pulled: PulledSession, tools: Tools): boolean {
	if (hasOwnChange(db, pulled.id)) return false;
	const row = sessionRow(pulled);
	const old = findRow(db, pulled.id);
	if (old === undefined) insertSession(db, toSession(row), { recorder: NO_RECORDER, clock: tools.clock });
	else patchSession(db, old, { patch: toSession(row), clock: tools.clock });
	const { key } = findRow(db, pulled.id) ?? { key: 0 };
	const kept = new Set(pulled.turns.map(({ seq }) => seq));
	for (const { seq } of listTurns(db, key)) if (!kept.has(seq)) tools.turns.remove(key, seq);
	for (const turn of pulled.turns) {
		tools.turns.save(key, readPulledTurn(turn));
		db.prepare("UPDATE turns SET id = ? WHERE session_key = ? AND seq = ?").run(turn.id, key, turn.seq);
	}
	strike(db, pulled.id);
	return true;
}

/** What a session of the other side is here, without writing it down. Rows that are none become what `toSession` makes of them. */
export function readPulled(pulled: PulledSession): {
	readonly session: Session;
	readonly turns: readonly StoredTurn[];
} {
	return { session: toSession(sessionRow(pulled)), turns: pulled.turns.map(readPulledTurn) };
}

/** After a deletion that came from elsewhere: it need not be told there. */
export function strike(db: Database.Database, sessionId: string): void {
	db.prepare("DELETE FROM outbox WHERE session_id = ?").run(sessionId);
}

/** What was changed here and not yet sent is newer than what comes: it goes first. */
function hasOwnChange(db: Database.Database, sessionId: string): boolean {
	return db.prepare("SELECT 1 FROM outbox WHERE session_id = ? LIMIT 1").get(sessionId) !== undefined;
}

function findRow(db: Database.Database, id: string): SessionRow | undefined {
	return db.prepare<[string], SessionRow>("SELECT * FROM sessions WHERE id = ?").get(id);
}

function listTurns(db: Database.Database, sessionKey: number): readonly { readonly seq: number }[] {
	return db.prepare<[number], { seq: number }>("SELECT seq FROM turns WHERE session_key = ?").all(sessionKey);
}

/** Plain columns and JSON columns alike, as the table has them; `toSession` and `toTurn` check what they mean. */
function toCells(cells: Readonly<Record<string, unknown>>): Cells {
	return Object.fromEntries(Object.entries(cells).map(([column, value]) => [column, toCell(value)]));
}

function toCell(value: unknown): string | number | null {
	if (value === null || value === undefined) return null;
	return typeof value === "string" || typeof value === "number" ? value : writeColumn(value);
}

function sessionRow(pulled: Pick<PulledSession, "id" | "cells">): SessionRow {
	return { ...toCells(pulled.cells), id: pulled.id } as SessionRow;
}

function readPulledTurn(turn: PulledTurn) {
	const cells = toCells(turn.cells);
	const blank: Cells = Object.fromEntries(TURN_COLUMNS.map((column) => [column, null]));
	const row = { ...blank, ...cells, key: 0, id: turn.id, seq: turn.seq, revision: 0, updated_at: 0 };
	return toTurn(row as TurnRow, [itemRow({ kind: "prompt", body: turn.prompt }), ...turn.items.map(itemRow)]);
}

function itemRow(item: Readonly<Record<string, unknown>>): ItemRow {
	const blank: Cells = Object.fromEntries(ITEM_COLUMNS.map((column) => [column, null]));
	return { ...blank, ...toCells(item), key: 0, position: 0, is_indexed: 0 } as ItemRow;
}
