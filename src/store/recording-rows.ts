/** Recordings: what the screen looked like, in chunks that a session has in order, and which sessions are paused. */
import type Database from "better-sqlite3";
import type { Masked } from "../core/masked.ts";
import type { ChunkPlace, RecordingChunk } from "../core/recording.ts";
import { storeDamaged } from "./store-errors.ts";

export interface RecordingStore {
	/** Inserts or replaces the chunks with these `seq`. */
	save(sessionId: string, chunks: Masked<readonly RecordingChunk[]>): void;
	/** In order; empty where nothing was recorded, or nothing is kept any more. */
	places(sessionId: string): ChunkPlace[];
	/** Throws `store-damaged` where there is no such chunk. */
	read(sessionId: string, seq: number): RecordingChunk;
	/** Of one session, or of all. */
	bytes(sessionId?: string): number;
	/** Removes the recording; the turns stay. */
	remove(sessionId: string): void;
	/** Removes the recordings of sessions that ended before a time; gives how many there were. */
	removeOlderThan(time: number): number;
	/** From now on nothing of the session is recorded; `at` in milliseconds since the Unix epoch. */
	pause(sessionId: string, at: number): void;
	/** From then on it is again. Does nothing where it is not paused. */
	resume(sessionId: string, at: number): void;
	/** Since when it is paused; undefined where it is not. */
	pausedSince(sessionId: string): number | undefined;
	/** When nothing of it was to be recorded, oldest first. */
	pauses(sessionId: string): StoredPause[];
}

/** Milliseconds since the Unix epoch. */
export interface StoredPause {
	readonly from: number;
	/** Absent: it goes on, or the session ended in it. */
	readonly to?: number;
}

/** The step of the schema. `encoding` is one of ours; the bytes are pictures that were masked before they were encoded. */
export function recordingSchema(): string {
	return `
CREATE TABLE recording_chunks (
	session_key INTEGER NOT NULL REFERENCES sessions (key),
	seq INTEGER NOT NULL,
	from_ms INTEGER NOT NULL,
	to_ms INTEGER NOT NULL,
	encoding TEXT NOT NULL,
	bytes BLOB NOT NULL,
	PRIMARY KEY (session_key, seq)
) STRICT;
CREATE TABLE recording_pauses (
	session_key INTEGER PRIMARY KEY REFERENCES sessions (key),
	since INTEGER NOT NULL
) STRICT;
`;
}

/** What was paused stays so for whatever is brought in later from elsewhere. */
export function pausesSchema(): string {
	return `
CREATE TABLE past_pauses (
	session_key INTEGER NOT NULL REFERENCES sessions (key),
	since INTEGER NOT NULL,
	until INTEGER NOT NULL,
	PRIMARY KEY (session_key, since)
) STRICT;
`;
}

interface ChunkRow {
	readonly seq: number;
	readonly from_ms: number;
	readonly to_ms: number;
	readonly encoding: RecordingChunk["encoding"];
	readonly bytes: Uint8Array;
}

interface Tools {
	readonly path: string;
	readonly keyOf: (id: string) => number;
	readonly read: <T>(work: () => T) => T;
	readonly write: <T>(work: () => T) => T;
}

