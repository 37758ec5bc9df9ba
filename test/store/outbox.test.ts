import fc from "fast-check";
import { expect, test } from "vitest";
import type { Change } from "../../src/store/sync-store.ts";
import { arbSession, arbTurns } from "../support/arb-session.ts";
import { markMasked } from "../support/mark-masked.ts";
import {
	addSession,
	answer,
	makeTurn,
	type TemporaryStore,
	temporaryStore,
} from "../support/stored-session.ts";

const ALL = { changes: 1000, bytes: 1e9 };

function waiting(scene: TemporaryStore): string[] {
	return scene.store.sync.outbox.next(ALL).map((change) => `${change.kind} ${change.seq}`);
}

function settleAll(scene: TemporaryStore): void {
	scene.store.sync.outbox.settle(scene.store.sync.outbox.next(ALL));
}

test("a change waits until it has arrived, once however often it happened", () => {
	using scene = temporaryStore();
	const id = addSession(scene, {}, [makeTurn(1)]);
	scene.store.saveTurn(id, markMasked(makeTurn(1, { items: [answer("longer")] })));
	scene.store.saveTurn(id, markMasked(makeTurn(2)));
	expect(waiting(scene)).toEqual(["session 0", "turn 1", "turn 2"]);
	settleAll(scene);
	expect(waiting(scene)).toEqual([]);
	scene.store.updateSession(id, markMasked({ title: "a title" }));
	scene.store.saveTurn(id, markMasked(makeTurn(2)));
	expect(waiting(scene)).toEqual(["session 0"]);
});

test("what changed while it was on its way stays in the outbox, with a later version", () => {
	using scene = temporaryStore();
	const id = addSession(scene, {}, [makeTurn(1)]);
	const sent = scene.store.sync.outbox.next(ALL);
	scene.store.saveTurn(id, markMasked(makeTurn(1, { items: [answer("longer")] })));
	scene.store.sync.outbox.settle(sent);
	const [left, ...rest] = scene.store.sync.outbox.next(ALL);
	expect(rest).toEqual([]);
	expect(left).toMatchObject({ kind: "turn", seq: 1, items: [{ body: "longer" }] });
	expect(left?.version).toBeGreaterThan(sent[1]?.version ?? 0);
});

test("a change that is rolled back is no change", () => {
	using scene = temporaryStore();
	const id = addSession(scene);
	settleAll(scene);
	expect(() =>
		scene.store.transaction(() => {
			scene.store.saveTurn(id, markMasked(makeTurn(1)));
			throw new Error("no");
		}),
	).toThrow("no");
	expect(waiting(scene)).toEqual([]);
});

test("a turn is sent when it has ended, and its session at once", () => {
	using scene = temporaryStore();
	const id = addSession(scene, {}, [makeTurn(1, { status: "running" })]);
	expect(waiting(scene)).toEqual(["session 0"]);
	expect(scene.store.sync.outbox.counts()).toMatchObject({ sessions: 1, turns: 0, running: 1 });
	scene.store.saveTurn(id, markMasked(makeTurn(1)));
	expect(waiting(scene)).toEqual(["session 0", "turn 1"]);
});

test("a deleted session leaves its deletion behind and nothing else; a prompt taken back, its withdrawal", () => {
	using scene = temporaryStore();
	const id = addSession(scene, {}, [makeTurn(1), makeTurn(2)]);
	settleAll(scene);
	scene.store.withdrawTurn(id, 2);
	expect(waiting(scene)).toEqual(["withdrawal 2"]);
	scene.store.deleteSession(id);
	expect(waiting(scene)).toEqual(["deletion 0"]);
});

test("what cannot be sent is set aside with its reason, and holds up nothing but what needs it", () => {
	using scene = temporaryStore();
	const first = addSession(scene, {}, [makeTurn(1), makeTurn(2)]);
	addSession(scene, {}, [makeTurn(1)]);
	const [session, turn] = scene.store.sync.outbox.next(ALL) as [Change, Change];
	scene.store.sync.outbox.setAside(turn, "too large");
	expect(waiting(scene)).toEqual(["session 0", "turn 2", "session 0", "turn 1"]);
	scene.store.sync.outbox.setAside(session, "not allowed");
	expect(waiting(scene)).toEqual(["session 0", "turn 1"]);
	expect(scene.store.sync.outbox.listSetAside(9)).toMatchObject([
		{ sessionId: first, seq: 0, error: "not allowed" },
		{ sessionId: first, seq: 1, error: "too large" },
	]);
	scene.store.updateSession(first, markMasked({ title: "changed" }));
	expect(waiting(scene)).toHaveLength(4);
	expect(scene.store.sync.outbox.retrySetAside()).toBe(1);
	expect(waiting(scene)).toHaveLength(5);
});

test("running sessions come first, then the oldest; a limit cuts, and never to nothing", () => {
	using scene = temporaryStore();
	const old = addSession(scene, { status: "complete" }, [makeTurn(1)]);
	const live = addSession(scene, { status: "running" }, [makeTurn(1)]);
	const order = scene.store.sync.outbox
		.next(ALL)
		.map(({ sessionId }) => (sessionId === live ? "live" : "old"));
	expect(order).toEqual(["live", "live", "old", "old"]);
	expect(scene.store.sync.outbox.next({ changes: 9, bytes: 1 })).toHaveLength(1);
	expect(scene.store.sync.outbox.next({ ...ALL, sessionId: old })).toHaveLength(2);
});

