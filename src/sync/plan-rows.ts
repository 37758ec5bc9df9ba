/** Changes as rows of the remote tables. Pure. */
import type { Change, ChangedItem, ChangeKey } from "../store/sync-store.ts";
import { cleanText, parseClean } from "./plan-text.ts";

export type Row = Readonly<Record<string, unknown>>;

/** Whose rows they are and where they come from. */
export interface RowOwner {
	readonly userId: string;
	readonly machineId: string;
}

type OfKind<K extends Change["kind"]> = Extract<Change, { readonly kind: K }>;

export function sessionRow(change: OfKind<"session">, owner: RowOwner, teamId: string | null): Row {
	const { started_at, ended_at, user, ...cells } = change.cells;
	const others = Object.entries(cells).filter(([column]) => !SESSION_COLUMNS.has(column));
	return {
		...knownOf(cells),
		id: change.sessionId,
		user_id: owner.userId,
		machine_id: owner.machineId,
		team_id: teamId,
		user_name: cleanText(user),
		started_at: time(started_at),
		ended_at: time(ended_at),
		facts: factsOf(Object.fromEntries(others)),
		version: change.version,
	};
}

/** Written out, not put together from lists: a backlog has a hundred thousand of them. */
export function turnRow(change: OfKind<"turn">, owner: RowOwner): Row {
	const {
		prompt_kind,
		status,
		durations,
		usage,
		source,
		recording,
		recogniser,
		started_at,
		ended_at,
		...more
	} = change.cells;
	return {
		prompt_kind: cleanText(prompt_kind),
		status: cleanText(status),
		durations: parse(durations),
		usage: parse(usage),
		source: cleanText(source),
		recording: parse(recording),
		recogniser: cleanText(recogniser),
		session_id: change.sessionId,
		seq: change.seq,
		user_id: owner.userId,
		id: change.id,
		machine_id: owner.machineId,
		prompt: cleanText(change.prompt),
		started_at: time(started_at),
		ended_at: time(ended_at),
		facts: factsOf(more),
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
	const cells = { prompt_kind: "none", status: "complete", source: "terminal", started_at: 0 };
	const row = turnRow({ ...change, kind: "turn", id: NO_ID, prompt: "", cells, items: [] }, owner);
	return { ...row, is_withdrawn: true };
}

export function deletionRow(change: ChangeKey, owner: RowOwner): Row {
	return { session_id: change.sessionId, user_id: owner.userId, machine_id: owner.machineId };
}

const NO_ID = "00000000-0000-0000-0000-000000000000";

/** Columns of a session that both sides have under the same name, and how each is kept. */
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

function knownOf(cells: Readonly<Record<string, unknown>>): Row {
	const entries = [...SESSION_COLUMNS].map(([column, kind]) => [
		column,
		kind === "json" ? parse(cells[column]) : cleanText(cells[column]),
	]);
	return Object.fromEntries(entries);
}

/** What the remote table has no column for, as it is kept here. */
function factsOf(cells: Readonly<Record<string, unknown>>): Row | null {
	let facts: Record<string, unknown> | null = null;
	for (const [column, value] of Object.entries(cells)) {
		if (value === null) continue;
		facts ??= {};
		facts[column] = typeof value === "string" ? cleanText(value) : value;
	}
	return facts;
}

function inputOf(item: ChangedItem): unknown {
	if (item.input === null) return null;
	const facts = parse(item.facts);
	const isJson = typeof facts === "object" && facts !== null && "isInputJson" in facts;
	return isJson ? parse(item.input) : cleanText(item.input);
}

function parse(column: unknown): unknown {
	return typeof column === "string" ? parseClean(column) : null;
}

/** The farthest day that both sides can name. */
const LAST_DAY = 253_402_300_799_999; // 9999-12-31T23:59:59.999Z

/** Null for what is no moment: the remote side then refuses the row, and it is set aside. */
function time(ms: unknown): string | null {
	if (typeof ms !== "number" || !(Math.abs(ms) <= LAST_DAY)) return null;
	return new Date(ms).toISOString();
}
