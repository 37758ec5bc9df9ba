/**
 * Changes into requests. Pure: the same changes give the same requests, and repeating any of them changes nothing.
 *
 *   sessions ─► items ─► turns ─► deletions
 *
 * Items refer to their session, so that comes first; a turn comes after its items, so that its arrival says: all here.
 */
import type { Change, ShareRule } from "../store/sync-store.ts";
import {
	deletionRow,
	itemRows,
	type Row,
	type RowOwner,
	sessionRow,
	turnRow,
	withdrawalRow,
} from "./plan-rows.ts";
import { teamOf } from "./plan-shares.ts";

export type Table = "sessions" | "items" | "turns" | "deletions";

export interface Upsert {
	readonly table: Table;
	/** The columns that say which row it is. */
	readonly onConflict: string;
	/** What is there already stays as it is. */
	readonly isAddOnly: boolean;
	readonly rows: readonly Row[];
}

export interface PushContext extends RowOwner {
	readonly rules: readonly ShareRule[];
	/** The team that the settings share with. */
	readonly shareWith: string | undefined;
}

export interface RequestLimits {
	readonly rows: number;
	/** Of text, about. */
	readonly bytes: number;
}

const KEYS: Readonly<Record<Table, string>> = {
	sessions: "id",
	items: "session_id,turn_seq,position",
	turns: "session_id,seq",
	deletions: "user_id,session_id",
};

export function planPush(
	changes: readonly Change[],
	context: PushContext,
	limits: RequestLimits,
): readonly Upsert[] {
	const rows: Record<Table, Row[]> = { sessions: [], items: [], turns: [], deletions: [] };
	for (const change of changes) addRows(rows, change, context);
	return (["sessions", "items", "turns", "deletions"] as const).flatMap((table) =>
		cut(rows[table], limits).map((part) => ({
			table,
			onConflict: KEYS[table],
			isAddOnly: table === "deletions",
			rows: part,
		})),
	);
}

function addRows(rows: Readonly<Record<Table, Row[]>>, change: Change, context: PushContext): void {
	switch (change.kind) {
		case "session": {
			const team = teamOf({ id: change.sessionId, cells: change.cells }, context.rules, context.shareWith);
			rows.sessions.push(sessionRow(change, context, team));
			break;
		}
		case "turn":
			rows.items.push(...itemRows(change, context));
			rows.turns.push(turnRow(change, context));
			break;
		case "withdrawal":
			rows.turns.push(withdrawalRow(change, context));
			break;
		case "deletion":
			rows.deletions.push(deletionRow(change, context));
	}
}

/** In order, each part within the limits; a row that is too large alone goes alone. */
function cut(rows: readonly Row[], limits: RequestLimits): readonly (readonly Row[])[] {
	const parts: Row[][] = [];
	let bytes = 0;
	for (const row of rows) {
		const size = weighRow(row);
		const last = parts.at(-1);
		if (last === undefined || last.length >= limits.rows || bytes + size > limits.bytes) {
			parts.push([row]);
			bytes = size;
		} else {
			last.push(row);
			bytes += size;
		}
	}
	return parts;
}

/** Names and small values of a row, about. */
const ROW_BYTES = 300;
const INPUT_BYTES = 200;

/** An estimate that costs next to nothing: texts by their length. */
export function weighRow(row: Row): number {
	let bytes = ROW_BYTES;
	for (const value of Object.values(row)) {
		if (typeof value === "string") bytes += value.length;
		else if (typeof value === "object" && value !== null) bytes += INPUT_BYTES;
	}
	return bytes;
}
