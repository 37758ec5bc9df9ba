/** What is deleted by its age: the plan, and the component's own work on a real store. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { loadConfig } from "../../src/config/config.ts";
import { createIdMaker } from "../../src/core/ids.ts";
import { deleteExpired } from "../../src/daemon/components/delete-expired.ts";
import { planRetention, type RetentionMark } from "../../src/daemon/components/plan-retention.ts";
import { retention } from "../../src/daemon/components/retention.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { SessionSummary } from "../../src/store/store.ts";
import { markMasked } from "../support/mark-masked.ts";
import { removeFolder } from "../support/remove-folder.ts";
import { makeSession, makeTurn } from "../support/stored-session.ts";

const DAY = 24 * 60 * 60 * 1000;
const HOUR = DAY / 24;

function scene(settings: Record<string, string> = { CTRACE_RETENTION_DAYS: "30" }) {
	const home = mkdtempSync(join(tmpdir(), "ctrace-retention-"));
	const config = loadConfig({
		env: { CTRACE_HOME: join(home, "ct"), ...settings },
		platform: process.platform,
		home,
	});
	const clock = { now: () => Date.now() };
	const ids = createIdMaker(clock, (count) => crypto.getRandomValues(new Uint8Array(count)));
	const open = () => openStore({ path: config.paths.database, clock, ids });
	return {
		config,
		open,
		add: (daysAgo: number, status: "complete" | "running" = "complete") => {
			using store = open();
			const id = ids();
			const endedAt = Date.now() - daysAgo * DAY;
			const ended = status === "running" ? {} : { endedAt };
			store.beginSession(markMasked(makeSession(id, { status, startedAt: endedAt - HOUR, ...ended })), {
				pid: process.pid,
			});
			store.saveTurn(id, markMasked(makeTurn(1)));
			return id;
		},
		pin: (id: string) => {
			using store = open();
			store.updateSession(id, markMasked({ pinned: true }));
			return id;
		},
		ids: () => {
			using store = open();
			return store.listSessions().map(({ session }) => session.id);
		},
		run: (signal = new AbortController().signal) => deleteExpired({ config, signal, log: () => {} }),
		[Symbol.dispose]: () => removeFolder(home),
	};
}

test("deletes what ended long enough ago, at the project as well, and nothing else", async () => {
	using place = scene();
	const [old, older] = [place.add(31), place.add(400)];
	const kept = [place.add(29), place.add(0), place.add(50, "running"), place.pin(place.add(500))];
	expect(await place.run()).toEqual({ counts: { deleted: 2 }, queue: 0 });
	expect(place.ids().sort()).toEqual([...kept].sort());
	using store = place.open();
	const waiting = store.sync.outbox.next({ changes: 99, bytes: 1e9 });
	const deletions = waiting.flatMap((one) => (one.kind === "deletion" ? [one.sessionId] : []));
	expect(deletions.sort()).toEqual([old, older].sort());
	expect(await place.run()).toEqual({ counts: { deleted: 0 }, queue: 0 });
});

test("stops between two sessions when it is told to, and says how many are left", async () => {
	using place = scene();
	for (let n = 0; n < 3; n += 1) place.add(60 + n);
	const stopping = new AbortController();
	stopping.abort();
	expect(await place.run(stopping.signal)).toEqual({ counts: { deleted: 0 }, queue: 3 });
	expect(await place.run()).toEqual({ counts: { deleted: 3 }, queue: 0 });
});

test.each([{}, { CTRACE_RETENTION_DAYS: "0" }])("with %j everything is kept", async (settings) => {
	using place = scene(settings);
	place.add(9000);
	expect(await place.run()).toEqual({ counts: {} });
	expect(place.ids()).toHaveLength(1);
	expect(place.config.retentionDays).toBeUndefined();
});

test("a number of days that is none is refused", () => {
	expect(() => scene({ CTRACE_RETENTION_DAYS: "a month" })).toThrow("a whole number of days");
});

test("a clock that runs away takes a few days' sessions, and not all", () => {
	const now = 1e12;
	const sessions = Array.from({ length: 100 }, (_, days) => summary(`${days}`, now - days * DAY));
	const days = 30;
	const first = planRetention(sessions, { days, now });
	expect(first.expired).toHaveLength(69);
	const ahead = planRetention(sessions, { days, now: now + 50 * 365 * DAY, last: first.mark });
	expect(ahead.expired).toHaveLength(71);
	// Another number of days is meant as it is said.
	expect(planRetention(sessions, { days: 10, now, last: ahead.mark }).expired).toHaveLength(89);
});

test("whatever the clock does in between, with a clock that goes right it catches up, and nothing young goes", () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: -1e12, max: 1e12 }), { maxLength: 5 }), (jumps) => {
			const now = 1e12;
			const sessions = [summary("old", now - 40 * DAY), summary("young", now - 20 * DAY)];
			let last: RetentionMark | undefined = planRetention([], { days: 30, now: now - 10 * DAY }).mark;
			for (const jump of jumps) last = planRetention([], { days: 30, now: now + jump, last }).mark;
			let plan = planRetention(sessions, { days: 30, now, last });
			for (let looks = 0; looks < 10 && plan.mark.before < now - 30 * DAY; looks += 1)
				plan = planRetention(sessions, { days: 30, now, last: plan.mark });
			expect(plan.expired).toEqual(["old"]);
		}),
	);
});

test("it looks every six hours, and hardly ever when there is nothing to look for", () => {
	using place = scene();
	using without = scene({});
	const every = retention.intervalMs;
	if (typeof every === "number") throw new Error("it depends on a setting");
	expect([every(place.config), every(without.config)]).toEqual([6 * HOUR, DAY]);
});

function summary(id: string, endedAt: number): SessionSummary {
	return {
		session: makeSession(id, { status: "complete", startedAt: endedAt - HOUR, endedAt }),
		turnCount: 1,
		recorder: { pid: 1 },
	};
}
