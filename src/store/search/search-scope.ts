/** Which sessions are searched, and what is known of the places found. */
import type Database from "better-sqlite3";
import { cwdCondition } from "../session-table.ts";
import type { SearchedKind, SearchFilter } from "../stored-shapes.ts";

/** An item that was found. */
export interface Place {
	readonly key: number;
	readonly kind: SearchedKind;
}

export interface SearchScope {
	/** Keys of sessions. Undefined: all. */
	readonly sessions: ReadonlySet<number> | undefined;
	/** The items with these keys that are searched, the newest first. */
	placesOf(keys: readonly number[]): Place[];
}

interface PlaceRow extends Place {
	readonly session: number;
	readonly at: number;
}

export function searchScope(db: Database.Database, filter: SearchFilter): SearchScope {
	const sessions = sessionsOf(db, filter);
	const since = filter.since ?? Number.NEGATIVE_INFINITY;
	const isAll = sessions === undefined && filter.since === undefined;
	const read = db.prepare<[string], PlaceRow>(
		isAll
			? "SELECT i.key, i.kind, 0 AS session, 0 AS at FROM json_each(?) j CROSS JOIN items i ON i.key = j.value"
			: `SELECT i.key, i.kind, t.session_key AS session, t.started_at AS at FROM json_each(?) j
				CROSS JOIN items i ON i.key = j.value CROSS JOIN turns t ON t.key = i.turn_key`,
	);
	const isInside = ({ session, at }: PlaceRow) => (sessions?.has(session) ?? true) && at >= since;
	return {
		sessions,
		placesOf: (keys) => {
			const rows = read.all(JSON.stringify(keys));
			return (isAll ? rows : rows.filter(isInside)).sort((a, b) => b.key - a.key);
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

/** The least and the greatest key of each session's items: between them lies all that it can find. The newest first. */
export function* itemRanges(
	db: Database.Database,
	sessions: ReadonlySet<number>,
): Generator<readonly [least: number, greatest: number]> {
	const read = db.prepare<[number], { least: number | null; greatest: number | null }>(
		`SELECT min(i.key) AS least, max(i.key) AS greatest FROM turns t CROSS JOIN items i ON i.turn_key = t.key
		WHERE t.session_key = ?`,
	);
	for (const key of [...sessions].sort((a, b) => b - a)) {
		const { least, greatest } = read.get(key) ?? {};
		if (least != null && greatest != null) yield [least, greatest];
	}
}
