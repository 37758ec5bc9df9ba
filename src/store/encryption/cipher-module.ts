/** The SQLite that encrypts: a package that only those who encrypt install. */
import { createRequire } from "node:module";
import type Database from "better-sqlite3";
import { CtraceError } from "../../core/errors.ts";

export const CIPHER_PACKAGE = "better-sqlite3-multiple-ciphers";
/** Of the same SQLite binding as the one without encryption. */
export const CIPHER_VERSION = "12.11.1";

/** Throws `store-encrypted` where it is not installed. */
export function loadCipherModule(): typeof Database {
	const load = createRequire(import.meta.url);
	try {
		return load(CIPHER_PACKAGE);
	} catch (cause) {
		throw new CtraceError("store-encrypted", `an encrypted database needs the package ${CIPHER_PACKAGE}`, {
			cause,
			hint: `Install it beside ctrace: npm install -g ${CIPHER_PACKAGE}@${CIPHER_VERSION} (in a clone: without -g)`,
		});
	}
}
