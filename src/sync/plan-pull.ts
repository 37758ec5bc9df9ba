/** Remote rows as a session of this machine. Pure. */
import type { PulledSession, PulledTurn } from "../store/sync-store.ts";
import type { Row } from "./plan-rows.ts";

/** Columns of the remote side that say whose a row is and when it came, not what happened. */
const ABOUT_THE_ROW: ReadonlySet<string> = new Set([
	"id",
	"user_id",
	"machine_id",
	"team_id",
	"session_id",
	"seq",
	"turn_seq",
	"position",
	"prompt",
	"item_count",
	"is_withdrawn",
	"version",
	"synced_at",
	"facts",
	"user_name",
	"started_at",
	"ended_at",
	"input_tokens",
	"output_tokens",
	"cache_read_tokens",
	"cache_write_tokens",
	"cost_usd",
]);

export function pulledSession(session: Row, turns: readonly Row[], items: readonly Row[]): PulledSession {
	const itemsBySeq = groupItems(items);
	return {
		id: String(session.id),
		cells: { ...cellsOf(session), user: session.user_name ?? null },
		turns: turns
			.filter((turn) => turn.is_withdrawn !== true)
			.map((turn) => pulledTurn(turn, itemsBySeq.get(Number(turn.seq)) ?? [])),
	};
}

function groupItems(items: readonly Row[]): ReadonlyMap<number, readonly Row[]> {
	const groups = new Map<number, Row[]>();
	for (const item of items) {
		const seq = Number(item.turn_seq);
		const group = groups.get(seq);
		if (group === undefined) groups.set(seq, [item]);
		else group.push(item);
	}
	return groups;
}

function pulledTurn(turn: Row, items: readonly Row[]): PulledTurn {
	return {
		id: String(turn.id),
		seq: Number(turn.seq),
		prompt: String(turn.prompt ?? ""),
		cells: cellsOf(turn),
		items: items.map(({ kind, name, status, source, text, input, output, facts }) => ({
			kind,
			name,
			status,
			source,
			body: text,
			input,
			output,
			facts,
		})),
	};
}

function cellsOf(row: Row): Row {
	const own = Object.entries(row).filter(([column]) => !ABOUT_THE_ROW.has(column));
	return {
		...Object.fromEntries(own),
		...(isRow(row.facts) ? row.facts : {}),
		started_at: time(row.started_at),
		ended_at: time(row.ended_at),
	};
}

function isRow(value: unknown): value is Row {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function time(value: unknown): number | null {
	return typeof value === "string" ? Date.parse(value) : null;
}

/** The database's own clock, a little back: what was still being written when we last asked is asked for again. */
export function rewind(moment: string, ms: number): string {
	return new Date(Math.max(0, Date.parse(moment) - ms)).toISOString();
}
