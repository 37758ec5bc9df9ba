import { statSync } from "node:fs";
import { dirname } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Session } from "../../src/core/session.ts";
import type { Turn } from "../../src/core/turn.ts";
import { arbSession, arbTurns } from "../support/arb-session.ts";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, answer, makeSession, makeTurn, temporaryStore } from "../support/stored-session.ts";

describe("saving and reading", () => {
	test("any session and its turns come back as they were saved", () => {
		using scene = temporaryStore();
		fc.assert(
			fc.property(arbSession, arbTurns, (session, turns) => {
				const id = scene.ids();
				const saved: Session = { ...session, id };
				scene.store.beginSession(markMasked(saved), { pid: 1 });
				for (const turn of turns) scene.store.saveTurn(id, markMasked(turn));
				const read = scene.store.readSession(id);
				expect(read.session).toEqual(saved);
				expect(read.turns.map(withoutBookkeeping)).toEqual(turns);
			}),
			{ numRuns: 60 },
		);
	});

	test("saving a turn over any older version of it leaves exactly the newer one", () => {
		using scene = temporaryStore();
		const id = addSession(scene);
		fc.assert(
			fc.property(arbTurns, arbTurns, ([older], [newer]) => {
				if (older === undefined || newer === undefined) return;
				scene.store.saveTurn(id, markMasked(older));
				scene.store.saveTurn(id, markMasked(newer));
				expect(scene.store.readSession(id).turns.map(withoutBookkeeping)).toEqual([newer]);
			}),
			{ numRuns: 60 },
		);
	});

	test("a turn keeps its id while its revision counts the saves that changed something", () => {
		using scene = temporaryStore();
		const id = addSession(scene, {}, [makeTurn(1, { items: [answer("one")] })]);
		const [first] = scene.store.readSession(id).turns;
		scene.clock.advance(1000);
		scene.store.saveTurn(id, markMasked(makeTurn(1, { items: [answer("one")] })));
		expect(scene.store.readSession(id).turns).toEqual([first]);
		scene.store.saveTurn(id, markMasked(makeTurn(1, { items: [answer("one"), answer("two")] })));
		const [changed] = scene.store.readSession(id).turns;
		expect(changed).toMatchObject({ id: first?.id, revision: 2, updatedAt: (first?.updatedAt ?? 0) + 1000 });
	});

	test("a patch changes the fields it names and no others", () => {
		using scene = temporaryStore();
		const id = addSession(scene, { title: "before" });
		scene.store.updateSession(id, markMasked({ status: "complete" as const, exit: { code: 3 } }));
		expect(scene.store.readSession(id).session).toEqual(
			makeSession(id, { title: "before", status: "complete", exit: { code: 3 } }),
		);
	});

	test("a withdrawn turn is gone and withdrawing it again is harmless", () => {
		using scene = temporaryStore();
		const id = addSession(scene, {}, [makeTurn(1), makeTurn(2)]);
		scene.store.withdrawTurn(id, 2);
		scene.store.withdrawTurn(id, 2);
		expect(scene.store.readSession(id).turns.map((turn) => turn.seq)).toEqual([1]);
		expect(scene.store.search(["question", "2"])).toEqual([]);
	});

	test("a transaction that throws leaves nothing of its writes behind", () => {
		using scene = temporaryStore();
		const id = addSession(scene);
		const failing = () =>
			scene.store.transaction(() => {
				scene.store.saveTurn(id, markMasked(makeTurn(1)));
				throw new RangeError("stop");
			});
		expect(failing).toThrow(RangeError);
		expect(scene.store.readSession(id).turns).toEqual([]);
	});

	test("a turn for a session that is not there is refused by name", () => {
		using scene = temporaryStore();
		expect(() => scene.store.saveTurn("nobody", markMasked(makeTurn(1)))).toThrow(
			expect.objectContaining({ code: "not-found" }),
		);
	});

	test("text that is no valid Unicode is stored with the bad half replaced", () => {
		using scene = temporaryStore();
		const id = addSession(scene, {}, [makeTurn(1, { items: [answer("half \ud800 pair\u0000end")] })]);
		expect(scene.store.readSession(id).turns[0]?.items).toEqual([answer("half \ufffd pair\u0000end")]);
	});

	test("the file is for its owner alone, and so is its directory", () => {
		using scene = temporaryStore();
		addSession(scene);
		expect(statSync(scene.path).mode & 0o777).toBe(0o600);
		expect(statSync(`${scene.path}-wal`).mode & 0o777).toBe(0o600);
		expect(statSync(dirname(scene.path)).mode & 0o777).toBe(0o700);
	});
});

function withoutBookkeeping(turn: Turn & { id?: string; revision?: number; updatedAt?: number }): Turn {
	const { id: _id, revision: _revision, updatedAt: _updatedAt, ...rest } = turn;
	return rest;
}
