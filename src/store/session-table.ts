/** The sessions' own rows: begin, change, list, find, close the abandoned. */
import type Database from "better-sqlite3";
import type { Clock } from "../core/clock.ts";
import { CtraceError } from "../core/errors.ts";
import type { Session } from "../core/session.ts";
import { optional } from "./optional.ts";
import { type SessionRow, sessionCells, toRecorder, toSession } from "./session-rows.ts";
import type { Recorder, SessionFilter, SessionSummary } from "./store.ts";

/** Candidates named when the beginning of an id fits several sessions. */
const NAMED_CANDIDATES = 5;
/** Greater than any character of an id: closes the range of ids that share a beginning. */
const AFTER_ANY_ID = "\u{10ffff}";
/** The character after `/`: closes the range of paths below a directory. */
const AFTER_SLASH = "0";

export function insertSession(
	db: Database.Database,
	session: Session,
	facts: { readonly recorder: Recorder; readonly clock: Clock },
): void {
	const cells = new Map<string, string | number | null>([
		...sessionCells(session),
		["recorder_pid", facts.recorder.pid],
		["recorder_boot_id", facts.recorder.bootId ?? null],
		["wrapper_pid", facts.recorder.wrapperPid ?? null],
		["revision", 1],
		["updated_at", facts.clock.now()],
	]);
	const columns = [...cells.keys()];
	const marks = columns.map(() => "?").join(", ");
	db.prepare(`INSERT INTO sessions (${columns.join(", ")}) VALUES (${marks})`).run(...cells.values());
}

/** Writes only what differs; an empty or repeated patch costs one read. */
export function patchSession(
	db: Database.Database,
	row: SessionRow,
	change: { readonly patch: Partial<Session>; readonly clock: Clock },
): void {
	const cells = [...sessionCells(change.patch)].filter(
		([column, value]) => column !== "id" && row[column as keyof SessionRow] !== value,
	);
	if (cells.length === 0) return;
	const changes = cells.map(([column]) => `${column} = ?`).join(", ");
	db.prepare(`UPDATE sessions SET ${changes}, revision = revision + 1, updated_at = ? WHERE key = ?`).run(
		...cells.map(([, value]) => value),
		change.clock.now(),
		row.key,
	);
}

export function readSessionRow(db: Database.Database, id: string): SessionRow {
	const row = db.prepare<[string], SessionRow>("SELECT * FROM sessions WHERE id = ?").get(id);
	if (row === undefined) throw unknownSession(id);
	return row;
}

export function listSessionRows(db: Database.Database, filter: SessionFilter): SessionSummary[] {
	const { sql, values } = whereSessions(filter);
	const rows = db
		.prepare<unknown[], SessionRow & { turn_count: number; first_prompt: string | null }>(
			`SELECT s.*,
				(SELECT count(*) FROM turns t WHERE t.session_key = s.key) AS turn_count,
				(SELECT i.body FROM turns t JOIN items i ON i.turn_key = t.key AND i.position = 0
					WHERE t.session_key = s.key AND t.prompt_kind <> 'none' ORDER BY t.seq LIMIT 1) AS first_prompt
			FROM sessions s ${sql} ORDER BY s.started_at DESC, s.id DESC LIMIT ?`,
		)
		.all(...values, filter.limit ?? -1);
	return rows.map((row) => ({
		session: toSession(row),
		turnCount: row.turn_count,
		...optional("firstPrompt", row.first_prompt),
		recorder: toRecorder(row),
	}));
}

/** Conditions on a directory, for the table `s`. */
export function cwdCondition(cwd: string): { readonly sql: string; readonly values: readonly string[] } {
	const bare = cwd.length > 1 ? cwd.replace(/\/+$/, "") : "";
	return {
		sql: "(s.cwd = ? OR (s.cwd >= ? AND s.cwd < ?))",
		values: [bare === "" ? "/" : bare, `${bare}/`, `${bare}${AFTER_SLASH}`],
	};
}

