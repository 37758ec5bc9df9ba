/** Which recordings became which sessions. */
import type Database from "better-sqlite3";
import type { Clock } from "../core/clock.ts";

export function findImport(db: Database.Database, fingerprint: string): string | undefined {
	const row = db
		.prepare<[string], { id: string }>(
			"SELECT s.id FROM imports i JOIN sessions s ON s.key = i.session_key WHERE i.fingerprint = ?",
		)
		.get(fingerprint);
	return row?.id;
}

/** Two imports of one recording at once: the second one fails here, and with it the transaction it runs in. */
export function noteImport(
	db: Database.Database,
	entry: { readonly key: number; readonly fingerprint: string; readonly clock: Clock },
): void {
	db.prepare("INSERT INTO imports (fingerprint, session_key, imported_at) VALUES (?, ?, ?)").run(
		entry.fingerprint,
		entry.key,
		entry.clock.now(),
	);
}

export function forgetImports(db: Database.Database, sessionKey: number): void {
	db.prepare("DELETE FROM imports WHERE session_key = ?").run(sessionKey);
}
