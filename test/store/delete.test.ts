import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openStore } from "../../src/store/open-store.ts";
import { markMasked } from "../support/mark-masked.ts";
import {
	addSession,
	answer,
	makeTurn,
	type TemporaryStore,
	temporaryStore,
} from "../support/stored-session.ts";

/** Enough different words that the index takes many pages and merges its segments. */
const WORDS = 6000;
const WORDS_PER_TURN = 100;

describe("deleting a session", () => {
	test("leaves none of its words in any byte of the database's files", () => {
		using scene = temporaryStore();
		const words = randomWords();
		const doomed = addSession(scene, { title: `title ${words[0]}` });
		const kept = addSession(scene, {}, [makeTurn(1, { items: [answer("a sentence that stays")] })]);
		for (let from = 0; from < WORDS; from += WORDS_PER_TURN) {
			const text = words.slice(from, from + WORDS_PER_TURN).join(" ");
			const seq = from / WORDS_PER_TURN + 1;
			scene.store.saveTurn(doomed, markMasked(makeTurn(seq, { items: [answer(text)] })));
			scene.store.saveTurn(
				doomed,
				markMasked(makeTurn(seq, { items: [answer(text), answer(`${text} more`)] })),
			);
			scene.store.saveTurn(kept, markMasked(makeTurn(seq + 1)));
		}
		expect(foundIn(scene, words).length).toBe(WORDS);
		expect(scene.store.deleteSession(doomed)).toEqual({ isWiped: true });
		expect(foundIn(scene, words)).toEqual([]);
		expect(scene.store.search([words[7] ?? ""])).toEqual([]);
		expect(scene.store.search(["stays"])).toHaveLength(1);
		expect(() => scene.store.readSession(doomed)).toThrow(expect.objectContaining({ code: "not-found" }));
	});

	test("leaves the index consistent whatever was saved and deleted before", () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.string({ unit: "grapheme" })), { maxLength: 30 }),
				(steps) => {
					using scene = temporaryStore();
					const ids = [0, 1, 2, 3].map(() => addSession(scene));
					for (const [session, seq, text] of steps)
						scene.store.saveTurn(
							ids[session] ?? "",
							markMasked(makeTurn(seq + 1, { items: [answer(text)] })),
						);
					for (const id of ids.slice(0, 3)) scene.store.deleteSession(id);
					const rest = scene.store.readSession(ids[3] ?? "").turns.length;
					expect(scene.store.search(["question"], { limit: 100 })).toHaveLength(rest);
					expect(countRows(scene)).toEqual({ sessions: 1, turns: rest, items: rest * 2, indexed: rest * 2 });
				},
			),
			{ numRuns: 25 },
		);
	});

	test("says so when a reader still holds the old pages", () => {
		using scene = temporaryStore();
		const id = addSession(scene, {}, [makeTurn(1)]);
		using impatient = openStore({ ...scene, busyTimeoutMs: 1 });
		const reader = new Database(scene.path, { readonly: true });
		reader.exec("BEGIN");
		reader.prepare("SELECT count(*) FROM items").get();
		expect(impatient.deleteSession(id)).toEqual({ isWiped: false });
		reader.close();
		expect(scene.store.listSessions()).toEqual([]);
	});
});

function randomWords(): string[] {
	const letters = (seed: number) =>
		seed.toString(26).replace(/[0-9a-p]/g, (c) => String.fromCharCode(97 + Number.parseInt(c, 26)));
	// Differing from the first letter on, so that the index cannot shorten one by the word before it.
	return Array.from({ length: WORDS }, (_, n) =>
		letters(((n * 7919) % 456_976) + 456_976)
			.split("")
			.reverse()
			.join("")
			.padEnd(9, "qz"),
	);
}

/** The words that occur anywhere in the files' raw bytes. */
function foundIn(scene: TemporaryStore, words: readonly string[]): string[] {
	const directory = dirname(scene.path);
	const bytes = readdirSync(directory).map((file) => readFileSync(join(directory, file)).toString("latin1"));
	return words.filter((word) => bytes.some((text) => text.includes(word)));
}

function countRows(scene: TemporaryStore): unknown {
	const db = new Database(scene.path, { readonly: true });
	const row = db
		.prepare(
			`SELECT (SELECT count(*) FROM sessions) AS sessions, (SELECT count(*) FROM turns) AS turns,
			(SELECT count(*) FROM items) AS items, (SELECT count(*) FROM search_docsize) AS indexed`,
		)
		.get();
	db.close();
	return row;
}
