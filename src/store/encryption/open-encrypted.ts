/** Encrypted files: told from others by a mark beside them, for their bytes look like noise. */
import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { CtraceError } from "../../core/errors.ts";
import { type DatabaseKey, type FindKey, SALT_BYTES } from "./database-key.ts";

const MAGIC = "SQLite format 3\0";

/** An empty file: the database beside it may be encrypted. */
export function encryptionMark(path: string): string {
	return `${path}.encrypted`;
}

/** The file decides, not the mark: one that is readable is not encrypted, whatever lies beside it. */
export function isEncrypted(path: string): boolean {
	if (!existsSync(encryptionMark(path))) return false;
	const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
	return size >= SALT_BYTES && readSalt(path).toString("latin1") !== MAGIC;
}

export function readSalt(path: string): Buffer {
	const salt = Buffer.alloc(SALT_BYTES);
	const file = openSync(path, "r");
	try {
		readSync(file, salt, 0, SALT_BYTES, 0);
		return salt;
	} finally {
		closeSync(file);
	}
}

/** Undefined for a file that is not encrypted. Throws `store-encrypted` where nobody has the key. */
export function keyFor(path: string, findKey: FindKey | undefined): DatabaseKey | undefined {
	if (!isEncrypted(path)) return undefined;
	const key = findKey?.(readSalt(path));
	if (key !== undefined) return key;
	throw new CtraceError("store-encrypted", `${path} is encrypted, and nobody has its key`, {
		hint: "Unlock the system's keychain, or give the passphrase: read -rs CTRACE_PASSPHRASE; export CTRACE_PASSPHRASE",
	});
}

export function wrongKey(path: string, cause: unknown): CtraceError {
	return new CtraceError("store-encrypted", `${path} does not open with this key`, {
		hint: "Check CTRACE_PASSPHRASE. Nothing in the file was changed.",
		cause,
	});
}
