import { expect, test } from "vitest";
import { createLiveSync, type Sender } from "../../src/recorder/live-sync.ts";
import type { PushOptions, PushOutcome } from "../../src/sync/sync-engine.ts";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, makeTurn, type TemporaryStore, temporaryStore } from "../support/stored-session.ts";

const NOTHING = { sent: 0, sentBytes: 0, setAside: 0 };

/** A sender that answers what it is told, and does it to the outbox when the answer is `done`. */
function scene(place: TemporaryStore, answers: (PushOutcome["kind"] | "throw")[]) {
	let now = 1000;
	const asked: PushOptions[] = [];
	const waits: number[] = [];
	const sender: Sender = {
		push: async (store, options) => {
			asked.push(options);
			const kind = answers.shift() ?? "done";
			if (kind === "throw") throw new Error("no");
			if (kind === "done") store.outbox.settle(store.outbox.next({ changes: 99, bytes: 1e9 }));
			if (kind === "waiting") return { ...NOTHING, kind, waitMs: 60_000, reason: "offline" };
			if (kind === "done" || kind === "stopped" || kind === "busy") return { ...NOTHING, kind };
			return { ...NOTHING, kind, reason: "x" };
		},
	};
	const sync = createLiveSync({
		store: place.store,
		sessionId: addSession(place, {}, [makeTurn(1)]),
		loadSender: async () => sender,
		wait: async (ms) => {
			waits.push(ms);
			now += ms;
		},
		now: () => now,
		restEveryMs: 60_000,
	});
	const pass = async (ms: number) => {
		now += ms;
		sync.tick();
		for (let n = 0; n < 9; n += 1) await Promise.resolve();
	};
	return { sync, asked, waits, pass };
}

test("a running session is sent a batch a second, and nothing is asked for when nothing waits", async () => {
	using place = temporaryStore();
	const { asked, pass } = scene(place, []);
	await pass(500);
	expect(asked).toHaveLength(0);
	await pass(500);
	await pass(1000);
	expect(asked).toMatchObject([{ batches: 1, sessionId: expect.any(String) }]);
});

test("what waits of other sessions goes every so often", async () => {
	using place = temporaryStore();
	const { asked, pass } = scene(place, []);
	await pass(1000);
	addSession(place, {}, [makeTurn(1)]);
	await pass(1000);
	await pass(60_000);
	expect(asked).toHaveLength(2);
	expect(asked[1]).not.toHaveProperty("sessionId");
});

test("at the end what is left is sent; a network that is away is waited for, and not for ever", async () => {
	using place = temporaryStore();
	const { sync, asked, waits } = scene(place, ["waiting", "busy", "done"]);
	await sync.finish();
	expect([asked.length, waits]).toEqual([3, [2000, 2000]]);
	place.store.saveTurn(place.store.findSession("last"), markMasked(makeTurn(2)));
	const away = scene(
		place,
		Array.from({ length: 99 }, () => "waiting" as const),
	);
	await away.sync.finish();
	expect(away.asked).toHaveLength(15);
});

test.each(["throw", "signed-out", "schema", "rejected"] as const)(
	"whatever goes wrong stays here: %s ends the sending and nothing else",
	async (kind) => {
		using place = temporaryStore();
		const { sync, asked } = scene(place, [kind]);
		await sync.finish();
		expect(asked).toHaveLength(1);
		expect(place.store.sync.outbox.counts()).toMatchObject({ sessions: 1, turns: 1 });
	},
);
