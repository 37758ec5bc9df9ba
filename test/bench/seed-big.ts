/**
 * `npm run seed:big -- FOLDER [--sessions 100000] [--turns 2000000]`: a database of invented sessions for measurements, in
 * FOLDER as in a data directory (CTRACE_HOME=FOLDER). The same numbers give the same sessions. A part of them is invented and
 * counted by the program itself, and then multiplied.
 */
import { existsSync, mkdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import Database from "better-sqlite3";
import { createIdMaker } from "../../src/core/ids.ts";
import { refreshFigures } from "../../src/insights/refresh-figures.ts";
import { loadMeasureMarks } from "../../src/patterns/load-measure-marks.ts";
import { digestRows } from "../../src/store/digest-schema.ts";
import { openStore } from "../../src/store/open-store.ts";
import { createBulkWriter } from "./big/bulk-writer.ts";
import { Chance } from "./big/chance.ts";
import { type Place, planOf } from "./big/lengths.ts";
import { multiply } from "./big/multiply.ts";
import { inventSession } from "./big/sessions.ts";
import { inventTexts } from "./big/texts.ts";

const SEED = 20_260_101;
const UNTIL = Date.UTC(2026, 9, 1);
const DAYS = 900;
const DAY_MS = 86_400_000;
const IN_ONE_TRANSACTION = 500;

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		sessions: { type: "string", default: "100000" },
		turns: { type: "string", default: "2000000" },
	},
});
const [folder] = positionals;
if (folder === undefined) {
	process.stderr.write("usage: npm run seed:big -- FOLDER [--sessions N] [--turns N]\n");
	process.exit(2);
}
const path = join(resolve(folder), "data", "ctrace.db");
if (existsSync(path)) {
	process.stderr.write(`${path} is there already: it stays as it is\n`);
	process.exit(1);
}
mkdirSync(resolve(folder), { recursive: true, mode: 0o700 });
seed(Number(values.sessions), Number(values.turns));

function seed(sessions: number, turns: number): void {
	const began = performance.now();
	const chance = new Chance(SEED);
	let now = UNTIL - DAYS * DAY_MS;
	const clock = { now: () => now };
	const ids = createIdMaker(clock, (count) => Uint8Array.from({ length: count }, () => chance.below(256)));
	openStore({ path, clock, ids }).close();
	const db = new Database(path);
	const triggers = setUp(db);
	const texts = inventTexts(chance);
	const { copies, template, rest } = planOf({ sessions, turns, days: DAYS }, chance);
	const write = (places: readonly Place[], prefix: string) => {
		const writer = createBulkWriter(db, ids, prefix);
		for (let from = 0; from < places.length; from += IN_ONE_TRANSACTION)
			db.transaction(() => {
				for (const { begins, ...place } of places.slice(from, from + IN_ONE_TRANSACTION)) {
					now = UNTIL - (DAYS - begins) * DAY_MS;
					writer.write(inventSession(ids(), { ...place, startedAt: now }, { chance, texts }));
				}
			})();
	};
	const count = () => {
		const store = openStore({ path, clock, ids });
		for (const _ of refreshFigures(store.figures, loadMeasureMarks("patterns/measures.yml")));
		store.close();
	};
	write(template, "response");
	tell("a part was invented", began);
	count();
	tell("and counted", began);
	multiply(db, { copies, apartDays: DAYS / copies });
	tell("and multiplied", began);
	write(rest, "rest");
	count();
	finish(db, triggers);
	const bytes = statSync(path).size;
	tell(`${sessions} sessions, ${turns} turns: ${(bytes / 1e9).toFixed(2)} GB`, began);
}

/** The changes of a bulk are not told to the outbox; the digests are made at the end. */
function setUp(db: Database.Database): readonly string[] {
	for (const pragma of [
		"journal_mode = OFF",
		"synchronous = OFF",
		"cache_size = -800000",
		"temp_store = MEMORY",
	])
		db.pragma(pragma);
	db.exec("INSERT INTO search (search, rank) VALUES ('hashsize', 134217728)");
	const triggers = db
		.prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
		.all();
	for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
	return triggers.map(({ sql }) => sql);
}

function finish(db: Database.Database, triggers: readonly string[]): void {
	db.exec(digestRows());
	for (const sql of triggers) db.exec(sql);
	db.exec("INSERT INTO search (search, rank) VALUES ('hashsize', 16777216)");
	db.exec("ANALYZE");
	db.pragma("journal_mode = WAL");
	db.close();
}

function tell(text: string, began: number): void {
	process.stdout.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${text}\n`);
}
