/**
 * Work that writes much, in transactions that span several saves: a commit a save would cost more than the saves. A save is
 * still whole or not there at all, whenever the process ends; the lock is let go about once a second, for others.
 */
import type Database from "better-sqlite3";
import type { Clock } from "../core/clock.ts";
import type { SearchIndex } from "./search-index.ts";
import { standStill } from "./stand-still.ts";

/** The pages of a batch stay in memory until they are written once. */
const CACHE_KIB = 32 * 1024;
const USUAL_CACHE_KIB = 2 * 1024;
/** Pages in the log before they are moved to the file: each is moved once, however often it was written. */
const CHECKPOINT_PAGES = 16 * 1024;
const USUAL_CHECKPOINT_PAGES = 1000;
/**
 * Far below the time that another writer waits. Each commit writes out what the index has collected, and every page that
 * the rows with keyed digests were spread over: fewer commits write the same pages fewer times.
 */
const LOCK_HELD_MS = 1000;
/** So often, still far below it, the lock is left alone … */
const LET_IN_EVERY_MS = 4000;
/** … for longer than SQLite lets a waiting writer sleep between two looks: whoever waits gets in, and not by luck. */
const LET_IN_MS = 120;

export interface Bulk extends Disposable {
	/** Runs one save inside the transaction that is open, or opens one. */
	write<T>(work: () => T): T;
	/** Makes what was saved so far visible to others, and lets them write. */
	commit(): void;
	/** Calls once what was saved so far is stored for good, and never when it is not; at once when nothing waits. */
	afterCommit(tell: () => void): void;
}

export interface BulkTools {
	readonly clock: Clock;
	readonly index: SearchIndex;
	/** Stands still for so many milliseconds. */
	readonly rest?: (ms: number) => void;
}

export function beginBulk(db: Database.Database, { clock, index, rest = standStill }: BulkTools): Bulk {
	db.pragma(`cache_size = -${CACHE_KIB}`);
	db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
	// A power cut may cost the last transactions; it leaves none half there.
	db.pragma("synchronous = NORMAL");
	let openedAt: number | undefined;
	let letInAt = clock.now();
	let untold: (() => void)[] = [];
	const commit = () => {
		openedAt = undefined;
		const waiting = untold;
		untold = [];
		try {
			if (!db.inTransaction) return; // nothing was saved, or the database has let go of it
			index.apply();
			db.exec("COMMIT");
		} catch (error) {
			if (db.inTransaction) db.exec("ROLLBACK"); // texts without their words would never be found
			throw error;
		} finally {
			index.forget(0);
		}
		for (const tell of waiting) tell();
	};
	const letOthersIn = () => {
		commit();
		if (clock.now() - letInAt < LET_IN_EVERY_MS) return;
		rest(LET_IN_MS);
		letInAt = clock.now();
	};
	return {
		write: (work) => {
			if (!db.inTransaction) {
				db.exec("BEGIN IMMEDIATE");
				openedAt = clock.now();
			}
			const before = index.waiting;
			try {
				return db.transaction(work)();
			} catch (error) {
				// What was saved before stays; the database itself has let go of it after a full disk.
				index.forget(before);
				commit();
				throw error;
			} finally {
				if (openedAt !== undefined && clock.now() - openedAt >= LOCK_HELD_MS) letOthersIn();
			}
		},
		commit,
		afterCommit: (tell) => {
			if (db.inTransaction) untold.push(tell);
			else tell();
		},
		[Symbol.dispose]: () => {
			if (!db.open) return;
			commit();
			db.pragma("synchronous = FULL");
			db.pragma(`wal_autocheckpoint = ${USUAL_CHECKPOINT_PAGES}`);
			db.pragma(`cache_size = -${USUAL_CACHE_KIB}`);
		},
	};
}
