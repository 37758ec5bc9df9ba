/** What a model said of sessions, kept so that nobody pays for it twice; and the findings of the last runs. */
import type Database from "better-sqlite3";
import type { Masked } from "../core/masked.ts";

/** Which reading of a session is meant: another version, model, or state of the session is another reading. */
export interface ReadingKey {
	readonly sessionId: string;
	/** Version of the request and of the answer's shape. */
	readonly version: number;
	readonly model: string;
}

export interface StoredFindings {
	/** Milliseconds since the Unix epoch. */
	readonly createdAt: number;
	/** JSON. */
	readonly findings: string;
}

export interface InsightStore {
	/** JSON; undefined when there is none, or when the session has changed since. */
	findReading(key: ReadingKey): string | undefined;
	saveReading(key: ReadingKey, reading: Masked<string>): void;
	/** Of the last run. */
	lastFindings(): StoredFindings | undefined;
	saveFindings(findings: Masked<string>): void;
}

/** Older runs than so many are forgotten. */
const KEPT_RUNS = 20;

/** `state` tells whether the session's turns are still those that were read. */
export function insightSchema(): string {
	return `
CREATE TABLE readings (
	session_key INTEGER PRIMARY KEY REFERENCES sessions (key),
	version INTEGER NOT NULL,
	model TEXT NOT NULL,
	state INTEGER NOT NULL,
	reading TEXT NOT NULL
) STRICT;
CREATE TABLE findings (
	key INTEGER PRIMARY KEY,
	created_at INTEGER NOT NULL,
	findings TEXT NOT NULL
) STRICT;
`;
}

const STATE = "(SELECT coalesce(sum(revision), 0) + count(*) FROM turns WHERE session_key = @key)";

interface Tools {
	readonly keyOf: (id: string) => number;
	readonly now: () => number;
	readonly read: <T>(work: () => T) => T;
	readonly write: <T>(work: () => T) => T;
}

export function createInsightStore(db: Database.Database, { keyOf, now, read, write }: Tools): InsightStore {
	const find = db.prepare<[{ key: number; version: number; model: string }], { reading: string }>(
		`SELECT reading FROM readings WHERE session_key = @key AND version = @version AND model = @model AND state = ${STATE}`,
	);
	const save = db.prepare<[{ key: number; version: number; model: string; reading: string }]>(
		`INSERT OR REPLACE INTO readings VALUES (@key, @version, @model, ${STATE}, @reading)`,
	);
	const last = db.prepare<[], StoredFindings>(
		"SELECT created_at AS createdAt, findings FROM findings ORDER BY key DESC LIMIT 1",
	);
	const add = db.prepare<[number, string]>("INSERT INTO findings (created_at, findings) VALUES (?, ?)");
	const forget = db.prepare<[number]>(
		"DELETE FROM findings WHERE key NOT IN (SELECT key FROM findings ORDER BY key DESC LIMIT ?)",
	);
	return {
		findReading: ({ sessionId, version, model }) =>
			read(() => find.get({ key: keyOf(sessionId), version, model })?.reading),
		saveReading: ({ sessionId, version, model }, reading) =>
			write(() => void save.run({ key: keyOf(sessionId), version, model, reading })),
		lastFindings: () => read(() => last.get()),
		saveFindings: (findings) =>
			write(() => {
				add.run(now(), findings);
				forget.run(KEPT_RUNS);
			}),
	};
}

/** With the session. Findings of several sessions that name it stay: they quote nothing, and their link leads nowhere. */
export function forgetReading(db: Database.Database, sessionKey: number): void {
	db.prepare("DELETE FROM readings WHERE session_key = ?").run(sessionKey);
}
