import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { beginBulk } from "../../src/store/bulk.ts";
import { openDatabase } from "../../src/store/database-file.ts";
import { createSearchIndex } from "../../src/store/search-index.ts";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, answer, makeTurn, temporaryStore } from "../support/stored-session.ts";

const save = (scene: ReturnType<typeof temporaryStore>, id: string, seq: number, words: string) =>
	scene.store.saveTurn(id, markMasked(makeTurn(seq, { items: [answer(words)] })));

/** As many as a full disk has left. */
const ROOM_PAGES = 8;

/** Parts that the index consists of: each costs a merge later on. */
function partsOfIndex(path: string): number {
	const db = new Database(path, { readonly: true });
	try {
		const { parts } = db.prepare("SELECT count(DISTINCT segid) AS parts FROM search_idx").get() as {
			parts: number;
		};
		return parts;
	} finally {
		db.close();
	}
}

describe("turns that are saved together", () => {
	test("go into the index as one part of it, though each of their rows sets off triggers", () => {
		using scene = temporaryStore();
		const id = addSession(scene, {}, []);
		const before = partsOfIndex(scene.path);
		scene.store.transaction(() => {
			for (let seq = 1; seq <= 3; seq += 1) save(scene, id, seq, `numbat ${seq}`);
		});
		expect(partsOfIndex(scene.path) - before).toBe(1);
		expect(scene.store.search(["numbat"])).toHaveLength(3);
	});

	test("leave no word behind when one of them fails", () => {
		using scene = temporaryStore();
		const id = addSession(scene, {}, []);
		expect(() =>
			scene.store.transaction(() => {
				save(scene, id, 1, "bilby");
				throw new Error("no more");
			}),
		).toThrow("no more");
		save(scene, id, 1, "dingo");
		expect(scene.store.search(["bilby"])).toEqual([]);
		expect(scene.store.search(["dingo"])).toHaveLength(1);
	});

	test("in bulk, a save that fails costs itself alone: what was saved before it is kept, and found", () => {
		using scene = temporaryStore();
		const id = addSession(scene, {}, []);
		{
			using _bulk = scene.store.beginBulk();
			scene.store.transaction(() => save(scene, id, 1, "quokka"));
			expect(() =>
				scene.store.transaction(() => {
					save(scene, id, 2, "wombat");
					throw new Error("no more");
				}),
			).toThrow("no more");
			scene.store.transaction(() => save(scene, id, 2, "echidna"));
		}
		expect(scene.store.readSession(id).turns).toHaveLength(2);
		expect(["quokka", "wombat", "echidna"].map((word) => scene.store.search([word]).length)).toEqual([
			1, 0, 1,
		]);
	});

	test("in bulk, leave the lock alone every few seconds, for as long as a waiting writer sleeps between two looks", () => {
		using scene = temporaryStore();
		const db = openDatabase(scene.path);
		const other = new Database(scene.path, { timeout: 0 });
		const rests: { readonly at: number; readonly ms: number }[] = [];
		let now = 0;
		const rest = (ms: number) => {
			other.exec("INSERT INTO notes VALUES ('let in')"); // throws while the lock is held
			rests.push({ at: now, ms });
			now += ms;
		};
		db.exec("CREATE TABLE notes (words TEXT)");
		const bulk = beginBulk(db, { clock: { now: () => now }, index: createSearchIndex(db), rest });
		for (; now < 30_000; now += 300) bulk.write(() => db.exec("INSERT INTO notes VALUES ('quokka')"));
		bulk[Symbol.dispose]();
		const waits = rests.map(({ at }, index) => at - (rests[index - 1]?.at ?? 0));
		expect(Math.max(...waits)).toBeLessThan(6000);
		expect(rests.length).toBeGreaterThan(4);
		expect(rests.every(({ ms }) => ms > 100)).toBe(true);
		other.close();
		db.close();
	});

	test("in bulk, are told of once they are stored for good", () => {
		using scene = temporaryStore();
		const id = addSession(scene, {}, []);
		const told: string[] = [];
		{
			using bulk = scene.store.beginBulk();
			bulk.afterCommit(() => told.push("nothing waits"));
			scene.store.transaction(() => save(scene, id, 1, "quokka"));
			bulk.afterCommit(() => told.push("quokka"));
			expect(told).toEqual(["nothing waits"]);
		}
		expect(told).toEqual(["nothing waits", "quokka"]);
	});

	test("in bulk, are not told of when a full disk takes them back", () => {
		using scene = temporaryStore();
		const db = openDatabase(scene.path);
		db.exec("CREATE TABLE heap (bytes BLOB)");
		const count = db.prepare("SELECT count(*) FROM heap").pluck();
		db.pragma(`max_page_count = ${Number(db.pragma("page_count", { simple: true })) + ROOM_PAGES}`);
		const told: string[] = [];
		const bulk = beginBulk(db, { clock: scene.clock, index: createSearchIndex(db) });
		bulk.write(() => db.exec("INSERT INTO heap VALUES (zeroblob(1000))"));
		bulk.afterCommit(() => told.push("small"));
		expect(() => bulk.write(() => db.exec("INSERT INTO heap VALUES (zeroblob(1000000))"))).toThrow(/full/);
		bulk[Symbol.dispose]();
		expect(count.get()).toBe(0);
		expect(told).toEqual([]);
		db.close();
	});
});
