/**
 * `npm run seed:big -- FOLDER [--sessions 100000] [--turns 2000000]`: a database of invented sessions for measurements, in
 * FOLDER as in a data directory (CTRACE_HOME=FOLDER). The same numbers give the same sessions.
 */
import { existsSync, mkdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import Database from "better-sqlite3";
import { createIdMaker } from "../../src/core/ids.ts";
import { digestRows } from "../../src/store/digest-schema.ts";
import { openStore } from "../../src/store/open-store.ts";
import { createBulkWriter } from "./big/bulk-writer.ts";
import { Chance } from "./big/chance.ts";
import { inventSession } from "./big/sessions.ts";
import { inventTexts } from "./big/texts.ts";

const SEED = 20_260_101;
const UNTIL = Date.UTC(2026, 9, 1);
const DAYS = 900;
/** So many of them have 2,000 turns. */
const LONG_SESSIONS = 3;
const LONG_TURNS = 2000;
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
	let now = UNTIL - DAYS * 86_400_000;
	const ids = createIdMaker({ now: () => now }, (count) =>
		Uint8Array.from({ length: count }, () => chance.below(256)),
	);
	openStore({ path, clock: { now: () => now }, ids }).close();
	const db = new Database(path);
	const triggers = setUp(db);
	const writer = createBulkWriter(db, ids);
	const texts = inventTexts(chance);
	const lengths = lengthsOf(sessions, turns, chance);
	for (let from = 0; from < sessions; from += IN_ONE_TRANSACTION)
		db.transaction(() => {
			for (let n = from; n < Math.min(sessions, from + IN_ONE_TRANSACTION); n += 1) {
				now = UNTIL - DAYS * 86_400_000 * (1 - n / sessions);
				const place = { n, of: sessions, turns: lengths[n] ?? 1 };
				writer.write(inventSession(ids(), place, { chance, texts, until: UNTIL, days: DAYS }));
			}
			if (from % 10_000 === 0) tell(`${from} sessions, ${writer.items} items`, began);
		})();
	finish(db, triggers);
	const bytes = statSync(path).size;
	tell(`${sessions} sessions, ${turns} turns, ${writer.items} items: ${(bytes / 1e9).toFixed(2)} GB`, began);
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

/** Most sessions are short; three are very long. Together they have so many turns. */
function lengthsOf(sessions: number, turns: number, chance: Chance): number[] {
	const lengths = Array.from({ length: sessions }, () => 1 + chance.zipf(160));
	const long = sessions > LONG_SESSIONS * 10 ? LONG_SESSIONS : 0;
	for (let n = 1; n <= long; n += 1) lengths[Math.floor((sessions * n) / (long + 1))] = LONG_TURNS;
	const wanted = turns - long * LONG_TURNS;
	const others = lengths.reduce((sum, length) => sum + length, 0) - long * LONG_TURNS;
	const scaled = lengths.map((length) =>
		length === LONG_TURNS ? length : Math.max(1, Math.floor((length * wanted) / others)),
	);
	let missing = turns - scaled.reduce((sum, length) => sum + length, 0);
	for (let n = 0; missing > 0; n = (n + 1) % sessions) {
		if (scaled[n] === LONG_TURNS) continue;
		scaled[n] = (scaled[n] ?? 0) + 1;
		missing -= 1;
	}
	return scaled;
}

function tell(text: string, began: number): void {
	process.stdout.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${text}\n`);
}
