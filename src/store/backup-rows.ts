/** Which sessions a backup has, and in which state it has them. */
import type Database from "better-sqlite3";

export interface BackupChanges {
	/** Sessions that ended and are not in the backup as they are now, in the order they began. */
	readonly changed: readonly { readonly id: string; readonly state: number }[];
	/** Sessions that the backup has and that were deleted here. */
	readonly deleted: readonly string[];
}

export interface BackupCounts {
	/** Sessions that are in the backup, in whatever state. */
	readonly saved: number;
	/** Sessions that ended and were never saved. Those that changed since are found by the next backup. */
	readonly waiting: number;
	/** Sessions that were deleted here and not yet there. */
	readonly deleted: number;
}

export interface BackupStore {
	/** `remote`: a digest of where the backup lies. */
	changes(remote: string): BackupChanges;
	noteSaved(remote: string, saved: readonly { readonly id: string; readonly state: number }[]): void;
	noteDeleted(remote: string, ids: readonly string[]): void;
	/** How it stands, without looking at turns: quick however many there are. */
	counts(remote: string): BackupCounts;
	/** Everything counts as not backed up. */
	forget(remote: string): void;
}

/** `session_id` and no key: a session that was deleted has still to be deleted there. */
export function backupSchema(): string {
	return `
CREATE TABLE backed_up (
	remote TEXT NOT NULL,
	id TEXT NOT NULL,
	state INTEGER NOT NULL,
	PRIMARY KEY (remote, id)
) STRICT, WITHOUT ROWID;
`;
}

/** Revisions only grow: their sum is the same only while nothing has changed. */
const STATE =
	"(s.revision + (SELECT coalesce(sum(t.revision), 0) + count(*) FROM turns t WHERE t.session_key = s.key))";

interface Tools {
	readonly read: <T>(work: () => T) => T;
	readonly write: <T>(work: () => T) => T;
}

export function createBackupStore(db: Database.Database, { read, write }: Tools): BackupStore {
	const changed = db.prepare<[string], { id: string; state: number }>(
		`SELECT s.id, ${STATE} AS state FROM sessions s LEFT JOIN backed_up b ON b.remote = ? AND b.id = s.id
		WHERE s.status <> 'running' AND (b.state IS NULL OR b.state <> ${STATE}) ORDER BY s.started_at, s.id`,
	);
	const deleted = db.prepare<[string], { id: string }>(
		"SELECT id FROM backed_up WHERE remote = ? AND id NOT IN (SELECT id FROM sessions) ORDER BY id",
	);
	const counts = db.prepare<[{ remote: string }], BackupCounts>(
		`SELECT (SELECT count(*) FROM backed_up WHERE remote = @remote) AS saved,
			(SELECT count(*) FROM sessions WHERE status <> 'running'
				AND id NOT IN (SELECT id FROM backed_up WHERE remote = @remote)) AS waiting,
			(SELECT count(*) FROM backed_up WHERE remote = @remote AND id NOT IN (SELECT id FROM sessions)) AS deleted`,
	);
	const save = db.prepare<[string, string, number]>("INSERT OR REPLACE INTO backed_up VALUES (?, ?, ?)");
	const remove = db.prepare<[string, string]>("DELETE FROM backed_up WHERE remote = ? AND id = ?");
	const forget = db.prepare<[string]>("DELETE FROM backed_up WHERE remote = ?");
	return {
		changes: (remote) =>
			read(() => ({ changed: changed.all(remote), deleted: deleted.all(remote).map(({ id }) => id) })),
		counts: (remote) => read(() => counts.get({ remote }) ?? { saved: 0, waiting: 0, deleted: 0 }),
		noteSaved: (remote, saved) =>
			write(() => {
				for (const { id, state } of saved) save.run(remote, id, state);
			}),
		noteDeleted: (remote, ids) =>
			write(() => {
				for (const id of ids) remove.run(remote, id);
			}),
		forget: (remote) => write(() => void forget.run(remote)),
	};
}
