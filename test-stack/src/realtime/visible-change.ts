/** What one subscriber may see of a change: PostgreSQL itself is asked, as that subscriber. */
import pg from "pg";
import type { Claims } from "../jwt.ts";
import type { Change, Row } from "./pgoutput.ts";

export interface ChangePayload {
	readonly schema: string;
	readonly table: string;
	readonly type: Change["type"];
	readonly commit_timestamp: string;
	readonly columns: readonly { readonly name: string; readonly type: string }[];
	readonly record?: unknown;
	readonly old_record?: unknown;
	readonly errors: null;
}

interface Column {
	readonly name: string;
	readonly type: string;
	readonly full_type: string;
	readonly is_key: boolean;
	readonly is_granted: boolean;
	readonly has_rls: boolean;
}

const COLUMNS = `
	select a.attname as name, t.typname as type, format_type(a.atttypid, a.atttypmod) as full_type,
		coalesce(a.attnum = any (k.conkey), false) as is_key,
		has_column_privilege($3, c.oid, a.attname, 'select') as is_granted, c.relrowsecurity as has_rls
	from pg_class c
	join pg_namespace n on n.oid = c.relnamespace
	join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
	join pg_type t on t.oid = a.atttypid
	left join pg_constraint k on k.conrelid = c.oid and k.contype = 'p'
	where n.nspname = $1 and c.relname = $2 order by a.attnum`;

/**
 * Undefined = nothing of it. Of a DELETE the row is gone and no policy can be asked: under row-level security everybody
 * gets the bare key, as with the real server.
 */
export async function showChange(
	db: pg.Client,
	change: Change,
	claims: Claims,
): Promise<ChangePayload | undefined> {
	const { schema, table } = change.relation;
	const found = await db.query<Column>(COLUMNS, [schema, table, claims.role]);
	const granted = found.rows.filter((column) => column.is_granted);
	if (granted.length === 0) return undefined;
	const isGuarded = granted.some(({ has_rls }) => has_rls);
	const keys = found.rows.filter(({ is_key }) => is_key);
	if (isGuarded && change.type !== "DELETE" && !(await isVisible(db, change, keys, claims))) return undefined;
	const shownOld = isGuarded && change.type === "DELETE" ? granted.filter(({ is_key }) => is_key) : granted;
	return {
		schema,
		table,
		type: change.type,
		commit_timestamp: change.committedAt,
		columns: granted.map(({ name, type }) => ({ name, type })),
		...(change.type === "DELETE" ? {} : { record: await toJson(db, granted, change.record) }),
		...(change.old === undefined ? {} : { old_record: await toJson(db, shownOld, change.old) }),
		errors: null,
	};
}

/** Selects the row by its key, with the subscriber's role and claims. */
async function isVisible(
	db: pg.Client,
	change: Change,
	keys: readonly Column[],
	claims: Claims,
): Promise<boolean> {
	const { schema, table } = change.relation;
	const where = keys.map(({ name }) => {
		const value = change.record.get(name);
		return `${pg.escapeIdentifier(name)}::text = ${pg.escapeLiteral(value ?? "")}`;
	});
	await db.query("begin");
	try {
		await db.query("select set_config('role', $1, true), set_config('request.jwt.claims', $2, true)", [
			claims.role,
			JSON.stringify(claims),
		]);
		const from = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;
		const seen = await db.query(`select 1 from ${from} where ${where.join(" and ")}`);
		return seen.rows.length > 0;
	} catch {
		return false; // not permitted to look
	} finally {
		await db.query("rollback");
	}
}

async function toJson(db: pg.Client, columns: readonly Column[], row: Row): Promise<unknown> {
	const parts = columns
		.filter(({ name }) => row.has(name))
		.map(({ name, full_type }) => {
			const value = row.get(name);
			const json =
				value === null || value === undefined ? "null" : `to_jsonb(${pg.escapeLiteral(value)}::${full_type})`;
			return `${pg.escapeLiteral(name)}, ${json}`;
		});
	const made = await db.query<{ json: unknown }>(`select jsonb_build_object(${parts.join(", ")}) as json`);
	return made.rows[0]?.json ?? {};
}
