/**
 * Makes many sessions of few, in SQL: each copy is the template some weeks later, with names, times, words and figures of
 * its own. A row takes microseconds so, where inventing it and writing it one by one would take half an hour in all.
 */
import type Database from "better-sqlite3";
import { blockTable, sumBlocks } from "../../../src/store/figures/blocks.ts";
import { sumDays } from "../../../src/store/figures/days.ts";
import {
	columnsOf,
	DAY_SUMMED_NAMES,
	dayTable,
	FIGURE_NAMES,
	pickSums,
	projectTable,
	SUMMED_NAMES,
	sessionTable,
	tableOf,
} from "../../../src/store/figures/tables.ts";
import type { ItemCells } from "../../../src/store/item-rows.ts";
import { indexedText } from "../../../src/store/search-index.ts";

export interface Multiplied {
	/** The template among them. */
	readonly copies: number;
	/** From one to the next. */
	readonly apartDays: number;
}

/** The database holds the template, counted, and nothing else: its keys are 1, 2, 3 and so on. */
export function multiply(db: Database.Database, { copies, apartDays }: Multiplied): void {
	const keys = Object.fromEntries(
		["sessions", "turns", "items"].map((table) => [table, greatestKey(db, table)]),
	);
	keepWords(db);
	const statements = [sessions(), turns(), items(), responses(), words(), ...figures()].map((sql) =>
		db.prepare(sql),
	);
	for (let copy = 1; copy < copies; copy += 1)
		db.transaction(() => {
			const given = { ...keys, copy, ms: copy * apartDays * 86_400_000, days: copy * apartDays, copies };
			for (const statement of statements) statement.run(given);
		})();
	db.exec(
		"INSERT OR IGNORE INTO lineage SELECT j.value, s.key FROM sessions s, json_each(s.agent_session_ids) j",
	);
	addUpFigures(db);
}

function greatestKey(db: Database.Database, table: string): number {
	const found = db.prepare<[], { key: number; many: number }>(
		`SELECT max(key) AS key, count(*) AS many FROM ${table}`,
	);
	const { key, many } = found.get() ?? { key: 0, many: 0 };
	if (key !== many) throw new Error(`the keys of ${table} have holes`);
	return key;
}

/** The index keeps no text: what each item of the template is found by is made once. */
function keepWords(db: Database.Database): void {
	db.exec("CREATE TEMP TABLE words (key INTEGER PRIMARY KEY, prompt, answer, aside, input, output)");
	const keep = db.prepare("INSERT INTO temp.words VALUES (?, ?, ?, ?, ?, ?)");
	const all = db.prepare<[], ItemCells & { readonly key: number }>("SELECT * FROM items").all();
	db.transaction(() => {
		for (const item of all) keep.run(item.key, ...indexedText(item));
	})();
}

/** A name like those of `createIdMaker`, of the moment `at`: the copy's number stands where chance would. */
function idAt(at: string, id: string): string {
	const time = `printf('%012x', ${at})`;
	return `substr(${time}, 1, 8) || '-' || substr(${time}, 9) || '-7' || printf('%03x', @copy) || substr(${id}, 19)`;
}

/** What tells a copy's prompts from the template's. */
const MARK = "' batch' || @copy";

function sessions(): string {
	const id = idAt("started_at + @ms", "id");
	return copyOf("sessions", [
		["key", "key + @copy * @sessions"],
		["id", id],
		["agent", "agent"],
		["agent_version", "substr(agent_version, 1, 4) || (100 + @copy * 180 / @copies)"],
		["agent_session_ids", `json_array(${id})`],
		["started_at", "started_at + @ms"],
		["ended_at", "ended_at + @ms"],
		["updated_at", "updated_at + @ms"],
		...same("command cwd git host user status exit terminal usage masked_count gaps title recorder_pid"),
		...same("revision recognition"),
	]);
}

function turns(): string {
	return copyOf("turns", [
		["key", "key + @copy * @turns"],
		["id", idAt("started_at + @ms", "id")],
		["session_key", "session_key + @copy * @sessions"],
		["started_at", "started_at + @ms"],
		["ended_at", "ended_at + @ms"],
		["updated_at", "updated_at + @ms"],
		...same("seq prompt_kind status durations usage source recogniser fidelity masked_count revision"),
		...same("tools errors permissions"),
	]);
}

function items(): string {
	const columns = [
		["key", "i.key + @copy * @items"],
		["id", idAt("t.started_at + @ms", "i.id")],
		["turn_key", "i.turn_key + @copy * @turns"],
		["body", `CASE kind WHEN 'prompt' THEN body || ${MARK} ELSE body END`],
		...same("position kind name i.status i.source input output facts is_indexed"),
	] as const;
	const names = columns.map(([name]) => name.replace("i.", "")).join(", ");
	return `INSERT INTO items (${names}) SELECT ${columns.map(([, value]) => value).join(", ")}
		FROM items i JOIN turns t ON t.key = i.turn_key WHERE i.key <= @items ORDER BY i.key`;
}

function responses(): string {
	const columns =
		"model, input_tokens, output_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, is_subagent, cost_usd";
	return `INSERT INTO responses (fingerprint, session_key, at, ${columns})
		SELECT printf('copy-%03d-', @copy) || fingerprint, session_key + @copy * @sessions, at + @ms, ${columns}
		FROM responses WHERE session_key <= @sessions ORDER BY fingerprint`;
}

function words(): string {
	return `INSERT INTO search (rowid, prompt, answer, aside, input, output)
		SELECT key + @copy * @items, CASE prompt WHEN '' THEN '' ELSE prompt || ${MARK} END, answer, aside, input, output
		FROM temp.words ORDER BY key`;
}

/** What was counted of a session counts of its copy as well: of prompts, as of others. */
function figures(): string[] {
	return FIGURE_NAMES.map((name) => {
		const { keys, sample, sums } = tableOf(name);
		const thing = name === "prompts" || name === "corrected" ? "thing + @copy" : "thing";
		const sampled = sample === "session" ? "sample + @copy * @sessions" : "sample + @copy * @items";
		return copyOf(
			sessionTable(name),
			[
				["session_key", "session_key + @copy * @sessions"],
				["day", "day + @days"],
				["project", "project"],
				...keys.map((key) => [key, key === "thing" ? thing : key] as const),
				...(sample === undefined ? [] : [["sample", sampled] as const]),
				...sums.map((sum) => [sum, sum] as const),
			],
			"session_key",
		);
	});
}

function addUpFigures(db: Database.Database): void {
	for (const name of SUMMED_NAMES) {
		const by = ["day", "project", ...tableOf(name).keys].join(", ");
		db.exec(`DELETE FROM ${projectTable(name)};
			INSERT INTO ${projectTable(name)} (${columnsOf(name).join(", ")})
			SELECT ${pickSums(name).join(", ")} FROM ${sessionTable(name)} GROUP BY ${by};
			DELETE FROM ${blockTable(name)}; ${sumBlocks(name)}`);
	}
	for (const name of DAY_SUMMED_NAMES) {
		db.exec(`DELETE FROM ${dayTable(name)}; ${sumDays(name)}`);
	}
}

type Copied = readonly (readonly [column: string, value: string])[];

function copyOf(table: string, columns: Copied, key = "key"): string {
	const bound = table === "turns" ? "@turns" : "@sessions";
	return `INSERT INTO ${table} (${columns.map(([column]) => column).join(", ")})
		SELECT ${columns.map(([, value]) => value).join(", ")} FROM ${table} WHERE ${key} <= ${bound} ORDER BY ${key}`;
}

function same(names: string): Copied {
	return names.split(" ").map((name) => [name, name]);
}
