/**
 * Encrypts a database, or takes the encryption off: into a copy that is looked through before it takes the old one's place. A crash
 * leaves one or the other, whole. Nobody else may have it open.
 */
import {
	chmodSync,
	closeSync,
	existsSync,
	fstatSync,
	fsyncSync,
	linkSync,
	openSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
	writeSync,
} from "node:fs";
import { dirname } from "node:path";
import type Database from "better-sqlite3";
import { CtraceError } from "../../core/errors.ts";
import { connectForGood } from "../lasting-connection.ts";
import { guardStore } from "../store-errors.ts";
import { type DatabaseKey, keyLiteral } from "./database-key.ts";
import { encryptionMark } from "./open-encrypted.ts";

const WAIT_MS = 2_000;
const OWNER_ONLY = 0o600;
const ZEROS = Buffer.alloc(1024 * 1024);

export interface Conversion {
	/** Of the file as it is; absent: it is not encrypted. */
	readonly from?: DatabaseKey;
	/** Of the file as it is to be; absent: it will not be encrypted. */
	readonly to?: DatabaseKey;
}

/** What a conversion leaves for a moment: the copy, and the old file's other name. */
export function leftovers(path: string): readonly string[] {
	return [`${path}.draft`, `${path}.old`];
}

/** Throws `store-busy` while another process has it open, `disk-full`, `store-encrypted` for a wrong key. */
export function convertDatabase(path: string, conversion: Conversion): void {
	guardStore(path, () => {
		wipeLeftovers(path);
		const [draft = "", old = ""] = leftovers(path);
		const source = openAlone(path, conversion.from);
		try {
			closeSync(openSync(draft, "wx", OWNER_ONLY));
			source.exec(`VACUUM INTO '${draft.replaceAll("'", "''")}'`);
			rekey(draft, conversion);
			compare(source, draft, conversion.to);
			if (conversion.to !== undefined) writeFileSync(encryptionMark(path), "", { mode: OWNER_ONLY });
			linkSync(path, old);
			renameSync(draft, path);
			sync(dirname(path));
			if (conversion.to === undefined) rmSync(encryptionMark(path), { force: true });
			wipe(old);
		} finally {
			source.close();
			rmSync(draft, { force: true });
		}
	});
}

/** After a crash: nothing readable stays of a database that is encrypted by now. */
export function wipeLeftovers(path: string): void {
	const kept = statSync(path, { throwIfNoEntry: false })?.ino;
	for (const file of leftovers(path)) {
		if (!existsSync(file)) continue;
		// Two names of one file: the crash came before the new one took its place.
		if (statSync(file).ino === kept) rmSync(file);
		else wipe(file);
	}
}

/** The lock is held until the connection closes: whoever comes meanwhile waits, and finds the new file. */
function openAlone(path: string, key: DatabaseKey | undefined): Database.Database {
	const db = connectForGood(path, { fileMustExist: true, timeout: WAIT_MS }, key);
	try {
		db.pragma("locking_mode = EXCLUSIVE");
		if (db.pragma("journal_mode = DELETE", { simple: true }) !== "delete") throw inUse(path);
		db.exec("BEGIN EXCLUSIVE; COMMIT");
		return db;
	} catch (cause) {
		db.close();
		const isBusy =
			cause instanceof Error && "code" in cause && /^SQLITE_(?:BUSY|LOCKED)/.test(String(cause.code));
		throw isBusy ? inUse(path, cause) : cause;
	}
}

function inUse(path: string, cause?: unknown): CtraceError {
	return new CtraceError("store-busy", `${path} is open in another ctrace`, {
		hint: "End the sessions and `ctrace web`, stop the daemon (ctrace stop), and try again.",
		cause,
	});
}

/** Its journal stays in memory: on the disk it would hold what is being encrypted. */
function rekey(draft: string, { from, to }: Conversion): void {
	const db = connectForGood(draft, { fileMustExist: true }, from ?? "none yet");
	try {
		db.pragma("journal_mode = MEMORY");
		db.exec(`PRAGMA rekey = ${to === undefined ? "''" : keyLiteral(to)}`);
	} finally {
		db.close();
	}
	sync(draft);
}

const COUNTED = ["sessions", "turns", "items", "recording_chunks"];

function compare(source: Database.Database, draft: string, key: DatabaseKey | undefined): void {
	const db = connectForGood(draft, { readonly: true, fileMustExist: true }, key);
	try {
		const [found] = db.pragma("quick_check(1)") as readonly { readonly quick_check: string }[];
		const isSame = COUNTED.every((table) => count(db, table) === count(source, table));
		if (found?.quick_check === "ok" && isSame) return;
		throw new CtraceError("store-damaged", "the copy is not what the database was; nothing was changed", {
			hint: "Look at the database first: ctrace doctor",
		});
	} finally {
		db.close();
	}
}

function count(db: Database.Database, table: string): number {
	return Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
}

function sync(path: string): void {
	const file = openSync(path, "r");
	try {
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
}

/** Overwritten, then removed. */
function wipe(path: string): void {
	chmodSync(path, OWNER_ONLY);
	const file = openSync(path, "r+");
	try {
		for (let left = fstatSync(file).size, at = 0; left > 0; ) {
			const written = writeSync(file, ZEROS, 0, Math.min(left, ZEROS.length), at);
			at += written;
			left -= written;
		}
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
	rmSync(path);
}
