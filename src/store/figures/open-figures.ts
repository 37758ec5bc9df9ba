/** Figures in the database: replaced session by session, added up again for the days and projects it touched. */
import type Database from "better-sqlite3";
import type { FigureStore, MeasuredSession, SessionFigures, StoredResponseFacts } from "./figures.ts";
import { readSamples } from "./samples.ts";
import { maskedSessions, projectDirectories, repeatedPrompts, sumFigures } from "./sums.ts";
import {
	DAY_SUMMED_NAMES,
	dayTable,
	FIGURE_NAMES,
	type FigureName,
	projectTable,
	SUMMED_NAMES,
	sessionTable,
	sumInto,
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
	const places = db
		.prepare<[number], Place>("SELECT day, project FROM figures_of_session_totals WHERE session_key = ?")
		.all(sessionKey);
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
	noteRepeated(db, sessionKey);
	return figures.rows.totals.map(({ day }) => ({ day, project: figures.project }));
}

interface AnyRow {
	readonly day: number;
	readonly keys: Readonly<Record<string, number | string>>;
	readonly sums: Readonly<Record<string, number>>;
	readonly sample?: { readonly seq: number; readonly position: number };
}

/** A prompt that another session has as well: looked for among these alone, not among all. */
function noteRepeated(db: Database.Database, sessionKey: number): void {
	db.prepare(
		`INSERT OR IGNORE INTO repeated_prompts SELECT p.thing FROM figures_of_session_prompts p
		WHERE p.session_key = ? AND EXISTS (
			SELECT 1 FROM figures_of_session_prompts o WHERE o.thing = p.thing AND o.session_key <> p.session_key)`,
	).run(sessionKey);
}

/** The sums of these projects on these days, and of these days, anew. */
function addUp(db: Database.Database, places: readonly Place[]): void {
	const distinct = new Map(places.map((place) => [`${place.day} ${place.project}`, place]));
	for (const name of SUMMED_NAMES) {
		const [into, from] = [projectTable(name), sessionTable(name)];
		const where = "day = ? AND project = ?";
		const clear = db.prepare<[number, number]>(`DELETE FROM ${into} WHERE ${where}`);
		const fill = db.prepare<[number, number]>(sumInto({ name, into, from, by: ["day", "project"], where }));
		for (const { day, project } of distinct.values()) {
			clear.run(day, project);
			fill.run(day, project);
		}
	}
	const days = new Set(places.map(({ day }) => day));
	for (const name of DAY_SUMMED_NAMES) {
		const [into, from, where] = [dayTable(name), projectTable(name), "day = ?"];
		const clear = db.prepare<[number]>(`DELETE FROM ${into} WHERE ${where}`);
		const fill = db.prepare<[number]>(sumInto({ name, into, from, by: ["day"], where }));
		for (const day of days) {
			clear.run(day);
			fill.run(day);
		}
	}
}

function insertInto(name: FigureName): string {
	const columns = columnsOf(name);
	const marks = ["?", ...columns.map(() => "?")].join(", ");
	return `INSERT INTO ${sessionTable(name)} (session_key, ${columns.join(", ")}) VALUES (${marks})`;
}

function columnsOf(name: FigureName): string[] {
	const { keys, sample, sums } = tableOf(name);
	return ["day", "project", ...keys, ...(sample === undefined ? [] : ["sample"]), ...sums];
}
