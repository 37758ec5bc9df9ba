/** Figures in the database: replaced session by session, added up again for the days and projects it touched. */
import type Database from "better-sqlite3";
import { blockOf, createBlockSums, previousDay } from "./blocks.ts";
import { createDaySums } from "./days.ts";
import type { FigureStore, MeasuredSession, SessionFigures, StoredResponseFacts } from "./figures.ts";
import { readSamples } from "./samples.ts";
import { maskedSessions, projectDirectories, repeatedPrompts, sumFigures } from "./sums.ts";
import {
	columnsOf,
	FIGURE_NAMES,
	type FigureName,
	pickSums,
	projectTable,
	SUMMED_NAMES,
	sessionTable,
	tableOf,
} from "./tables.ts";

interface Tools {
	readonly read: <T>(work: () => T) => T;
	readonly write: <T>(work: () => T) => T;
	readonly readSession: (key: number) => MeasuredSession;
}

/** A project on a day: what has to be added up again. */
interface Place {
	readonly day: number;
	readonly project: number;
}

export function createFigureStore(db: Database.Database, { read, write, readSession }: Tools): FigureStore {
	const sql = statements(db);
	return {
		countStale: () => read(() => sql.count.get()?.stale ?? 0),
		refresh: (limit, measure) =>
			write(() => {
				const stale = sql.stale.all(limit);
				const places = stale.flatMap(({ key }) => {
					const before = takeOut(db, key);
					const figures = measure(readSession(key), sql.responses.all(key));
					return [...before, ...putIn(db, key, figures)];
				});
				addUp(db, places);
				return stale.length;
			}),
		sum: (query) => read(() => sumFigures(db, query)),
		maskedSessions: (range) => read(() => maskedSessions(db, range)),
		repeatedPrompts: (range, limits) => read(() => repeatedPrompts(db, range, limits)),
		projects: () => read(() => projectDirectories(db)),
		readSamples: (keys) => read(() => readSamples(db, keys)),
	};
}

/** Inside the transaction that deletes the session, after its turns are gone. */
export function forgetFigures(db: Database.Database, sessionKey: number): void {
	addUp(db, takeOut(db, sessionKey));
}

function statements(db: Database.Database) {
	return {
		count: db.prepare<[], { stale: number }>("SELECT count(*) AS stale FROM stale_figures"),
		stale: db.prepare<[number], { key: number }>(
			`SELECT s.key FROM stale_figures f JOIN sessions s ON s.key = f.session_key ORDER BY s.started_at, s.key LIMIT ?`,
		),
		responses: db.prepare<[number], StoredResponseFacts>(
			`SELECT at, model, input_tokens AS inputTokens, output_tokens AS outputTokens, cache_read_tokens AS cacheReadTokens,
				cache_write_5m_tokens AS cacheWrite5mTokens, cache_write_1h_tokens AS cacheWrite1hTokens, cost_usd AS costUsd
			FROM responses WHERE session_key = ?`,
		),
	};
}

/** Removes a session's rows; gives where they counted. */
function takeOut(db: Database.Database, sessionKey: number): Place[] {
	const places = FIGURE_NAMES.flatMap((name) =>
		db
			.prepare<[number], Place>(
				`SELECT DISTINCT day, project FROM ${sessionTable(name)} WHERE session_key = ?`,
			)
			.all(sessionKey),
	);
	for (const name of FIGURE_NAMES)
		db.prepare(`DELETE FROM ${sessionTable(name)} WHERE session_key = ?`).run(sessionKey);
	db.prepare("DELETE FROM stale_figures WHERE session_key = ?").run(sessionKey);
	return places;
}

function putIn(db: Database.Database, sessionKey: number, figures: SessionFigures): Place[] {
	const keyOfItem = db.prepare<[number, number, number], { key: number }>(
		`SELECT i.key FROM items i JOIN turns t ON t.key = i.turn_key
		WHERE t.session_key = ? AND t.seq = ? AND i.position = ?`,
	);
	for (const name of FIGURE_NAMES) {
		const { keys, sample, sums } = tableOf(name);
		const insert = db.prepare<[unknown[]]>(insertInto(name));
		for (const row of figures.rows[name] as readonly AnyRow[]) {
			const place = row.sample;
			const itemKey = place === undefined ? 0 : keyOfItem.get(sessionKey, place.seq, place.position)?.key;
			insert.run([
				sessionKey,
				row.day,
				figures.project,
				...keys.map((key) => row.keys[key] ?? 0),
				...(sample === undefined ? [] : [sample === "session" ? sessionKey : (itemKey ?? 0)]),
				...sums.map((sum) => row.sums[sum] ?? 0),
			]);
		}
	}
	notePrevious(db, sessionKey);
	noteRepeated(db, sessionKey);
	const rows: readonly (readonly AnyRow[])[] = Object.values(figures.rows);
	return rows.flat().map(({ day }) => ({ day, project: figures.project }));
}

interface AnyRow {
	readonly day: number;
	readonly keys: Readonly<Record<string, number | string>>;
	readonly sums: Readonly<Record<string, number>>;
	readonly sample?: { readonly seq: number; readonly position: number };
}

function notePrevious(db: Database.Database, sessionKey: number): void {
	const table = "figures_of_session_prompts";
	db.prepare(`UPDATE ${table} SET previous = ${previousDay(table)} WHERE session_key = ?`).run(sessionKey);
}

/** A prompt that another session has as well: looked for among these alone, not among all. */
function noteRepeated(db: Database.Database, sessionKey: number): void {
	db.prepare(
		`INSERT OR IGNORE INTO repeated_prompts SELECT p.thing FROM figures_of_session_prompts p
		WHERE p.session_key = ? AND EXISTS (
			SELECT 1 FROM figures_of_session_prompts o WHERE o.thing = p.thing AND o.session_key <> p.session_key)`,
	).run(sessionKey);
}

/** The sums of these projects on these days, over the blocks that hold them, and of these days, anew. */
function addUp(db: Database.Database, places: readonly Place[]): void {
	const distinct = new Map(places.map((place) => [`${place.day} ${place.project}`, place]));
	for (const name of SUMMED_NAMES) {
		const clear = db.prepare<[number, number]>(
			`DELETE FROM ${projectTable(name)} WHERE day = ? AND project = ?`,
		);
		const fill = db.prepare<[number, number]>(sumInto(name));
		for (const { day, project } of distinct.values()) {
			clear.run(day, project);
			fill.run(day, project);
		}
	}
	const addUpBlock = createBlockSums(db);
	const blocks = new Map(places.map((place) => [`${blockOf(place.day)} ${place.project}`, place]));
	for (const { day, project } of blocks.values()) addUpBlock(day, project);
	const addUpDay = createDaySums(db);
	for (const day of new Set(places.map((place) => place.day))) addUpDay(day);
}

function insertInto(name: FigureName): string {
	const columns = columnsOf(name);
	const marks = ["?", ...columns.map(() => "?")].join(", ");
	return `INSERT INTO ${sessionTable(name)} (session_key, ${columns.join(", ")}) VALUES (${marks})`;
}

function sumInto(name: FigureName): string {
	return `INSERT INTO ${projectTable(name)} (${columnsOf(name).join(", ")})
		SELECT ${pickSums(name).join(", ")} FROM ${sessionTable(name)} WHERE day = ? AND project = ?
		GROUP BY ${["day", "project", ...tableOf(name).keys].join(", ")}`;
}
