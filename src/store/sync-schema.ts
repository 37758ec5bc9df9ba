/**
 * The step of the schema that syncing needs.
 *
 * `outbox` says what the remote side has not got yet: one row for a session (`seq` 0) or a turn, however often it
 * changed. Triggers write it, so that no way of changing a session can forget it, in the very transaction of the change.
 * `version` orders the changes of one session: it grows with each, and never falls behind the clock, so that a database
 * put back from a backup still writes newer versions than it had sent before.
 */
export function syncSchema(): string {
	return `
CREATE TABLE outbox (
	session_id TEXT NOT NULL,
	seq INTEGER NOT NULL,
	op TEXT NOT NULL,
	version INTEGER NOT NULL,
	error TEXT,
	PRIMARY KEY (session_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_set_aside ON outbox (session_id) WHERE error IS NOT NULL;

CREATE TABLE sync_version (version INTEGER NOT NULL) STRICT;
INSERT INTO sync_version VALUES (CAST(unixepoch('subsec') * 1000 AS INTEGER));

CREATE TABLE sync_state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO sync_state VALUES ('machine', lower(hex(randomblob(16))));

CREATE TABLE sync_lease (
	name TEXT PRIMARY KEY,
	holder TEXT NOT NULL,
	pid INTEGER NOT NULL,
	boot_id TEXT,
	expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE share_rules (
	kind TEXT NOT NULL,
	value TEXT NOT NULL,
	team_id TEXT,
	PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;

INSERT INTO outbox (session_id, seq, op, version) SELECT id, 0, 'save', version FROM sessions, sync_version;
INSERT INTO outbox (session_id, seq, op, version)
	SELECT s.id, t.seq, 'save', v.version FROM turns t JOIN sessions s ON s.key = t.session_key, sync_version v;

${triggers()}`;
}

function triggers(): string {
	const session = (row: "new" | "old") => ({ id: `${row}.id`, seq: "0" });
	const turn = (row: "new" | "old") => ({
		id: `(SELECT id FROM sessions WHERE key = ${row}.session_key)`,
		seq: `${row}.seq`,
	});
	return [
		trigger("session_begun", "INSERT ON sessions", note(session("new"), "save")),
		trigger("session_changed", "UPDATE OF revision ON sessions", note(session("new"), "save")),
		trigger(
			"session_deleted",
			"DELETE ON sessions",
			`DELETE FROM outbox WHERE session_id = old.id;${note(session("old"), "delete")}`,
		),
		trigger("turn_begun", "INSERT ON turns", note(turn("new"), "save")),
		trigger("turn_changed", "UPDATE OF revision ON turns", note(turn("new"), "save")),
		trigger("turn_deleted", "DELETE ON turns", note(turn("old"), "delete")),
	].join("");
}

function trigger(name: string, event: string, body: string): string {
	return `CREATE TRIGGER outbox_${name} AFTER ${event} BEGIN ${body}\nEND;\n`;
}

/** What was set aside gets another chance: it is no longer what could not be sent. */
function note({ id, seq }: { readonly id: string; readonly seq: string }, op: "save" | "delete"): string {
	return `
	UPDATE sync_version SET version = max(version + 1, CAST(unixepoch('subsec') * 1000 AS INTEGER));
	INSERT INTO outbox (session_id, seq, op, version) SELECT ${id}, ${seq}, '${op}', version FROM sync_version WHERE true
		ON CONFLICT (session_id, seq) DO UPDATE SET op = excluded.op, version = excluded.version, error = NULL;`;
}
