/** Looks over sessions: their digests, lines of a list, pages of turns. */
import type Database from "better-sqlite3";
import { CtraceError } from "../core/errors.ts";
import type { SessionStatus } from "../core/session.ts";
import type {
	BrowseStore,
	DigestMark,
	SessionDigest,
	SessionLine,
	StoredCounts,
	TurnLine,
	TurnPage,
	TurnPlace,
	TurnRange,
	TurnStart,
} from "./browse-store.ts";
import { findInSession } from "./find-in-session.ts";
import { describeFile } from "./health.ts";
import type { ItemRow } from "./item-rows.ts";
import {
	durationsColumn,
	readColumn,
	readOptionalColumn,
	recordingColumn,
	textListColumn,
	usageColumn,
} from "./json-columns.ts";
import { optional } from "./optional.ts";
import type { Search } from "./search.ts";
import { type SessionRow, toSession } from "./session-rows.ts";
import { readSessionRow } from "./session-table.ts";
import type { StoredTurn } from "./store.ts";
import { type TurnRow, toTurn } from "./turn-rows.ts";

/** Of a prompt in a list or an outline: enough to know it again. */
const PROMPT_CHARS = 300;

interface BrowseTools {
	readonly guard: <T>(work: () => T) => T;
	readonly search: Search;
}

export function createBrowseStore(db: Database.Database, { guard, search }: BrowseTools): BrowseStore {
	const keyOf = (id: string) => readSessionRow(db, id).key;
	/** One moment of the database, whoever writes meanwhile. */
	const atOnce = <T>(work: () => T): T => guard(() => db.transaction(work)());
	return {
		dataVersion: () => guard(() => Number(db.pragma("data_version", { simple: true }))),
		readDigests: (after, limit) => guard(() => readDigests(db, after, limit)),
		countSessions: () =>
			guard(() => Number(db.prepare("SELECT count(*) FROM session_digests").pluck().get() ?? 0)),
		countAll: () => guard(() => countAll(db)),
		describe: () => guard(() => describeFile(db, db.name)),
		countMasked: () => guard(() => countMasked(db)),
		readKeys: () =>
			guard(() => db.prepare("SELECT session_key FROM session_digests").pluck().all() as number[]),
		keyOf: (id) => guard(() => keyOf(id)),
		readLines: (keys) => atOnce(() => readLines(db, keys)),
		readTurns: (id, range) => atOnce(() => readTurns(db, keyOf(id), range)),
		readTurn: (id, seq) => atOnce(() => readTurn(db, keyOf(id), seq)),
		readOutline: (id) => atOnce(() => readOutline(db, keyOf(id))),
		readStarts: (places) => guard(() => readStarts(db, places)),
		readStamps: (id) =>
			guard(() =>
				db
					.prepare<[number], { seq: number; revision: number }>(
						"SELECT seq, revision FROM turns WHERE session_key = ? ORDER BY seq",
					)
					.all(keyOf(id)),
			),
		search: (words, filter) => atOnce(() => search(words, filter)),
		find: (id, text, limit) => atOnce(() => findInSession(db, keyOf(id), { text, limit })),
	};
}

type DigestCells = readonly [
	key: number,
	version: number,
	id: string,
	agent: string,
	agentVersion: string | null,
	cwd: string,
	branch: string | null,
	models: string | null,
	status: SessionStatus,
	startedAt: number,
	lastAt: number,
	turns: number,
	tools: number,
	tokens: number,
	costUsd: number,
	masked: number,
];

/** Rows as arrays: at 100,000 of them the names would cost more than the values. */
function readDigests(db: Database.Database, after: DigestMark, limit: number): SessionDigest[] {
	const statement = db.prepare<[number, number, number], DigestCells>(
		`SELECT session_key, version, id, agent, agent_version, cwd, branch, models, status, started_at, last_at,
			turns, tools, tokens, cost_usd, masked
		FROM session_digests WHERE (version, session_key) > (?, ?) ORDER BY version, session_key LIMIT ?`,
	);
	return statement.raw(true).all(after.version, after.key, limit).map(toDigest);
}

function toDigest(cells: DigestCells): SessionDigest {
	const [key, version, id, agent, agentVersion, cwd, branch, models, status, startedAt, lastAt] = cells;
	return {
		key,
		version,
		id,
		agent,
		agentVersion: agentVersion ?? "",
		cwd,
		branch: branch ?? "",
		models: models === null ? [] : readColumn(textListColumn, models),
		status,
		startedAt,
		lastAt,
		turns: cells[11],
		tools: cells[12],
		tokens: cells[13],
		costUsd: cells[14],
		masked: cells[15],
	};
}

