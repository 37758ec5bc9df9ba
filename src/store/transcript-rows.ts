/** What the store keeps of transcripts: how far each file was read, which prompt became which turn, what was used. */
import type Database from "better-sqlite3";
import type { Clock } from "../core/clock.ts";
import type { Masked } from "../core/masked.ts";
import type { ModelResponse } from "../core/model-response.ts";
import type { Usage } from "../core/turn.ts";
import { forgetDeleted, isConversationDeleted } from "./deleted-conversations.ts";

/** How far a file was read. */
export interface TranscriptState {
	/** The session that most of it went to. */
	readonly sessionId: string;
	readonly bytes: number;
	/** Milliseconds since the Unix epoch. */
	readonly modifiedAt: number;
	/** Where to go on: the beginning of the last turn, which may have grown. */
	readonly offset: number;
}

export interface StoredResponse {
	/** Keyed digest of its ids. */
	readonly fingerprint: string;
	/** The one text in it; the rest are numbers. */
	readonly model: Masked<string>;
	readonly response: Omit<ModelResponse, "key" | "model">;
}

/** Fingerprints and anchors are keyed digests: nothing of a path or of an id can be read from them. */
export interface TranscriptStore {
	find(fingerprint: string): TranscriptState | undefined;
	/** A conversation that was deleted is none any more: somebody asked for it again. */
	note(fingerprint: string, state: TranscriptState): void;
	/** Its session was deleted here, and nobody asked for it since. */
	isDeleted(conversation: { readonly fingerprint: string; readonly agentSessionId: string }): boolean;
	/** Sessions that Claude Code's session belongs to, in the order they began; `isWrapped`: its terminal was recorded. */
	sessionsOf(agentSessionId: string): { readonly id: string; readonly isWrapped: boolean }[];
	/** Sessions of Claude Code whose terminal was recorded, that ran in this directory at some time of the span. */
	wrappedSessions(span: { readonly cwd: string; readonly from: number; readonly to: number }): string[];
	findAnchor(anchor: string): { readonly sessionId: string; readonly seq: number } | undefined;
	/** Each response once: one that is known already, in whatever session, stays there. */
	addResponses(sessionId: string, responses: readonly StoredResponse[]): void;
	lastSeq(sessionId: string): number;
	/** Of all its responses; undefined when there are none. */
	usageOf(sessionId: string, noModels: ReadonlySet<string>): Usage | undefined;
}

export function createTranscriptStore(
	db: Database.Database,
	tools: {
		readonly clock: Clock;
		readonly keyOf: (id: string) => number;
		readonly read: <T>(work: () => T) => T;
		readonly write: <T>(work: () => T) => T;
	},
): TranscriptStore {
	const { read, write, keyOf, clock } = tools;
	const sql = statements(db);
	return {
		find: (fingerprint) => read(() => sql.find.get(fingerprint)),
		note: (fingerprint, { sessionId, bytes, modifiedAt, offset }) =>
			write(() => {
				const whole = Math.round(modifiedAt);
				sql.note.run(fingerprint, keyOf(sessionId), bytes, whole, offset, clock.now());
				forgetDeleted(db, keyOf(sessionId));
			}),
		isDeleted: (conversation) => read(() => isConversationDeleted(db, conversation)),
		sessionsOf: (agentSessionId) =>
			read(() => sql.sessionsOf.all(agentSessionId)).map(({ id, wrapped }) => ({
				id,
				isWrapped: wrapped === 1,
			})),
		wrappedSessions: ({ cwd, from, to }) =>
			read(() => sql.wrapped.all(cwd, Math.round(to), Math.round(from))).map(({ id }) => id),
		findAnchor: (anchor) => read(() => sql.anchor.get(anchor)),
		addResponses: (sessionId, responses) =>
			write(() => {
				const key = keyOf(sessionId);
				for (const response of responses) sql.respond.run(toRow(key, response));
			}),
		usageOf: (sessionId, noModels) => read(() => sumUsage(sql.used.all(keyOf(sessionId)), noModels)),
		lastSeq: (sessionId) => read(() => sql.lastSeq.get(keyOf(sessionId))?.seq ?? 0),
	};
}

export function forgetTranscripts(db: Database.Database, sessionKey: number): void {
	for (const table of ["transcripts", "responses", "lineage"])
		db.prepare(`DELETE FROM ${table} WHERE session_key = ?`).run(sessionKey);
}

