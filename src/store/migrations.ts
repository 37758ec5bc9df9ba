/**
 * The database's schema, step by step. A step that has shipped is never edited: a change is a new step at the end.
 * Each runs in its own transaction together with its `user_version`, so a crash leaves a whole old or a whole new one.
 */
import type Database from "better-sqlite3";
import { backupSchema, growthSchema } from "./backup-rows.ts";
import { deletedConversations } from "./deleted-conversations.ts";
import { digestSchema } from "./digest-schema.ts";
import { blockSchema } from "./figures/blocks.ts";
import { daySchema } from "./figures/days.ts";
import { figuresSchema } from "./figures/tables.ts";
import { insightSchema } from "./insight-rows.ts";
import { pausesSchema, recordingSchema } from "./recording-rows.ts";
import { syncSchema } from "./sync-schema.ts";

/** Marks a SQLite file as ours, in bytes 68–71 of its header: "CTRC". */
export const APPLICATION_ID = 0x43545243;

export const MIGRATIONS: readonly string[] = [
	firstSchema(),
	importsAndRecognition(),
	maskedCounts(),
	transcriptsAndUsage(),
	syncSchema(),
	figuresSchema(),
	insightSchema(),
	backupSchema(),
	deletedConversations(),
	digestSchema(),
	recordingSchema(),
	madeCommits(),
	blockSchema(),
	growthSchema(),
	daySchema(),
	ownMarks(),
	pausesSchema(),
];

/** Brings the open database to the newest schema. The caller has made sure that the file is ours, or new. */
export function migrate(db: Database.Database, migrations: readonly string[] = MIGRATIONS): void {
	for (let done = userVersion(db); done < migrations.length; done = userVersion(db)) {
		db.transaction(() => {
			// Another process may have done this very step while we waited for the lock.
			if (userVersion(db) !== done) return;
			if (done === 0) db.pragma(`application_id = ${APPLICATION_ID}`);
			db.exec(migrations[done] ?? "");
			db.pragma(`user_version = ${done + 1}`);
		}).immediate();
	}
}

export function userVersion(db: Database.Database): number {
	return Number(db.pragma("user_version", { simple: true }));
}

/**
 * Sessions, turns and items. Integer keys join and index; the UUIDv7 `id` is what leaves the machine. Every text of a
 * turn is an item row, the prompt at position 0, so that one index covers all of it. `items.key` is never used
 * twice (AUTOINCREMENT): a stale index entry can then never point at another text. No foreign key cascades:
 * whoever deletes an item must have taken it out of the index first. `is_indexed` is 0 while an item still grows.
 */
function firstSchema(): string {
	return `
CREATE TABLE sessions (
	key INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	agent TEXT NOT NULL,
	agent_version TEXT,
	agent_session_ids TEXT NOT NULL,
	command TEXT NOT NULL,
	cwd TEXT NOT NULL,
	git TEXT,
	host TEXT,
	user TEXT,
	started_at INTEGER NOT NULL,
	ended_at INTEGER,
	status TEXT NOT NULL,
	exit TEXT,
	terminal TEXT NOT NULL,
	usage TEXT,
	masked_count TEXT NOT NULL,
	gaps TEXT NOT NULL,
	title TEXT,
	recorder_pid INTEGER NOT NULL,
	recorder_boot_id TEXT,
	wrapper_pid INTEGER,
	revision INTEGER NOT NULL,
	updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_start ON sessions (started_at DESC, id DESC);
CREATE INDEX sessions_by_cwd ON sessions (cwd);
CREATE INDEX sessions_running ON sessions (key) WHERE status = 'running';

CREATE TABLE turns (
	key INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	session_key INTEGER NOT NULL REFERENCES sessions (key),
	seq INTEGER NOT NULL,
	prompt_kind TEXT NOT NULL,
	started_at INTEGER NOT NULL,
	ended_at INTEGER,
	status TEXT NOT NULL,
	durations TEXT,
	usage TEXT,
	source TEXT NOT NULL,
	recording TEXT,
	recogniser TEXT,
	revision INTEGER NOT NULL,
	updated_at INTEGER NOT NULL,
	UNIQUE (session_key, seq)
) STRICT;

CREATE TABLE items (
	key INTEGER PRIMARY KEY AUTOINCREMENT,
	id TEXT NOT NULL UNIQUE,
	turn_key INTEGER NOT NULL REFERENCES turns (key),
	position INTEGER NOT NULL,
	kind TEXT NOT NULL,
	name TEXT,
	status TEXT,
	source TEXT,
	body TEXT,
	input TEXT,
	output TEXT,
	facts TEXT,
	is_indexed INTEGER NOT NULL,
	UNIQUE (turn_key, position)
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (
	prompt, answer, aside, input, output,
	content = '', tokenize = 'unicode61 remove_diacritics 0'
);
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
INSERT INTO search (search, rank) VALUES ('rank', 'bm25(6.0, 3.0, 1.0, 1.5, 0.7)');
`;
}

