/** Reads what waits to be sent, and strikes out what has arrived. */
import type Database from "better-sqlite3";
import { ITEM_COLUMNS } from "./item-rows.ts";
import type { SessionRow } from "./session-rows.ts";
import type {
	Change,
	ChangedItem,
	ChangeKey,
	Outbox,
	OutboxCounts,
	OutboxLimits,
	SetAside,
} from "./sync-store.ts";
import { TURN_COLUMNS, type TurnCells } from "./turn-rows.ts";

interface OutboxRow {
	readonly session_id: string;
	readonly seq: number;
	readonly op: "save" | "delete";
	readonly version: number;
}

/** Columns that are this machine's business alone. */
const LOCAL_COLUMNS: ReadonlySet<string> = new Set([
	"key",
	"id",
	"recorder_pid",
	"recorder_boot_id",
	"wrapper_pid",
	"revision",
	"updated_at",
]);

/** A turn that still runs is sent when it has ended; and nothing of a session whose own row cannot be sent. */
const IS_READY = `o.error IS NULL
	AND NOT EXISTS (SELECT 1 FROM outbox b WHERE b.session_id = o.session_id AND b.seq = 0 AND b.error IS NOT NULL)
	AND NOT (o.seq > 0 AND EXISTS (
		SELECT 1 FROM sessions s JOIN turns t ON t.session_key = s.key AND t.seq = o.seq
		WHERE s.id = o.session_id AND t.status = 'running'))`;

type Write = <T>(work: () => T) => T;

export function createOutbox(db: Database.Database, read: Write, write: Write): Outbox {
	const settle = db.prepare<[string, number, number]>(
		"DELETE FROM outbox WHERE session_id = ? AND seq = ? AND version = ?",
	);
	const setAside = db.prepare<[string, string, number, number]>(
		"UPDATE outbox SET error = ? WHERE session_id = ? AND seq = ? AND version = ?",
	);
	return {
		// One transaction: a change and its version belong together.
		next: (limits) => read(() => db.transaction(() => readNext(db, limits))()),
		settle: (changes) =>
			write(() => {
				for (const { sessionId, seq, version } of changes) settle.run(sessionId, seq, version);
			}),
		setAside: ({ sessionId, seq, version }, reason) =>
			write(() => void setAside.run(reason, sessionId, seq, version)),
		listSetAside: (limit) => read(() => listSetAside(db, limit)),
		retrySetAside: () =>
			write(() => db.prepare("UPDATE outbox SET error = NULL WHERE error IS NOT NULL").run().changes),
		counts: () => read(() => countOutbox(db)),
		resend: (sessionIds) => write(() => resend(db, sessionIds)),
	};
}

function readNext(db: Database.Database, limits: OutboxLimits): Change[] {
	const changes: Change[] = [];
	const taken = new Set(limits.except?.map(({ sessionId, seq }) => `${sessionId}/${seq}`));
	let bytes = 0;
	for (const row of waiting(db, limits)) {
		if (changes.length >= limits.changes) break;
		const name = `${row.session_id}/${row.seq}`;
		if (taken.has(name)) continue;
		taken.add(name);
		const { change, size } = readChange(db, row);
		if (changes.length > 0 && bytes + size > limits.bytes) break;
		changes.push(change);
		bytes += size;
	}
	return changes;
}

/** Those of running sessions first: somebody may be looking on. */
function waiting(db: Database.Database, limits: OutboxLimits): readonly OutboxRow[] {
	const columns = "o.session_id, o.seq, o.op, o.version";
	const count = limits.changes + (limits.except?.length ?? 0);
	if (limits.sessionId !== undefined)
		return db
			.prepare<[string, number], OutboxRow>(
				`SELECT ${columns} FROM outbox o WHERE o.session_id = ? AND ${IS_READY} ORDER BY o.seq LIMIT ?`,
			)
			.all(limits.sessionId, count);
	const live = db
		.prepare<[number], OutboxRow>(
			`SELECT ${columns} FROM sessions r CROSS JOIN outbox o ON o.session_id = r.id
			WHERE r.status = 'running' AND ${IS_READY} ORDER BY o.session_id, o.seq LIMIT ?`,
		)
		.all(count);
	const all = db
		.prepare<[number], OutboxRow>(
			`SELECT ${columns} FROM outbox o WHERE ${IS_READY} ORDER BY o.session_id, o.seq LIMIT ?`,
		)
		.all(count);
	return [...live, ...all];
}

function readChange(
	db: Database.Database,
	row: OutboxRow,
): { readonly change: Change; readonly size: number } {
	const key: ChangeKey = { sessionId: row.session_id, seq: row.seq, version: row.version };
	if (row.op === "delete")
		return { change: { ...key, kind: row.seq === 0 ? "deletion" : "withdrawal" }, size: ROW_BYTES };
	return row.seq === 0 ? readSessionChange(db, key) : readTurnChange(db, key);
}

