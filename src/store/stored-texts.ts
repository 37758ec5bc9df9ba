/**
 * Every text that is stored, cell by cell and whatever the table: for looking through all of it, and for replacing what
 * should not be there. New tables and columns are found by themselves.
 */
import type Database from "better-sqlite3";
import type { Clock } from "../core/clock.ts";
import type { ItemRow } from "./item-rows.ts";
import { maskedCountColumn, readOptionalColumn, writeColumn } from "./json-columns.ts";
import type { SearchIndex } from "./search-index.ts";
import type { MaskedCount, Replacement, StoredText } from "./stored-text.ts";

export interface StoredTexts {
	/** Of one session; of none: what belongs to no session. */
	of(sessionKey: number | undefined): StoredText[];
	/** In the tables, in the index, and for whoever copies what has changed. What somebody else has changed by now stays. */
	replace(sessionKey: number | undefined, replacements: readonly Replacement[]): void;
	/** Adds to what is counted as masked. */
	count(sessionKey: number, counts: readonly MaskedCount[]): void;
}

/** Made by ctrace itself: names of its own, keyed digests, words from a closed list. */
export const OWN_COLUMNS: readonly string[] = [
	"id",
	"fingerprint",
	"anchor",
	"recorder_boot_id",
	"kind",
	"prompt_kind",
	"status",
	"source",
	"encoding",
];
/** What was written by people and programs may look like JSON and still be text. */
const PLAIN_COLUMNS: readonly string[] = ["body", "output", "cwd", "title", "note"];

interface Column {
	readonly name: string;
	readonly type: string;
	readonly pk: number;
}

interface Table {
	readonly name: string;
	readonly keys: readonly string[];
	readonly texts: readonly string[];
	readonly columns: readonly string[];
}

export function createStoredTexts(
	db: Database.Database,
	{ clock, index }: { readonly clock: Clock; readonly index: SearchIndex },
): StoredTexts {
	return {
		of: (sessionKey) => readTables(db).flatMap((table) => textsOf(db, table, sessionKey)),
		replace: (sessionKey, replacements) => {
			const items = replacements.filter(({ text }) => text.table === "items");
			const rest = replacements.filter(({ text }) => text.table !== "items");
			replaceItems(db, index, items);
			for (const replacement of rest) update(db, replacement);
			touch(db, clock, { sessionKey, replacements });
		},
		count: (sessionKey, counts) => addCounts(db, sessionKey, counts),
	};
}

/** Tables of ours: the index keeps words of items only, in tables of its own. */
export function readTables(db: Database.Database): Table[] {
	const names = db
		.prepare<[], { name: string }>(
			"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite_%' ORDER BY name",
		)
		.all();
	return names.map(({ name }) => {
		const columns = db.prepare<[string], Column>("SELECT name, type, pk FROM pragma_table_info(?)").all(name);
		return {
			name,
			keys: columns.filter(({ pk }) => pk > 0).map((column) => column.name),
			texts: columns
				.filter((column) => column.type === "TEXT" && !OWN_COLUMNS.includes(column.name))
				.map((column) => column.name),
			columns: columns.map((column) => column.name),
		};
	});
}

type Row = Readonly<Record<string, string | number | null>>;

function textsOf(db: Database.Database, table: Table, sessionKey: number | undefined): StoredText[] {
	const source = rowsOf(table, sessionKey === undefined);
	if (table.texts.length === 0 || source === undefined) return [];
	const statement = db.prepare<unknown[], Row>(source);
	const rows = sessionKey === undefined ? statement.all() : statement.all(sessionKey);
	return rows.flatMap((row) => table.texts.flatMap((column) => textAt(table, column, row)));
}

/** Undefined where nothing of the table is meant. */
function rowsOf({ name, columns }: Table, isNobodys: boolean): string | undefined {
	const isSession = name === "sessions";
	const isItem = columns.includes("turn_key");
	const isTurn = columns.includes("session_key");
	if (isNobodys) return isSession || isItem || isTurn ? undefined : `SELECT * FROM ${name}`;
	if (isSession) return "SELECT * FROM sessions WHERE key = ?";
	if (isItem)
		return `SELECT r.*, t.seq AS "turn seq", t.key AS "turn key" FROM turns t JOIN ${name} r ON r.turn_key = t.key WHERE t.session_key = ?`;
	if (name === "turns")
		return 'SELECT *, seq AS "turn seq", key AS "turn key" FROM turns WHERE session_key = ?';
	return isTurn ? `SELECT * FROM ${name} WHERE session_key = ?` : undefined;
}