function countAll(db: Database.Database): StoredCounts {
	const counted = db
		.prepare<[], StoredCounts>(
			`SELECT count(*) AS sessions, coalesce(sum(status = 'running'), 0) AS running,
				coalesce(sum(status = 'lost'), 0) AS lost, coalesce(sum(turns), 0) AS turns FROM session_digests`,
		)
		.get();
	return counted ?? { sessions: 0, running: 0, lost: 0, turns: 0 };
}

function countMasked(db: Database.Database): Readonly<Record<string, number>> {
	const rows = db
		.prepare<[], { rule: string; masked: number }>(
			`SELECT j.key AS rule, sum(j.value) AS masked FROM session_digests d JOIN sessions s ON s.key = d.session_key,
				json_each(s.masked_count) j WHERE d.masked > 0 GROUP BY 1`,
		)
		.all();
	return Object.fromEntries(rows.map(({ rule, masked }) => [rule, masked]));
}

function readLines(db: Database.Database, keys: readonly number[]): SessionLine[] {
	const read = db.prepare<[number], SessionRow & { first_prompt: string | null }>(
		`SELECT s.*, (SELECT substr(i.body, 1, ${PROMPT_CHARS}) FROM turns t JOIN items i ON i.turn_key = t.key AND i.position = 0
			WHERE t.session_key = s.key AND t.prompt_kind <> 'none' ORDER BY t.seq LIMIT 1) AS first_prompt
		FROM sessions s WHERE s.key = ?`,
	);
	return keys.flatMap((key) => {
		const row = read.get(key);
		if (row === undefined) return [];
		return [{ key, session: toSession(row), ...optional("firstPrompt", row.first_prompt) }];
	});
}

function readStarts(db: Database.Database, places: readonly TurnPlace[]) {
	return db
		.prepare<[string], TurnPlace & TurnStart>(
			`SELECT s.id AS sessionId, t.seq, t.started_at AS startedAt, s.cwd FROM json_each(?) p
			JOIN sessions s ON s.id = p.value ->> 'sessionId'
			JOIN turns t ON t.session_key = s.key AND t.seq = p.value ->> 'seq' ORDER BY p.key`,
		)
		.all(JSON.stringify(places));
}

function readTurns(db: Database.Database, key: number, range: TurnRange): TurnPage {
	const { after = -1, before = Number.MAX_SAFE_INTEGER, limit } = range;
	const isBackwards = range.after === undefined && range.before !== undefined;
	const rows = db
		.prepare<[number, number, number, number], TurnRow>(
			`SELECT * FROM turns WHERE session_key = ? AND seq > ? AND seq < ? ORDER BY seq ${isBackwards ? "DESC" : "ASC"} LIMIT ?`,
		)
		.all(key, after, before, limit);
	if (isBackwards) rows.reverse();
	const edges = db
		.prepare<[number], { total: number; first: number | null; last: number | null }>(
			"SELECT count(*) AS total, min(seq) AS first, max(seq) AS last FROM turns WHERE session_key = ?",
		)
		.get(key);
	return {
		turns: rows.map((row) => withItems(db, row)),
		total: edges?.total ?? 0,
		hasBefore: (edges?.first ?? 0) < (rows[0]?.seq ?? 0),
		hasAfter: (edges?.last ?? 0) > (rows.at(-1)?.seq ?? before),
	};
}

function readTurn(db: Database.Database, key: number, seq: number): StoredTurn {
	const row = db
		.prepare<[number, number], TurnRow>("SELECT * FROM turns WHERE session_key = ? AND seq = ?")
		.get(key, seq);
	if (row !== undefined) return withItems(db, row);
	throw new CtraceError("not-found", `the session has no turn ${seq}`);
}

function withItems(db: Database.Database, row: TurnRow): StoredTurn {
	return toTurn(
		row,
		db.prepare<[number], ItemRow>("SELECT * FROM items WHERE turn_key = ? ORDER BY position").all(row.key),
	);
}

interface OutlineRow extends TurnRow {
	readonly prompt: string | null;
	readonly tools: number;
	readonly errors: number;
	readonly permissions: number;
}

function readOutline(db: Database.Database, key: number): TurnLine[] {
	return db
		.prepare<[number], OutlineRow>(
			`SELECT t.*, substr(i.body, 1, ${PROMPT_CHARS}) AS prompt
			FROM turns t LEFT JOIN items i ON i.turn_key = t.key AND i.position = 0 WHERE t.session_key = ? ORDER BY t.seq`,
		)
		.all(key)
		.map((row) => ({
			seq: row.seq,
			prompt: row.prompt ?? "",
			kind: row.prompt_kind,
			startedAt: row.started_at,
			...optional("endedAt", row.ended_at),
			status: row.status,
			...optional("durations", readOptionalColumn(durationsColumn, row.durations)),
			...optional("usage", readOptionalColumn(usageColumn, row.usage)),
			tools: row.tools,
			errors: row.errors,
			permissions: row.permissions,
			...optional("recording", readOptionalColumn(recordingColumn, row.recording)),
		}));
}
