/**
 * A lock that the kernel keeps for one process and takes away when that process ends, however it ends: SQLite's own
 * lock on a file that stays empty. No pid to go stale, nothing to clean up after a crash.
 */
import { closeSync, openSync, truncateSync } from "node:fs";
import type Database from "better-sqlite3";
import { connectForGood } from "./lasting-connection.ts";
import { guardStore } from "./store-errors.ts";

const BUSY_CODE = /^SQLITE_(BUSY|LOCKED|PROTOCOL)/;
const FOREIGN_CONTENT = "SQLITE_NOTADB";
const OWNER_ONLY = 0o600;

export interface ProcessLock {
	readonly path: string;
	release(): void;
}

/**
 * The lock, or undefined while another process has it. Its directory must be there. A process asks once at a time:
 * opening the file a second time would give its own lock away. Throws `permission`, `disk-full`.
 */
export function takeProcessLock(path: string): ProcessLock | undefined {
	return guardStore(path, () => {
		closeSync(openSync(path, "a", OWNER_ONLY));
		try {
			return lock(path);
		} catch (error) {
			if (codeOf(error) !== FOREIGN_CONTENT) throw error;
			// Nothing that matters is ever in it. Emptied in place: a new file would be a second lock.
			truncateSync(path);
			return lock(path);
		}
	});
}

function lock(path: string): ProcessLock | undefined {
	const db = connectForGood(path, { timeout: 0 });
	try {
		db.pragma("journal_mode = MEMORY"); // no second file beside it
		db.exec("BEGIN EXCLUSIVE");
	} catch (error) {
		db.close();
		if (BUSY_CODE.test(codeOf(error) ?? "")) return undefined;
		throw error;
	}
	return { path, release: () => release(db) };
}

function release(db: Database.Database): void {
	if (db.open) db.close();
}

function codeOf(error: unknown): string | undefined {
	return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
