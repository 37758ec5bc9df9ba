/** Which sessions are searched, and how the places found are told by session. */
import type Database from "better-sqlite3";
import { cwdCondition } from "../session-table.ts";
import type { SearchFilter } from "../stored-shapes.ts";

export interface SearchScope {
	/** Undefined: all. */
	readonly sessions: ReadonlySet<number> | undefined;
	/** Of the items with these keys, those that are searched. */
	keep(keys: readonly number[]): number[];
}

export function searchScope(db: Database.Database, filter: SearchFilter): SearchScope {
	const sessions = sessionsOf(db, filter);
	const { since } = filter;
	if (sessions === undefined && since === undefined) return { sessions, keep: (keys) => [...keys] };
	const place = db.prepare<[string], { key: number; session: number; at: number }>(
		`SELECT i.key, t.session_key AS session, t.started_at AS at FROM json_each(?) j
		CROSS JOIN items i ON i.key = j.value CROSS JOIN turns t ON t.key = i.turn_key`,
	);
	return {
		sessions,
		keep: (keys) => {
			const found = place
				.all(JSON.stringify(keys))
				.filter(({ session, at }) => (sessions?.has(session) ?? true) && at >= (since ?? at))
				.map(({ key }) => key);
			return found.sort((a, b) => b - a);
		},
	};
}

/** A session that had ended before `since` has no turn after it. */
function sessionsOf(db: Database.Database, filter: SearchFilter): ReadonlySet<number> | undefined {
	const { cwd, since, sessions } = filter;
	if (cwd === undefined && since === undefined) return sessions;
	const below = cwd === undefined ? undefined : cwdCondition(cwd);
	const conditions = [below?.sql, since === undefined ? undefined : "s.last_at >= ?"];
	const keys = db
		.prepare(
			`SELECT s.session_key FROM session_digests s WHERE ${conditions.filter((sql) => sql !== undefined).join(" AND ")}`,
		)
		.pluck()
		.all(...(below?.values ?? []), ...(since === undefined ? [] : [since])) as number[];
	return new Set(sessions === undefined ? keys : keys.filter((key) => sessions.has(key)));
}

/** The least and the greatest key of a session's items: between them lies all that it can find. */
export function itemRanges(
	db: Database.Database,
	sessions: ReadonlySet<number>,
): readonly (readonly [least: number, greatest: number])[] {
	const range = db.prepare<[number], { least: number | null; greatest: number | null }>(
		`SELECT min(i.key) AS least, max(i.key) AS greatest FROM turns t CROSS JOIN items i ON i.turn_key = t.key
		WHERE t.session_key = ?`,
	);
	return [...sessions]
		.flatMap((key) => {
			const found = range.get(key);
			const { least, greatest } = found ?? {};
			return least == null || greatest == null ? [] : [[least, greatest] as const];
		})
		.sort(([, a], [, b]) => b - a);
}