/** What a row weighs beside its texts, about. */
const ROW_BYTES = 200;

function readSessionChange(db: Database.Database, key: ChangeKey) {
	const row = db.prepare<[string], SessionRow>("SELECT * FROM sessions WHERE id = ?").get(key.sessionId);
	const cells = Object.fromEntries(
		Object.entries(row ?? {}).filter(([column]) => !LOCAL_COLUMNS.has(column)),
	);
	return { change: { ...key, kind: "session" as const, cells }, size: weigh(cells) };
}

interface ChangedTurn extends TurnCells {
	readonly turn_key: number;
	readonly turn_id: string;
}

/** No more than is sent: a backlog is read turn by turn. */
const TURN = `SELECT t.key AS turn_key, t.id AS turn_id, ${TURN_COLUMNS.map((column) => `t.${column}`).join(", ")}
	FROM sessions s JOIN turns t ON t.session_key = s.key WHERE s.id = ? AND t.seq = ?`;
const ITEMS = `SELECT ${ITEM_COLUMNS.join(", ")} FROM items WHERE turn_key = ? ORDER BY position`;

function readTurnChange(db: Database.Database, key: ChangeKey) {
	const turn = db.prepare<[string, number], ChangedTurn>(TURN).get(key.sessionId, key.seq);
	// A trigger strikes a turn that is gone: one that waits is there.
	if (turn === undefined) throw new TypeError("the outbox names a turn that is not there");
	const { turn_key, turn_id, ...cells } = turn;
	const [prompt, ...items] = db.prepare<[number], ChangedItem>(ITEMS).all(turn_key);
	let size = weigh(cells) + (prompt === undefined ? 0 : weigh(prompt));
	for (const item of items) size += weigh(item);
	return {
		change: {
			...key,
			kind: "turn" as const,
			id: turn_id,
			prompt: prompt?.body ?? "",
			cells,
			items,
		},
		size,
	};
}

function weigh(row: object): number {
	let bytes = ROW_BYTES;
	for (const value of Object.values(row)) if (typeof value === "string") bytes += value.length;
	return bytes;
}

interface SetAsideRow extends OutboxRow {
	readonly error: string;
}

function listSetAside(db: Database.Database, limit: number): SetAside[] {
	return db
		.prepare<[number], SetAsideRow>(
			"SELECT * FROM outbox WHERE error IS NOT NULL ORDER BY session_id, seq LIMIT ?",
		)
		.all(limit)
		.map(({ session_id, seq, version, error }) => ({ sessionId: session_id, seq, version, error }));
}

interface CountRow {
	readonly sessions: number | null;
	readonly turns: number | null;
	readonly deletions: number | null;
	readonly running: number | null;
	readonly set_aside: number | null;
}

function countOutbox(db: Database.Database): OutboxCounts {
	const row = db
		.prepare<[], CountRow>(
			`SELECT sum(error IS NULL AND op = 'save' AND seq = 0) AS sessions,
				sum(error IS NULL AND op = 'save' AND seq > 0) AS turns,
				sum(error IS NULL AND op = 'delete') AS deletions,
				sum(error IS NOT NULL) AS set_aside,
				(SELECT count(*) FROM sessions s JOIN turns t ON t.session_key = s.key
					JOIN outbox o ON o.session_id = s.id AND o.seq = t.seq
					WHERE s.status = 'running' AND t.status = 'running' AND o.error IS NULL) AS running
			FROM outbox`,
		)
		.get();
	const running = row?.running ?? 0;
	return {
		sessions: row?.sessions ?? 0,
		turns: (row?.turns ?? 0) - running,
		deletions: row?.deletions ?? 0,
		running,
		setAside: row?.set_aside ?? 0,
	};
}

const NEXT_VERSION =
	"UPDATE sync_version SET version = max(version + 1, CAST(unixepoch('subsec') * 1000 AS INTEGER))";
const AGAIN = `ON CONFLICT (session_id, seq) DO UPDATE SET op = excluded.op, version = excluded.version, error = NULL`;

function resend(db: Database.Database, sessionIds: readonly string[] | undefined): void {
	db.prepare(NEXT_VERSION).run();
	const session = "INSERT INTO outbox (session_id, seq, op, version) SELECT s.id, 0, 'save', v.version";
	if (sessionIds === undefined) {
		db.prepare(`${session} FROM sessions s, sync_version v WHERE true ${AGAIN}`).run();
		db.prepare(
			`INSERT INTO outbox (session_id, seq, op, version) SELECT s.id, t.seq, 'save', v.version
			FROM turns t JOIN sessions s ON s.key = t.session_key, sync_version v WHERE true ${AGAIN}`,
		).run();
		return;
	}
	const one = db.prepare<[string]>(`${session} FROM sessions s, sync_version v WHERE s.id = ? ${AGAIN}`);
	for (const id of sessionIds) one.run(id);
}
