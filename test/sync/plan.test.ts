/** What is decided purely: no network, no clock, no database. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Change } from "../../src/store/sync-store.ts";
import { nextPause, parseRetryAfter, pauseLeft } from "../../src/sync/plan-backoff.ts";
import { type BatchSize, LARGEST_BATCH, nextBatchSize } from "../../src/sync/plan-batch.ts";
import { planLanes } from "../../src/sync/plan-lanes.ts";
import { planPush } from "../../src/sync/plan-push.ts";
import { plainRemote, teamOf } from "../../src/sync/plan-shares.ts";
import { cleanJson } from "../../src/sync/plan-text.ts";
import { describeFailure, verdictOf } from "../../src/sync/plan-verdict.ts";

const CONTEXT = { userId: "u", machineId: "m", rules: [], shareWith: undefined };
const id = fc.constantFrom("a", "b", "c", "d");

const change: fc.Arbitrary<Change> = fc.oneof(
	fc.record({
		kind: fc.constant("session" as const),
		sessionId: id,
		seq: fc.constant(0),
		version: fc.nat(),
		cells: fc.constant({ cwd: "~", started_at: 1 }),
	}),
	fc.record({
		kind: fc.constant("turn" as const),
		sessionId: id,
		seq: fc.integer({ min: 1, max: 9 }),
		version: fc.nat(),
		id: fc.constant("i"),
		prompt: fc.string({ maxLength: 50 }),
		cells: fc.constant({ status: "complete", started_at: 1 }),
		items: fc.array(
			fc.record({
				kind: fc.constant("assistant"),
				name: fc.constant(null),
				status: fc.constant(null),
				source: fc.constant("terminal"),
				body: fc.string({ unit: "binary", maxLength: 400 }),
				input: fc.constant(null),
				output: fc.constant(null),
				facts: fc.constant(null),
			}),
			{ maxLength: 4 },
		),
	}),
	fc.record({
		kind: fc.constant("deletion" as const),
		sessionId: id,
		seq: fc.constant(0),
		version: fc.nat(),
	}),
	fc.record({
		kind: fc.constant("withdrawal" as const),
		sessionId: id,
		seq: fc.integer({ min: 1, max: 9 }),
		version: fc.nat(),
	}),
);

test("every change becomes exactly its rows, sessions first, a turn after its items, each request within its limits", () => {
	fc.assert(
		fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
			const limits = { rows: 5, bytes: 2000 };
			const requests = planPush(changes, CONTEXT, limits);
			expect(requests).toEqual(planPush(changes, CONTEXT, limits));
			const order = ["sessions", "items", "turns", "deletions"];
			const tables = requests.map(({ table }) => order.indexOf(table));
			expect(tables).toEqual([...tables].sort());
			const rows = (table: string) =>
				requests.filter((one) => one.table === table).flatMap((one) => one.rows);
			const of = (kind: string) => changes.filter((one) => one.kind === kind).length;
			expect(rows("sessions")).toHaveLength(of("session"));
			expect(rows("turns")).toHaveLength(of("turn") + of("withdrawal"));
			expect(rows("deletions")).toHaveLength(of("deletion"));
			const items = changes.flatMap((one) => (one.kind === "turn" ? one.items : []));
			expect(rows("items")).toHaveLength(items.length);
			for (const { rows } of requests) {
				expect(rows.length).toBeLessThanOrEqual(limits.rows);
				const keys = rows.map((row) => Object.keys(row).sort().join());
				// PostgREST makes a missing key of one row a null: all rows of a request have the same.
				expect(new Set(keys).size).toBe(1);
				expect(JSON.stringify(rows)).not.toMatch(/\\u0000|\\ud[89a-f]/);
			}
		}),
	);
});

test("two lanes hold every change once, and nothing of one session is in both", () => {
	fc.assert(
		fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
			const [first, second] = planLanes(changes);
			expect(first.length + second.length).toBe(changes.length);
			const there = new Set(first.map(({ sessionId }) => sessionId));
			expect(second.filter(({ sessionId }) => there.has(sessionId))).toEqual([]);
			for (const lane of [first, second]) expect(lane).toEqual(changes.filter((one) => lane.includes(one)));
		}),
	);
});

test("batches shrink while the project is slow, grow again when it is quick, and stay within bounds whatever the clock says", () => {
	const after = (times: readonly number[], size: BatchSize = LARGEST_BATCH) =>
		times.reduce(nextBatchSize, size);
	fc.assert(
		fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 })), (times) => {
			const { changes, bytes } = after(times);
			expect(changes).toBeGreaterThanOrEqual(30);
			expect(changes).toBeLessThanOrEqual(300);
			expect(bytes).toBeGreaterThanOrEqual(50_000);
			expect(bytes).toBeLessThanOrEqual(500_000);
		}),
	);
	expect(after([2000, -50, 10])).toEqual(LARGEST_BATCH);
	expect(after([6000, 2000])).toEqual({ changes: 150, bytes: 250_000 });
	expect(after([6000, 6000, 10, 10])).toEqual(LARGEST_BATCH);
});

test.each([
	[{ status: 0 }, "retry"],
	[{ status: 429 }, "retry"],
	[{ status: 503, code: "PGRST002" }, "retry"],
	[{ status: 403 }, "retry"],
	[{ status: 404 }, "retry"],
	[{ status: 500, code: "40P01" }, "retry"],
	[{ status: 500, code: "53300" }, "retry"],
	[{ status: 401, code: "PGRST301" }, "sign-in"],
	[{ status: 401, code: "PGRST303" }, "sign-in"],
	[{ status: 401, code: "42501" }, "sign-in"],
	[{ status: 404, code: "42P01" }, "schema"],
	[{ status: 404, code: "PGRST205" }, "schema"],
	[{ status: 400, code: "PGRST204" }, "schema"],
	[{ status: 403, code: "42501" }, "schema"],
	[{ status: 403, code: "42501", isRowRule: true }, "reject"],
	[{ status: 409, code: "23505" }, "reject"],
	[{ status: 400, code: "22P05" }, "reject"],
	[{ status: 400, code: "PGRST102" }, "reject"],
	[{ status: 500, code: "XX000" }, "reject"],
	[{ status: 413 }, "split"],
	[{ status: 500, code: "57014" }, "split"],
] as const)("%j means %s", (failure, verdict) => {
	expect(verdictOf(failure)).toBe(verdict);
	expect(describeFailure(failure)).toMatch(/answer \d|cannot be reached/);
});

test("a pause is never shorter than asked for, never longer than needed, and ends for a clock that goes back", () => {
	fc.assert(
		fc.property(
			fc.nat(40),
			fc.double({ min: 0, max: 1, noNaN: true }),
			fc.option(fc.nat(1e9)),
			(attempt, chance, asked) => {
				const previous = { attempt, since: 0, until: 0, reason: "" };
				const pause = nextPause({ previous, now: 1000, chance, askedMs: asked ?? undefined, reason: "x" });
				const length = pause.until - pause.since;
				const longest = Math.min(300_000, 1000 * 2 ** attempt);
				const kept = Math.min(asked ?? 0, 86_400_000);
				expect(length).toBeGreaterThanOrEqual(kept);
				expect(length).toBeLessThanOrEqual(Math.max(kept, longest));
				expect(pause.attempt).toBe(attempt + 1);
				expect(pauseLeft(pause, 1000)).toBe(length);
				expect([pauseLeft(pause, pause.until), pauseLeft(pause, 999)]).toEqual([0, 0]);
			},
		),
	);
	expect(parseRetryAfter("7", 0)).toBe(7000);
	expect(parseRetryAfter("Thu, 01 Jan 1970 00:01:00 GMT", 10_000)).toBe(50_000);
	expect(parseRetryAfter("soon", 0)).toBeUndefined();
	expect(parseRetryAfter(null, 0)).toBeUndefined();
});

test("with whom a session is shared: its own word, the deepest directory, the repository, the setting, nobody", () => {
	const cells = {
		cwd: "~/orchard/app/src",
		git: JSON.stringify({ remote: "git@Example.com:garden/App.git" }),
	};
	const rules = [
		{ kind: "directory", value: "~/orchard", teamId: "wide" },
		{ kind: "directory", value: "~/orchard/app", teamId: "deep" },
		{ kind: "directory", value: "~/orchard/ap", teamId: "wrong" },
		{ kind: "remote", value: "example.com/garden/app", teamId: "repository" },
		{ kind: "session", value: "s" },
	] as const;
	const team = (from: number, to: number, usual?: string) =>
		teamOf({ id: "s", cells }, rules.slice(from, to), usual);
	expect(team(0, 5, "usual")).toBeNull();
	expect(team(0, 4, "usual")).toBe("deep");
	expect(team(2, 4, "usual")).toBe("repository");
	expect(team(2, 3, "usual")).toBe("usual");
	expect(team(2, 3)).toBeNull();
});

test.each([
	"git@example.com:garden/app.git",
	"https://example.com/garden/app",
	"https://ada@example.com/garden/app.git/",
	"ssh://git@example.com/garden/app.git",
	"EXAMPLE.com:garden/app",
])("%s is one repository by whichever address", (address) => {
	expect(plainRemote(address)).toBe("example.com/garden/app");
});

test("what PostgreSQL cannot keep is replaced everywhere inside, and nothing else is touched", () => {
	expect(cleanJson({ "a\0": ["x\ud800", 1, null, { b: "\0" }] })).toEqual({
		"a\ufffd": ["x\ufffd", 1, null, { b: "\ufffd" }],
	});
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			expect(JSON.stringify(cleanJson(value))).not.toMatch(/\\u0000|\\ud[89a-f]/);
		}),
	);
});
