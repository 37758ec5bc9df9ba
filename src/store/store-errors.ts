import Database from "better-sqlite3";
import { CtraceError } from "../core/errors.ts";

/** Runs `work`; what SQLite or the file system throws becomes a `CtraceError` with advice. */
export function guardStore<T>(path: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		throw toStoreError(path, error);
	}
}

/** The user's view of a failure; anything that is not the store's or the disk's doing is passed through. */
export function toStoreError(path: string, error: unknown): unknown {
	const code = errorCode(error);
	if (code === undefined) return error;
	if (FULL_CODES.has(code)) return diskFull(path, error);
	if (BUSY_CODE.test(code)) return storeBusy(path, error);
	if (DAMAGED_CODE.test(code)) return storeDamaged(path, error);
	if (DENIED_CODE.test(code)) return denied(path, error);
	return error;
}

export function storeForeign(path: string): CtraceError {
	return new CtraceError("store-foreign", `${path} is not a ctrace database`, {
		hint: "Move that file away, or point CTRACE_HOME at another directory. It was left as it is.",
	});
}

export function storeNewer(path: string, found: number, known: number): CtraceError {
	return new CtraceError(
		"store-newer",
		`${path} was written by a newer ctrace (schema ${found}; this one knows up to ${known})`,
		{ hint: "Update ctrace: npm install -g claude-code-tracer. The database was left as it is." },
	);
}

export function storeDamaged(path: string, cause?: unknown): CtraceError {
	return new CtraceError("store-damaged", `${path} is damaged and cannot be read`, {
		hint: "Move it away to start afresh; `sqlite3 FILE .recover` may save what is in it.",
		cause,
	});
}

function diskFull(path: string, cause: unknown): CtraceError {
	return new CtraceError("disk-full", `no space left on the disk that holds ${path}`, {
		hint: "Free some space, or delete old sessions: ctrace sessions delete ID",
		retryable: true,
		cause,
	});
}

function storeBusy(path: string, cause: unknown): CtraceError {
	return new CtraceError("store-busy", `${path} is locked by another process`, {
		hint: "Try again in a moment.",
		retryable: true,
		cause,
	});
}

function denied(path: string, cause: unknown): CtraceError {
	return new CtraceError("permission", `${path} cannot be opened or written`, {
		hint: "Check who owns the file and its directory, and that the disk is not mounted read-only.",
		cause,
	});
}

function errorCode(error: unknown): string | undefined {
	if (error instanceof CtraceError) return undefined;
	if (error instanceof Database.SqliteError) return error.code;
	if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
	return undefined;
}

// SQLite says FULL when a write hits the end of the disk, and IOERR_SHMSIZE when growing its shared index does.
const FULL_CODES: ReadonlySet<string> = new Set(["SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "ENOSPC", "EDQUOT"]);
const BUSY_CODE = /^SQLITE_(BUSY|LOCKED)/;
const DAMAGED_CODE = /^SQLITE_(CORRUPT|NOTADB)/;
const DENIED_CODE = /^(SQLITE_(CANTOPEN|READONLY|PERM|AUTH)|EACCES|EPERM|EROFS|ENOTDIR|EISDIR|EEXIST)/;