test("what is on its way is passed over, a newer version of it as well, and a limit counts the rest", () => {
	using scene = temporaryStore();
	const id = addSession(scene, {}, [makeTurn(1), makeTurn(2), makeTurn(3)]);
	const { outbox } = scene.store.sync;
	const sent = outbox.next({ changes: 2, bytes: 1e9 });
	scene.store.saveTurn(id, markMasked(makeTurn(1, { items: [answer("longer")] })));
	const ahead = outbox.next({ changes: 2, bytes: 1e9, except: sent });
	expect(ahead.map(({ seq }) => seq)).toEqual([2, 3]);
	outbox.settle(sent);
	expect(outbox.next(ALL).map(({ seq }) => seq)).toEqual([1, 2, 3]);
});

test("everything can be sent again", () => {
	using scene = temporaryStore();
	addSession(scene, {}, [makeTurn(1)]);
	settleAll(scene);
	scene.store.sync.outbox.resend();
	expect(waiting(scene)).toEqual(["session 0", "turn 1"]);
});

test("a pulled session equals what was sent, and is not sent back", () => {
	fc.assert(
		fc.property(arbSession, arbTurns, (session, turns) => {
			using here = temporaryStore();
			using there = temporaryStore();
			const ended = { ...session, status: "complete" as const };
			addSession(
				here,
				ended,
				turns.map((turn) => ({ ...turn, status: "complete" as const })),
			);
			const changes = here.store.sync.outbox.next(ALL);
			there.store.sync.savePulled(markMasked(asPulled(ended.id, changes)));
			const [sent, got] = [here, there].map(({ store }) => store.readSession(ended.id));
			expect(got?.session).toEqual(sent?.session);
			const bare = (one: typeof got) =>
				one?.turns.map(({ revision: _revision, updatedAt: _updatedAt, ...turn }) => turn);
			expect(bare(got)).toEqual(bare(sent));
			expect(waiting(there)).toEqual([]);
		}),
		{ numRuns: 25 },
	);
});

function asPulled(id: string, changes: readonly Change[]) {
	const session = changes.find((change) => change.kind === "session");
	return {
		id,
		cells: session?.kind === "session" ? session.cells : {},
		turns: changes.flatMap((change) =>
			change.kind === "turn"
				? [
						{
							id: change.id,
							seq: change.seq,
							prompt: change.prompt,
							cells: { ...change.cells },
							items: change.items.map((item) => ({ ...item })),
						},
					]
				: [],
		),
	};
}

test("what was deleted elsewhere goes here too, and is not told back; a change of one's own goes first", () => {
	using scene = temporaryStore();
	const id = addSession(scene, { status: "complete" }, [makeTurn(1)]);
	const pulled = markMasked(asPulled(id, scene.store.sync.outbox.next(ALL)));
	expect(scene.store.sync.savePulled(pulled)).toBe(false);
	settleAll(scene);
	expect(scene.store.sync.savePulled(pulled)).toBe(true);
	expect(scene.store.sync.removePulled(id)).toBe(true);
	expect(scene.store.sync.removePulled(id)).toBe(false);
	expect(waiting(scene)).toEqual([]);
	expect(scene.store.listSessions()).toEqual([]);
});

test("one process syncs at a time: until its time is over or its process is gone", () => {
	using scene = temporaryStore();
	const alive = (pids: readonly number[]) => (pid: number) => pids.includes(pid);
	const hold = (holder: string, now: number, pids: readonly number[] = [1, 2]) =>
		scene.store.sync.holdLease({
			holder,
			pid: holder === "a" ? 1 : 2,
			now,
			lastsMs: 100,
			isAlive: alive(pids),
		});
	expect(hold("a", 1000)).toBe(true);
	expect(hold("b", 1050)).toBe(false);
	expect(hold("a", 1090)).toBe(true);
	expect(hold("b", 1150)).toBe(false);
	expect(hold("b", 1150, [2])).toBe(true);
	expect(hold("a", 1240)).toBe(false);
	expect(hold("a", 1250)).toBe(true);
	// The clock was set back by a day.
	expect(hold("b", -86_400_000)).toBe(true);
	scene.store.sync.releaseLease("b");
	expect(hold("a", -86_400_000)).toBe(true);
});

test("sharing a directory sends its sessions again, and no other", () => {
	using scene = temporaryStore();
	addSession(scene, { cwd: "~/projects/app" });
	addSession(scene, { cwd: "~/projects/application" });
	settleAll(scene);
	scene.store.sync.setShareRule({ kind: "directory", value: "~/projects/app" }, "team");
	expect(waiting(scene)).toEqual(["session 0"]);
	expect(scene.store.sync.readShareRules()).toEqual([
		{ kind: "directory", value: "~/projects/app", teamId: "team" },
	]);
	scene.store.sync.setShareRule({ kind: "directory", value: "~/projects/app" }, undefined);
	expect(scene.store.sync.readShareRules()).toEqual([]);
});
