/**
 * Opens the database file. Everything that could be wrong with it is found out by reading, before the first write:
 * a file that is not ours, is damaged, or is newer than we are stays byte for byte as it was.
 */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type Database from "better-sqlite3";
import type { DatabaseKey, FindKey } from "./encryption/database-key.ts";
import { keyFor } from "./encryption/open-encrypted.ts";
import { connectForGood } from "./lasting-connection.ts";
import { APPLICATION_ID, MIGRATIONS, migrate, userVersion } from "./migrations.ts";
import { standStill } from "./stand-still.ts";
import { storeDamaged, storeForeign, storeNewer } from "./store-errors.ts";

/** How long a writer waits for another one; a turn's save holds the lock for milliseconds. */
const BUSY_TIMEOUT_MS = 10_000;
/** Pause between two tries to switch to WAL, for which SQLite does not use its own busy handler. */
const WAL_RETRY_MS = 20;
/** After a burst the log is cut back to this, so that it does not keep the burst's size for ever. */
const WAL_KEPT_BYTES = 16 * 1024 * 1024;

const HEADER_BYTES = 100;
const MAGIC = "SQLite format 3\0";
const HEADER = { userVersion: 60, applicationId: 68 } as const;

export interface OpenOptions {
	readonly migrations?: readonly string[];
	readonly busyTimeoutMs?: number;
	/** Pages of the file that are kept in memory. */
	readonly cacheKib?: number;
	/** Asked for the key where the file is encrypted. */
	readonly findKey?: FindKey;
}

/** Opens, creates or upgrades the database; see `openStore` for what it throws. */
export function openDatabase(path: string, options: OpenOptions = {}): Database.Database {
	const { migrations = MIGRATIONS, busyTimeoutMs = BUSY_TIMEOUT_MS } = options;
	mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	const key = keyFor(path, options.findKey);
	if (key === undefined) checkHeader(path, migrations.length);
	else checkDecrypted(path, key, migrations.length);
	checkLog(path, key, migrations.length);
	closeSync(openSync(path, "a", 0o600));
	if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
	const db = connectForGood(path, { timeout: busyTimeoutMs }, key);
	try {
		prepare(db, path, migrations);
		if (options.cacheKib !== undefined) db.pragma(`cache_size = -${options.cacheKib}`);
		return db;
	} catch (error) {
		db.close();
		throw error;
	}
}

/** What the file's own first bytes say. A missing or empty file is a new database. */
function checkHeader(path: string, known: number): void {
	if (!existsSync(path)) return;
	const header = readHeader(path);
	if (header.length === 0) return;
	const isDatabase = header.subarray(0, MAGIC.length).toString("latin1") === MAGIC;
	if (!isDatabase || header.length < HEADER_BYTES) throw storeForeign(path);
	if (header.readUInt32BE(HEADER.applicationId) !== APPLICATION_ID) throw storeForeign(path);
	const version = header.readUInt32BE(HEADER.userVersion);
	if (version > known) throw storeNewer(path, version, known);
}

const READING = { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS } as const;

/** The same of an encrypted file. Throws `store-encrypted` for a wrong key. */
function checkDecrypted(path: string, key: DatabaseKey, known: number): void {
	const reader = connectForGood(path, READING, key);
	try {
		if (reader.pragma("application_id", { simple: true }) !== APPLICATION_ID) throw storeForeign(path);
		const version = userVersion(reader);
		if (version > known) throw storeNewer(path, version, known);
	} finally {
		reader.close();
	}
}

function readHeader(path: string): Buffer {
	const header = Buffer.alloc(HEADER_BYTES);
	const file = openSync(path, "r");
	try {
		return header.subarray(0, readSync(file, header, 0, HEADER_BYTES, 0));
	} finally {
		closeSync(file);
	}
}

/** A newer schema may still be in the write-ahead log alone; a read-only connection sees it and changes nothing. */
function checkLog(path: string, key: DatabaseKey | undefined, known: number): void {
	const log = `${path}-wal`;
	if (!existsSync(log) || statSync(log).size === 0) return;
	const reader = connectForGood(path, READING, key);
	try {
		const version = userVersion(reader);
		if (version > known) throw storeNewer(path, version, known);
	} finally {
		reader.close();
	}
}

function prepare(db: Database.Database, path: string, migrations: readonly string[]): void {
	db.pragma("foreign_keys = ON");
	// Deleted text is overwritten at once, and never written to a temporary file.
	db.pragma("secure_delete = ON");
	db.pragma("temp_store = MEMORY");
	// A turn that was reported saved survives a power cut.
	db.pragma("synchronous = FULL");
	db.pragma(`journal_size_limit = ${WAL_KEPT_BYTES}`);
	checkTables(db, path);
	migrate(db, migrations);
	switchToWal(db);
}

/** Ours, yet its table of contents cannot be read: stop before anything is written. */
function checkTables(db: Database.Database, path: string): void {
	if (userVersion(db) === 0) return;
	const tables = db.prepare(
		"SELECT count(*) AS found FROM sqlite_schema WHERE name IN ('sessions', 'turns')",
	);
	if ((tables.get() as { found: number }).found !== 2) throw storeDamaged(path);
}

/** WAL lets readers and a writer work at once. Switching needs the file for itself for a moment. */
function switchToWal(db: Database.Database): void {
	for (let tries = Math.ceil(BUSY_TIMEOUT_MS / WAL_RETRY_MS); ; tries -= 1) {
		try {
			if (db.pragma("journal_mode = WAL", { simple: true }) === "wal") return;
		} catch (error) {
			const isBusy = error instanceof Error && "code" in error && /^SQLITE_BUSY/.test(String(error.code));
			if (!isBusy || tries <= 0) throw error;
		}
		standStill(WAL_RETRY_MS);
	}
}
