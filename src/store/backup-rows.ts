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
	/** What a backup added to the repository. */
	noteGrowth(remote: string, growth: Growth): void;
	/** The history began anew: what came before is no part of the repository any more. */
	forgetGrowth(remote: string): void;
	/** What this machine's backups added, those at or after a moment apart; undefined before the first one. */
	readGrowth(remote: string, recentFrom: number): GrowthSums | undefined;
}

export interface Growth {
	/** Milliseconds since the Unix epoch. */
	readonly at: number;
	readonly commits: number;
	/** As git keeps it, compressed. */
	readonly bytes: number;
	/** Of the working copy. */
	readonly copyBytes: number;
}

export interface GrowthSums {
	readonly firstAt: number;
	readonly lastAt: number;
	readonly commits: number;
	readonly bytes: number;
	readonly recentBytes: number;
	readonly copyBytes: number;
}

/** What each backup added to its repository. */
export function growthSchema(): string {
	return `
CREATE TABLE backup_growth (
	remote TEXT NOT NULL,
	at INTEGER NOT NULL,
	commits INTEGER NOT NULL,
	bytes INTEGER NOT NULL,
	copy_bytes INTEGER NOT NULL,
	PRIMARY KEY (remote, at)
) STRICT, WITHOUT ROWID;
`;
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
		...growthMethods(db, { read, write }),
	};
}

function growthMethods(
	db: Database.Database,
	{ read, write }: Tools,
): Pick<BackupStore, "noteGrowth" | "forgetGrowth" | "readGrowth"> {
	const note = db.prepare<[string, number, number, number, number]>(
		`INSERT INTO backup_growth VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET commits = commits + excluded.commits,
			bytes = bytes + excluded.bytes, copy_bytes = excluded.copy_bytes`,
	);
	const forget = db.prepare<[string]>("DELETE FROM backup_growth WHERE remote = ?");
	// SQLite takes the last column from the row that has the maximum.
	const sums = db.prepare<[number, string], GrowthSums>(
		`SELECT min(at) AS firstAt, sum(commits) AS commits, sum(bytes) AS bytes,
			sum(iif(at >= ?, bytes, 0)) AS recentBytes, max(at) AS lastAt, copy_bytes AS copyBytes
		FROM backup_growth WHERE remote = ? GROUP BY remote`,
	);
	return {
		noteGrowth: (remote, { at, commits, bytes, copyBytes }) =>
			write(() => void note.run(remote, Math.round(at), commits, bytes, copyBytes)),
		forgetGrowth: (remote) => write(() => void forget.run(remote)),
		readGrowth: (remote, recentFrom) => read(() => sums.get(recentFrom, remote)),
	};
}