/**
 * Which recordings were imported, by a keyed digest of their bytes, so that importing one again changes nothing; and how
 * much of a session's screen was understood.
 */
function importsAndRecognition(): string {
	return `
CREATE TABLE imports (
	fingerprint TEXT PRIMARY KEY,
	session_key INTEGER NOT NULL REFERENCES sessions (key),
	imported_at INTEGER NOT NULL
) STRICT;
CREATE INDEX imports_by_session ON imports (session_key);
ALTER TABLE sessions ADD COLUMN recognition TEXT;
`;
}

/**
 * Claude Code's own transcripts: which turn a prompt of theirs became (`anchor`, a keyed digest), how well screen and
 * transcript agree, how far each file was read, and each response of a model once, by a keyed digest of its ids.
 * `lineage` lists Claude Code's session ids by session, kept by triggers. The index collects more words before it writes
 * them: importing a past writes them by the million.
 */
function transcriptsAndUsage(): string {
	return `
ALTER TABLE turns ADD COLUMN fidelity REAL;
ALTER TABLE turns ADD COLUMN anchor TEXT;
CREATE INDEX turns_by_anchor ON turns (anchor) WHERE anchor IS NOT NULL;

CREATE TABLE responses (
	fingerprint TEXT PRIMARY KEY,
	session_key INTEGER NOT NULL REFERENCES sessions (key),
	at INTEGER NOT NULL,
	model TEXT NOT NULL,
	input_tokens INTEGER NOT NULL,
	output_tokens INTEGER NOT NULL,
	cache_read_tokens INTEGER NOT NULL,
	cache_write_5m_tokens INTEGER NOT NULL,
	cache_write_1h_tokens INTEGER NOT NULL,
	is_subagent INTEGER NOT NULL,
	cost_usd REAL
) STRICT, WITHOUT ROWID;
CREATE INDEX responses_by_session ON responses (session_key);
INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);

CREATE TABLE transcripts (
	fingerprint TEXT PRIMARY KEY,
	session_key INTEGER NOT NULL REFERENCES sessions (key),
	bytes INTEGER NOT NULL,
	modified_at INTEGER NOT NULL,
	offset INTEGER NOT NULL,
	imported_at INTEGER NOT NULL
) STRICT;
CREATE INDEX transcripts_by_session ON transcripts (session_key);

CREATE TABLE lineage (
	agent_session_id TEXT NOT NULL,
	session_key INTEGER NOT NULL REFERENCES sessions (key),
	PRIMARY KEY (agent_session_id, session_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX lineage_by_session ON lineage (session_key);
INSERT INTO lineage SELECT DISTINCT j.value, s.key FROM sessions s, json_each(s.agent_session_ids) j;
CREATE TRIGGER lineage_begun AFTER INSERT ON sessions BEGIN
	INSERT OR IGNORE INTO lineage SELECT value, new.key FROM json_each(new.agent_session_ids);
END;
CREATE TRIGGER lineage_changed AFTER UPDATE OF agent_session_ids ON sessions BEGIN
	DELETE FROM lineage WHERE session_key = new.key;
	INSERT OR IGNORE INTO lineage SELECT value, new.key FROM json_each(new.agent_session_ids);
END;
`;
}

/** How much was masked in each turn, by rule; null = not counted. */
function maskedCounts(): string {
	return "ALTER TABLE turns ADD COLUMN masked_count TEXT;";
}

/** The commits that were made where a session ran. */
function madeCommits(): string {
	return "ALTER TABLE sessions ADD COLUMN commits TEXT;";
}

/**
 * What the person says of a session. Beside the rest of it, so that sync, export and privacy audit know it by themselves. Taken
 * back is written as 0, `[]` and the empty text: null means that it was never said.
 */
function ownMarks(): string {
	return `
ALTER TABLE sessions ADD COLUMN pinned INTEGER;
ALTER TABLE sessions ADD COLUMN tags TEXT;
ALTER TABLE sessions ADD COLUMN note TEXT;
CREATE INDEX sessions_marked ON sessions (key) WHERE tags IS NOT NULL OR note IS NOT NULL;
`;
}
