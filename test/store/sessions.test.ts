import { describe, expect, test } from "vitest";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, makeSession, makeTurn, STARTED_AT, temporaryStore } from "../support/stored-session.ts";

describe("listing sessions", () => {
	test("newest first, with the number of turns and the first thing asked", () => {
		using scene = temporaryStore();
		const old = addSession(scene, { startedAt: STARTED_AT });
		const young = addSession(scene, { startedAt: STARTED_AT + 1 }, [
			makeTurn(1, { prompt: { text: "", kind: "none" } }),
			makeTurn(2),
		]);
		const listed = scene.store.listSessions();
		expect(listed.map(({ session, turnCount, firstPrompt }) => [session.id, turnCount, firstPrompt])).toEqual(
			[
				[young, 2, "question 2"],
				[old, 0, undefined],
			],
		);
	});

	test("each filter keeps what it names", () => {
		using scene = temporaryStore();
		const a = addSession(scene, { cwd: "/w/a", agent: "generic", status: "complete" });
		const b = addSession(scene, { cwd: "/w/a/deep", startedAt: STARTED_AT + 10 });
		const c = addSession(scene, { cwd: "/w/ab", status: "lost", startedAt: STARTED_AT + 20 });
		const ids = (filter: object) => scene.store.listSessions(filter).map(({ session }) => session.id);
		expect(ids({ cwd: "/w/a" })).toEqual([b, a]);
		expect(ids({ since: STARTED_AT + 10 })).toEqual([c, b]);
		expect(ids({ agent: "generic" })).toEqual([a]);
		expect(ids({ status: "lost" })).toEqual([c]);
		expect(ids({ limit: 2 })).toEqual([c, b]);
		expect(ids({ cwd: "/w", agent: "claude-code", limit: 1 })).toEqual([c]);
	});
});

describe("naming a session", () => {
	test("by last, by its whole id, and by any beginning that fits only one", () => {
		using scene = temporaryStore();
		addSession(scene, { id: "0190aaaa-0000-7000-8000-000000000001" });
		addSession(scene, { id: "0190aabb-0000-7000-8000-000000000002", startedAt: STARTED_AT + 1 });
		expect(scene.store.findSession("last")).toBe("0190aabb-0000-7000-8000-000000000002");
		expect(scene.store.findSession("0190aaaa-0000-7000-8000-000000000001")).toMatch(/1$/);
		expect(scene.store.findSession("0190AAB")).toMatch(/2$/);
	});

	test("a beginning that fits several names them", () => {
		using scene = temporaryStore();
		const ids = [1, 2].map((n) => addSession(scene, { id: `0190aaaa-0000-7000-8000-00000000000${n}` }));
		const hint = expect.stringMatching(new RegExp(`${ids[1]}.*\n.*${ids[0]}`));
		expect(() => scene.store.findSession("0190")).toThrow(
			expect.objectContaining({ code: "ambiguous", hint }),
		);
	});

	test.each(["ffff", "", "%", "0190_", "last one"])("%j names no session", (reference) => {
		using scene = temporaryStore();
		addSession(scene, { id: "0190aaaa-0000-7000-8000-000000000001" });
		expect(() => scene.store.findSession(reference)).toThrow(expect.objectContaining({ code: "not-found" }));
	});

	test("last in an empty store says how to record one", () => {
		using scene = temporaryStore();
		expect(() => scene.store.findSession("last")).toThrow(
			expect.objectContaining({ code: "not-found", hint: expect.stringContaining("ctrace claude") }),
		);
	});
});

describe("abandoned sessions", () => {
	test("a running session without a recorder becomes lost, with its open turn; others stay", () => {
		using scene = temporaryStore();
		const gone = scene.ids();
		const alive = scene.ids();
		scene.store.beginSession(markMasked(makeSession(gone)), { pid: 1, bootId: "b" });
		scene.store.beginSession(markMasked(makeSession(alive)), { pid: 2, bootId: "b" });
		scene.store.saveTurn(gone, markMasked(makeTurn(1)));
		scene.store.saveTurn(gone, markMasked(makeTurn(2, { status: "running" })));
		const closed = scene.store.closeAbandoned((pid, boot) => boot === "b" && pid === 2);
		expect(closed).toEqual([gone]);
		expect(scene.store.readSession(gone).session.status).toBe("lost");
		expect(scene.store.readSession(gone).turns.map((turn) => turn.status)).toEqual(["complete", "lost"]);
		expect(scene.store.readSession(alive).session.status).toBe("running");
	});

	test("a recorder that was only thought gone ends its session as it should", () => {
		using scene = temporaryStore();
		const id = addSession(scene);
		scene.store.closeAbandoned(() => false);
		scene.store.updateSession(id, markMasked({ status: "complete" as const }));
		expect(scene.store.readSession(id).session.status).toBe("complete");
	});
});
