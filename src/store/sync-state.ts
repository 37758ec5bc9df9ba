/** Small facts about syncing that outlive a process, and who may sync at the moment. */
import type Database from "better-sqlite3";
import { optional } from "./optional.ts";
import type { LeaseHolder, ShareKind, ShareRule } from "./sync-store.ts";

/** Of the one lease there is. */
const LEASE = "sync";

export function readState(db: Database.Database, name: string): string | undefined {
	return db.prepare<[string], { value: string }>("SELECT value FROM sync_state WHERE name = ?").get(name)
		?.value;
}

export function writeState(db: Database.Database, name: string, value: string | undefined): void {
	if (value === undefined) db.prepare("DELETE FROM sync_state WHERE name = ?").run(name);
	else
		db.prepare(
			"INSERT INTO sync_state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
		).run(name, value);
}

interface LeaseRow {
	readonly holder: string;
	readonly pid: number;
	readonly boot_id: string | null;
	readonly expires_at: number;
}

/**
 * A lease is over when its time is, or when its holder's process is gone. Should a clock jump and two hold it at once, each
 * message still carries its version, and the later one wins at the remote: the lease saves work, it does not guard data.
 */
export function holdLease(db: Database.Database, wanted: LeaseHolder): boolean {
	const row = db.prepare<[string], LeaseRow>("SELECT * FROM sync_lease WHERE name = ?").get(LEASE);
	if (row !== undefined && row.holder !== wanted.holder && !isOver(row, wanted)) return false;
	db.prepare(
		`INSERT INTO sync_lease (name, holder, pid, boot_id, expires_at) VALUES (@name, @holder, @pid, @bootId, @until)
		ON CONFLICT (name) DO UPDATE SET holder = @holder, pid = @pid, boot_id = @bootId, expires_at = @until`,
	).run({
		name: LEASE,
		holder: wanted.holder,
		pid: wanted.pid,
		bootId: wanted.bootId ?? null,
		until: wanted.now + wanted.lastsMs,
	});
	return true;
}

function isOver(row: LeaseRow, { now, lastsMs, isAlive }: LeaseHolder): boolean {
	// Further away than any lease lasts: the clock was set back since.
	const isTimeOver = row.expires_at <= now || row.expires_at > now + lastsMs * 2;
	return isTimeOver || !isAlive(row.pid, row.boot_id ?? undefined);
}

export function releaseLease(db: Database.Database, holder: string): void {
	db.prepare("DELETE FROM sync_lease WHERE name = ? AND holder = ?").run(LEASE, holder);
}

interface RuleRow {
	readonly kind: ShareKind;
	readonly value: string;
	readonly team_id: string | null;
}

export function readShareRules(db: Database.Database): ShareRule[] {
	return db
		.prepare<[], RuleRow>("SELECT kind, value, team_id FROM share_rules ORDER BY kind, value")
		.all()
		.map(({ kind, value, team_id }) => ({ kind, value, ...optional("teamId", team_id) }));
}

export function writeShareRule(
	db: Database.Database,
	{ kind, value }: Omit<ShareRule, "teamId">,
	teamId: string | null | undefined,
): void {
	if (teamId === undefined)
		db.prepare("DELETE FROM share_rules WHERE kind = ? AND value = ?").run(kind, value);
	else
		db.prepare(
			"INSERT INTO share_rules (kind, value, team_id) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET team_id = excluded.team_id",
		).run(kind, value, teamId);
}

/** The sessions that a rule can be about. */
export function sessionsOf(db: Database.Database, { kind, value }: Omit<ShareRule, "teamId">): string[] {
	const conditions: Readonly<Record<ShareKind, string>> = {
		session: "id = @value",
		directory: "cwd = @value OR substr(cwd, 1, length(@value) + 1) = @value || '/'",
		remote: "git ->> 'remote' IS NOT NULL",
	};
	return db
		.prepare<[{ value: string }], { id: string }>(`SELECT id FROM sessions WHERE ${conditions[kind]}`)
		.all({ value })
		.map(({ id }) => id);
}
