/**
 * Conversations of Claude Code whose session was deleted here. Their transcripts still lie where Claude Code put them, and
 * must not come back by themselves. Kept are digests: what was deleted cannot be told from them.
 */
import { createHash } from "node:crypto";
import type Database from "better-sqlite3";

export function deletedConversations(): string {
	return `
CREATE TABLE deleted_conversations (
	digest TEXT PRIMARY KEY,
	deleted_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
}

/** Before the session's own rows go; inside a transaction of the caller's. */
export function rememberDeleted(db: Database.Database, sessionKey: number, now: number): void {
	const note = db.prepare<[string, number]>("INSERT OR IGNORE INTO deleted_conversations VALUES (?, ?)");
	for (const digest of digestsOf(db, sessionKey)) note.run(digest, now);
}

/** Somebody asked for it again by name. */
export function forgetDeleted(db: Database.Database, sessionKey: number): void {
	const forget = db.prepare<[string]>("DELETE FROM deleted_conversations WHERE digest = ?");
	for (const digest of digestsOf(db, sessionKey)) forget.run(digest);
}

/** `fingerprint`: of its file; `agentSessionId`: Claude Code's name for it. */
export function isConversationDeleted(
	db: Database.Database,
	{ fingerprint, agentSessionId }: { readonly fingerprint: string; readonly agentSessionId: string },
): boolean {
	const row = db
		.prepare<[string, string]>("SELECT 1 FROM deleted_conversations WHERE digest IN (?, ?)")
		.get(fingerprint, digestOf(agentSessionId));
	return row !== undefined;
}

function digestsOf(db: Database.Database, sessionKey: number): string[] {
	const files = db
		.prepare<[number], { fingerprint: string }>("SELECT fingerprint FROM transcripts WHERE session_key = ?")
		.all(sessionKey);
	const names = db
		.prepare<[number], { agent_session_id: string }>(
			"SELECT agent_session_id FROM lineage WHERE session_key = ?",
		)
		.all(sessionKey);
	return [
		...files.map(({ fingerprint }) => fingerprint),
		...names.map(({ agent_session_id }) => digestOf(agent_session_id)),
	];
}

function digestOf(agentSessionId: string): string {
	return createHash("sha256").update(`deleted conversation ${agentSessionId}`).digest("hex");
}