function textAt(table: Table, column: string, row: Row): StoredText[] {
	const raw = row[column];
	if (typeof raw !== "string" || raw === "") return [];
	const parsed = PLAIN_COLUMNS.includes(column) ? undefined : parseObject(raw);
	const seq = row["turn seq"];
	const turnKey = row["turn key"];
	const key = Object.fromEntries(table.keys.map((name) => [name, row[name] ?? 0]));
	return [
		{
			table: table.name,
			column,
			...(typeof seq === "number" ? { turnSeq: seq } : {}),
			value: parsed ?? raw,
			cell: {
				key,
				raw,
				isJson: parsed !== undefined,
				...(typeof turnKey === "number" ? { turnKey } : {}),
			},
		},
	];
}

function parseObject(raw: string): object | undefined {
	if (!/^[[{]/.test(raw)) return undefined;
	try {
		const value: unknown = JSON.parse(raw);
		return typeof value === "object" && value !== null ? value : undefined;
	} catch {
		return undefined; // a text that begins like JSON
	}
}

function update(db: Database.Database, { text, value }: Replacement): void {
	const { key, raw, isJson } = text.cell;
	const names = Object.keys(key);
	const where = names.map((name) => `${name} = ?`).join(" AND ");
	const cell = isJson ? writeColumn(value) : String(value).toWellFormed();
	db.prepare(`UPDATE ${text.table} SET ${text.column} = ? WHERE ${where} AND ${text.column} = ?`).run(
		cell,
		...names.map((name) => key[name]),
		raw,
	);
}

/** An item is taken out of the index by the words it went in with, and put in with its new ones. */
function replaceItems(db: Database.Database, index: SearchIndex, replacements: readonly Replacement[]): void {
	const read = db.prepare<[number], ItemRow>("SELECT * FROM items WHERE key = ?");
	const keys = new Set(replacements.map(({ text }) => Number(text.cell.key.key)));
	for (const key of keys) {
		const old = read.get(key);
		if (old === undefined) continue;
		for (const one of replacements) if (one.text.cell.key.key === key) update(db, one);
		const now = read.get(key);
		if (old.is_indexed === 0 || now === undefined) continue;
		index.remove(key, old);
		index.add(key, now);
	}
}

/** A new revision: who copies sessions elsewhere copies these again. */
function touch(
	db: Database.Database,
	clock: Clock,
	{ sessionKey, replacements }: { sessionKey: number | undefined; replacements: readonly Replacement[] },
): void {
	const now = clock.now();
	const turnKeys = new Set(replacements.flatMap(({ text }) => text.cell.turnKey ?? []));
	const turn = db.prepare("UPDATE turns SET revision = revision + 1, updated_at = ? WHERE key = ?");
	for (const key of turnKeys) turn.run(now, key);
	if (sessionKey !== undefined && replacements.length > 0)
		db.prepare("UPDATE sessions SET revision = revision + 1, updated_at = ? WHERE key = ?").run(
			now,
			sessionKey,
		);
}

const COUNT_OF = {
	session: { find: "SELECT key, masked_count FROM sessions WHERE key = ?", table: "sessions" },
	turn: { find: "SELECT key, masked_count FROM turns WHERE session_key = ? AND seq = ?", table: "turns" },
} as const;

function addCounts(db: Database.Database, sessionKey: number, counts: readonly MaskedCount[]): void {
	const add = (of: keyof typeof COUNT_OF, key: readonly number[], { rule, count }: MaskedCount) => {
		const { find, table } = COUNT_OF[of];
		const row = db.prepare<unknown[], { key: number; masked_count: string | null }>(find).get(...key);
		if (row === undefined) return;
		const known = readOptionalColumn(maskedCountColumn, row.masked_count) ?? {};
		const sum = writeColumn({ ...known, [rule]: (known[rule] ?? 0) + count });
		db.prepare(`UPDATE ${table} SET masked_count = ? WHERE key = ?`).run(sum, row.key);
	};
	for (const one of counts) {
		add("session", [sessionKey], one);
		if (one.turn !== undefined) add("turn", [sessionKey, one.turn], one);
	}
}

/** Nothing of what was replaced or deleted stays in a free page, in the index's old parts or in the log. */
export function purge(db: Database.Database): void {
	db.prepare("INSERT INTO search (search) VALUES ('optimize')").run();
	db.exec("VACUUM");
}