export function createRecordingStore(
	db: Database.Database,
	{ path, keyOf, read, write }: Tools,
): RecordingStore {
	const { save, places, chunk, all, own, old } = statements(db);
	const { pause, end, resume, paused, pauses } = pauseStatements(db);
	return {
		save: (id, chunks) =>
			write(() => {
				const key = keyOf(id);
				for (const { seq, fromMs, toMs, encoding, bytes } of chunks)
					save.run(key, seq, fromMs, toMs, encoding, bytes);
			}),
		places: (id) =>
			read(() =>
				places.all(keyOf(id)).map((row) => ({ seq: row.seq, fromMs: row.from_ms, toMs: row.to_ms })),
			),
		read: (id, seq) =>
			read(() => {
				const row = chunk.get(keyOf(id), seq);
				if (row === undefined) throw storeDamaged(path);
				return {
					seq,
					fromMs: row.from_ms,
					toMs: row.to_ms,
					encoding: row.encoding,
					bytes: row.bytes,
				};
			}),
		bytes: (id) => read(() => (id === undefined ? all.get() : own.get(keyOf(id)))?.bytes ?? 0),
		remove: (id) => write(() => removeChunks(db, keyOf(id))),
		removeOlderThan: (time) =>
			write(() => {
				const keys = old.all(time);
				for (const { key } of keys) removeChunks(db, key);
				return keys.length;
			}),
		pause: (id, at) => write(() => void pause.run(keyOf(id), at)),
		resume: (id, at) =>
			write(() => {
				end.run(at, keyOf(id));
				resume.run(keyOf(id));
			}),
		pausedSince: (id) => read(() => paused.get(id)?.since),
		pauses: (id) =>
			read(() =>
				pauses
					.all({ key: keyOf(id) })
					.map(({ since, until }) => ({ from: since, ...(until === null ? {} : { to: until }) })),
			),
	};
}

function statements(db: Database.Database) {
	return {
		save: db.prepare<[number, number, number, number, string, Uint8Array]>(
			`INSERT INTO recording_chunks (session_key, seq, from_ms, to_ms, encoding, bytes) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET to_ms = excluded.to_ms, encoding = excluded.encoding, bytes = excluded.bytes`,
		),
		places: db.prepare<[number], Omit<ChunkRow, "encoding" | "bytes">>(
			"SELECT seq, from_ms, to_ms FROM recording_chunks WHERE session_key = ? ORDER BY seq",
		),
		chunk: db.prepare<[number, number], ChunkRow>(
			"SELECT seq, from_ms, to_ms, encoding, bytes FROM recording_chunks WHERE session_key = ? AND seq = ?",
		),
		all: db.prepare<[], { bytes: number }>(
			"SELECT coalesce(sum(length(bytes)), 0) AS bytes FROM recording_chunks",
		),
		own: db.prepare<[number], { bytes: number }>(
			"SELECT coalesce(sum(length(bytes)), 0) AS bytes FROM recording_chunks WHERE session_key = ?",
		),
		old: db.prepare<[number], { key: number }>(
			`SELECT key FROM sessions WHERE status <> 'running' AND coalesce(ended_at, started_at) < ?
			AND EXISTS (SELECT 1 FROM recording_chunks WHERE session_key = key)`,
		),
	};
}

function pauseStatements(db: Database.Database) {
	return {
		pause: db.prepare<[number, number]>(
			"INSERT INTO recording_pauses (session_key, since) VALUES (?, ?) ON CONFLICT DO NOTHING",
		),
		end: db.prepare<[number, number]>(
			`INSERT INTO past_pauses SELECT session_key, since, max(since, ?) FROM recording_pauses WHERE session_key = ?
			ON CONFLICT DO UPDATE SET until = max(until, excluded.until)`,
		),
		resume: db.prepare<[number]>("DELETE FROM recording_pauses WHERE session_key = ?"),
		paused: db.prepare<[string], { since: number }>(
			"SELECT since FROM recording_pauses JOIN sessions ON key = session_key WHERE id = ?",
		),
		pauses: db.prepare<[{ readonly key: number }], { since: number; until: number | null }>(
			`SELECT since, until FROM past_pauses WHERE session_key = :key
			UNION ALL SELECT since, NULL FROM recording_pauses WHERE session_key = :key ORDER BY since`,
		),
	};
}

function removeChunks(db: Database.Database, key: number): void {
	db.prepare<[number]>("DELETE FROM recording_chunks WHERE session_key = ?").run(key);
}

/** Inside a transaction of the caller's: the session goes. */
export function forgetRecording(db: Database.Database, key: number): void {
	removeChunks(db, key);
	for (const table of ["recording_pauses", "past_pauses"])
		db.prepare<[number]>(`DELETE FROM ${table} WHERE session_key = ?`).run(key);
}