function whereSessions(filter: SessionFilter): { readonly sql: string; readonly values: readonly unknown[] } {
	const conditions: string[] = [];
	const values: unknown[] = [];
	const add = (sql: string, ...bound: readonly unknown[]) => {
		conditions.push(sql);
		values.push(...bound);
	};
	if (filter.cwd !== undefined) {
		const below = cwdCondition(filter.cwd);
		add(below.sql, ...below.values);
	}
	if (filter.since !== undefined) add("s.started_at >= ?", filter.since);
	if (filter.agent !== undefined) add("s.agent = ?", filter.agent);
	if (filter.status !== undefined) add("s.status = ?", filter.status);
	if (filter.named !== undefined)
		add(
			`(s.id IN (SELECT value FROM json_each(?)) OR EXISTS (
				SELECT 1 FROM json_each(s.commits) m WHERE m.value ->> 'commit' IN (SELECT value FROM json_each(?))))`,
			JSON.stringify(filter.named.ids),
			JSON.stringify(filter.named.commits),
		);
	if (filter.tag !== undefined) add("EXISTS (SELECT 1 FROM json_each(s.tags) WHERE value = ?)", filter.tag);
	if (filter.pinned === true) add("s.pinned = 1");
	return { sql: conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`, values };
}

export function findSessionId(db: Database.Database, reference: string): string {
	const wanted = reference.trim().toLowerCase();
	if (wanted === "last") return newestSession(db);
	if (wanted === "") throw unknownSession(reference);
	const found = db
		.prepare<[string, string, number], { id: string; started_at: number }>(
			"SELECT id, started_at FROM sessions WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?",
		)
		.all(wanted, wanted + AFTER_ANY_ID, NAMED_CANDIDATES + 1);
	const [first] = found;
	if (first === undefined) throw unknownSession(reference);
	if (found.length === 1 || first.id === wanted) return first.id;
	throw ambiguousSession(reference, found);
}

function newestSession(db: Database.Database): string {
	const row = db
		.prepare<[], { id: string }>("SELECT id FROM sessions ORDER BY started_at DESC, id DESC LIMIT 1")
		.get();
	if (row !== undefined) return row.id;
	throw new CtraceError("not-found", "no session has been recorded yet", {
		hint: "Record one: ctrace claude",
	});
}

function unknownSession(reference: string): CtraceError {
	return new CtraceError("not-found", `no session has the id ${JSON.stringify(reference)}`, {
		hint: "See which there are: ctrace sessions list",
	});
}

function ambiguousSession(
	reference: string,
	found: readonly { readonly id: string; readonly started_at: number }[],
): CtraceError {
	const named = found
		.slice(0, NAMED_CANDIDATES)
		.map(({ id, started_at }) => `${id} (${new Date(started_at).toISOString()})`);
	if (found.length > NAMED_CANDIDATES) named.push("…");
	return new CtraceError("ambiguous", `more than one session id begins with ${JSON.stringify(reference)}`, {
		hint: `Give more of the id:\n  ${named.join("\n  ")}`,
	});
}

/** Marks the running sessions nobody records any more as lost, with the turn that was open; gives their rows. */
export function closeAbandonedRows(
	db: Database.Database,
	facts: {
		readonly isAlive: (pid: number, bootId: string | undefined) => boolean;
		readonly clock: Clock;
	},
): SessionRow[] {
	const running = db.prepare<[], SessionRow>("SELECT * FROM sessions WHERE status = 'running'").all();
	const abandoned = running.filter(
		(row) => !facts.isAlive(row.recorder_pid, row.recorder_boot_id ?? undefined),
	);
	// The recorder may have closed its session since we looked: hence the condition on the status.
	const closeSession = db.prepare(
		"UPDATE sessions SET status = 'lost', revision = revision + 1, updated_at = @now WHERE key = @key AND status = 'running'",
	);
	const closeTurns = db.prepare(
		"UPDATE turns SET status = 'lost', revision = revision + 1, updated_at = @now WHERE session_key = @key AND status = 'running'",
	);
	return abandoned.filter(({ key }) => {
		const now = facts.clock.now();
		const isClosed = closeSession.run({ key, now }).changes === 1;
		if (isClosed) closeTurns.run({ key, now });
		return isClosed;
	});
}
