/** Changes as rows of the remote tables. Pure. */
import type { Change, ChangedItem, ChangeKey } from "../store/sync-store.ts";
import { cleanJson, cleanText } from "./plan-text.ts";

export type Row = Readonly<Record<string, unknown>>;

/** Whose rows they are and where they come from. */
export interface RowOwner {
	readonly userId: string;
	readonly machineId: string;
}

type OfKind<K extends Change["kind"]> = Extract<Change, { readonly kind: K }>;

export function sessionRow(change: OfKind<"session">, owner: RowOwner, teamId: string | null): Row {
	const { started_at, ended_at, user, ...cells } = change.cells;
	const { known, facts } = split(cells, SESSION_COLUMNS);
	return {
		...known,
		id: change.sessionId,
		user_id: owner.userId,
		machine_id: owner.machineId,
		team_id: teamId,
		user_name: cleanText(user),
		started_at: time(started_at),
		ended_at: time(ended_at),
		facts,
		version: change.version,
	};
}

export function turnRow(change: OfKind<"turn">, owner: RowOwner): Row {
	const { started_at, ended_at, ...cells } = change.cells;
	const { known, facts } = split({ ...cells }, TURN_COLUMNS);
	return {
		...known,
		session_id: change.sessionId,
		seq: change.seq,
		user_id: owner.userId,
		id: change.id,
		machine_id: owner.machineId,
		prompt: cleanText(change.prompt),
		started_at: time(started_at),
		ended_at: time(ended_at),
		facts,
		item_count: change.items.length,
		is_withdrawn: false,
		version: change.version,
	};
}

/** Positions count from 1. */
export function itemRows(change: OfKind<"turn">, owner: RowOwner): Row[] {
	return change.items.map((item, index) => ({
		session_id: change.sessionId,
		turn_seq: change.seq,
		position: index + 1,
		user_id: owner.userId,
		kind: item.kind,
		name: cleanText(item.name),
		status: item.status,
		source: item.source,
		text: cleanText(item.body),
		input: inputOf(item),
		output: cleanText(item.output),
		facts: parse(item.facts),
		version: change.version,
	}));
}

/** The same columns as a turn's row has: what was said is gone, that it was there is not. */
export function withdrawalRow(change: ChangeKey, owner: RowOwner): Row {
	const nothing = Object.fromEntries([...TURN_COLUMNS.keys()].map((column) => [column, null]));
	return {
		...nothing,
		prompt_kind: "none",
		status: "complete",
		source: "terminal",
		session_id: change.sessionId,
		seq: change.seq,
		user_id: owner.userId,
		id: NO_ID,
		machine_id: owner.machineId,
		prompt: "",
		started_at: time(0),
		ended_at: null,
		facts: null,
		item_count: 0,
		is_withdrawn: true,
		version: change.version,
	};
}

export function deletionRow(change: ChangeKey, owner: RowOwner): Row {
	return { session_id: change.sessionId, user_id: owner.userId, machine_id: owner.machineId };
}

const NO_ID = "00000000-0000-0000-0000-000000000000";

/** Columns that both sides have under the same name, and how each is kept. */
const SESSION_COLUMNS: ReadonlyMap<string, "text" | "json"> = new Map([
	["agent", "text"],
	["agent_version", "text"],
	["agent_session_ids", "json"],
	["command", "json"],
	["cwd", "text"],
	["git", "json"],
	["host", "text"],
	["status", "text"],
	["exit", "json"],
	["terminal", "json"],
	["usage", "json"],
	["masked_count", "json"],
	["gaps", "json"],
	["title", "text"],
	["recognition", "json"],
]);

const TURN_COLUMNS: ReadonlyMap<string, "text" | "json"> = new Map([
	["prompt_kind", "text"],
	["status", "text"],
	["durations", "json"],
	["usage", "json"],
	["source", "text"],
	["recording", "json"],
	["recogniser", "text"],
]);

/** What the remote table has no column for goes into `facts`, as it is kept here. */
function split(
	cells: Readonly<Record<string, unknown>>,
	columns: ReadonlyMap<string, "text" | "json">,
): { readonly known: Row; readonly facts: Row | null } {
	const known: Record<string, unknown> = {};
	for (const [column, kind] of columns)
		known[column] = kind === "json" ? parse(cells[column]) : cleanText(cells[column]);
	const others = Object.entries(cells).filter(([column, value]) => !columns.has(column) && value !== null);
	return { known, facts: others.length === 0 ? null : Object.fromEntries(others.map(cleanEntry)) };
}

function cleanEntry([name, value]: readonly [string, unknown]): [string, unknown] {
	return [name, typeof value === "string" ? cleanText(value) : value];
}

function inputOf(item: ChangedItem): unknown {
	if (item.input === null) return null;
	const facts = parse(item.facts);
	const isJson = typeof facts === "object" && facts !== null && "isInputJson" in facts;
	return isJson ? parse(item.input) : cleanText(item.input);
}

function parse(column: unknown): unknown {
	return typeof column === "string" ? cleanJson(JSON.parse(column)) : null;
}

/** The farthest day that both sides can name. */
const LAST_DAY = 253_402_300_799_999; // 9999-12-31T23:59:59.999Z

/** Null for what is no moment: the remote side then refuses the row, and it is set aside. */
function time(ms: unknown): string | null {
	if (typeof ms !== "number" || !(Math.abs(ms) <= LAST_DAY)) return null;
	return new Date(ms).toISOString();
}