function toRow(key: number, { fingerprint, model, response }: StoredResponse): unknown[] {
	return [
		fingerprint,
		key,
		Math.round(response.at),
		model.toWellFormed(),
		response.inputTokens,
		response.outputTokens,
		response.cacheReadTokens,
		response.cacheWrite5mTokens,
		response.cacheWrite1hTokens,
		response.isSubagent ? 1 : 0,
		response.costUsd ?? null,
	];
}

interface UsedRow {
	readonly model: string;
	readonly input: number;
	readonly output: number;
	readonly read: number;
	readonly write5m: number;
	readonly write1h: number;
	readonly cost: number | null;
	readonly unpriced: number;
	readonly subagent: number;
}

function sumUsage(rows: readonly UsedRow[], noModels: ReadonlySet<string>): Usage | undefined {
	if (rows.length === 0) return undefined;
	const sum = (part: (row: UsedRow) => number) => rows.reduce((total, row) => total + part(row), 0);
	const real = rows.filter(({ model }) => !noModels.has(model));
	const unpriced = real.filter((row) => row.unpriced > 0).map(({ model }) => model);
	const hour = sum((row) => row.write1h);
	const subagent = sum((row) => row.subagent);
	return {
		inputTokens: sum((row) => row.input),
		outputTokens: sum((row) => row.output),
		cacheReadTokens: sum((row) => row.read),
		cacheWriteTokens: sum((row) => row.write5m) + hour,
		...(hour === 0 ? {} : { cacheWrite1hTokens: hour }),
		...(subagent === 0 ? {} : { subagentTokens: subagent }),
		...(real.every((row) => row.cost === null) ? {} : { costUsd: sum((row) => row.cost ?? 0) }),
		models: real.map(({ model }) => model),
		...(unpriced.length === 0 ? {} : { unpricedModels: unpriced }),
	};
}

function statements(db: Database.Database) {
	return {
		find: db.prepare<[string], TranscriptState>(
			`SELECT s.id AS sessionId, bytes, modified_at AS modifiedAt, offset
			FROM transcripts t JOIN sessions s ON s.key = t.session_key WHERE fingerprint = ?`,
		),
		note: db.prepare<[string, number, number, number, number, number]>(
			`INSERT INTO transcripts (fingerprint, session_key, bytes, modified_at, offset, imported_at) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (fingerprint) DO UPDATE SET session_key = excluded.session_key, bytes = excluded.bytes,
				modified_at = excluded.modified_at, offset = excluded.offset, imported_at = excluded.imported_at`,
		),
		sessionsOf: db.prepare<[string], { id: string; wrapped: number }>(
			`SELECT s.id, s.wrapper_pid IS NOT NULL AS wrapped FROM lineage l JOIN sessions s ON s.key = l.session_key
			WHERE l.agent_session_id = ? ORDER BY s.started_at, s.id`,
		),
		wrapped: db.prepare<[string, number, number], { id: string }>(
			`SELECT id FROM sessions WHERE cwd = ? AND agent = 'claude-code' AND wrapper_pid IS NOT NULL
			AND started_at <= ? AND coalesce(ended_at, updated_at) >= ? ORDER BY started_at, id`,
		),
		anchor: db.prepare<[string], { sessionId: string; seq: number }>(
			`SELECT s.id AS sessionId, t.seq FROM turns t JOIN sessions s ON s.key = t.session_key WHERE t.anchor = ? LIMIT 1`,
		),
		respond: db.prepare<[unknown[]]>(
			"INSERT OR IGNORE INTO responses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		),
		used: db.prepare<[number], UsedRow>(
			`SELECT model, sum(input_tokens) AS input, sum(output_tokens) AS output, sum(cache_read_tokens) AS read,
				sum(cache_write_5m_tokens) AS write5m, sum(cache_write_1h_tokens) AS write1h, sum(cost_usd) AS cost,
				sum(cost_usd IS NULL) AS unpriced,
				sum(iif(is_subagent, input_tokens + output_tokens + cache_read_tokens + cache_write_5m_tokens
					+ cache_write_1h_tokens, 0)) AS subagent
			FROM responses WHERE session_key = ? GROUP BY model ORDER BY min(at)`,
		),
		lastSeq: db.prepare<[number], { seq: number | null }>(
			"SELECT max(seq) AS seq FROM turns WHERE session_key = ?",
		),
	};
}
