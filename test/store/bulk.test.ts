import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, answer, makeTurn, temporaryStore } from "../support/stored-session.ts";

const save = (scene: ReturnType<typeof temporaryStore>, id: string, seq: number, words: string) =>
	scene.store.saveTurn(id, markMasked(makeTurn(seq, { items: [answer(words)] })));

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
});
