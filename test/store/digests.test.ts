// The digest of a session always says what its row and its turns say, however they were changed.
import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Session } from "../../src/core/session.ts";
import type { Item, Turn } from "../../src/core/turn.ts";
import { openDatabase } from "../../src/store/database-file.ts";
import { digestRows } from "../../src/store/digest-schema.ts";
import { MIGRATIONS } from "../../src/store/migrations.ts";
import { markMasked } from "../support/mark-masked.ts";
import {
	addSession,
	makeSession,
	makeTurn,
	STARTED_AT,
	type TemporaryStore,
	temporaryStore,
} from "../support/stored-session.ts";

const tool = (status: "ok" | "error"): Item => ({ kind: "tool", name: "Bash", status, source: "both" });
const arbItems = fc.array(
	fc.constantFrom<Item>(tool("ok"), tool("error"), { ...tool("ok"), items: [tool("error")] } as Item, {
		kind: "permission",
		question: "?",
		options: [],
		source: "terminal",
	}),
	{ maxLength: 4 },
);
const arbTurn: fc.Arbitrary<Turn> = fc
	.record({
		seq: fc.integer({ min: 1, max: 4 }),
		items: arbItems,
		kind: fc.constantFrom("prompt" as const, "none" as const),
		fidelity: fc.option(fc.constantFrom(0.5, 1), { nil: undefined }),
		lasts: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
	})
	.map(({ seq, items, kind, fidelity, lasts }) =>
		makeTurn(seq, {
			items,
			prompt: { text: "p", kind },
			...(fidelity === undefined ? {} : { fidelity }),
			...(lasts === undefined ? {} : { endedAt: STARTED_AT + (seq + lasts) * 1000 }),
		}),
	);
const arbPatch: fc.Arbitrary<Partial<Session>> = fc.record(
	{
		cwd: fc.constantFrom("/a", "/b"),
		status: fc.constantFrom("complete" as const, "lost" as const),
		git: fc.constantFrom({ branch: "main" }, { commit: "c" }),
		usage: fc.constantFrom({ inputTokens: 3, cacheReadTokens: 4 }, { costUsd: 1.5, models: ["x", "y"] }),
		maskedCount: fc.constantFrom({}, { jwt: 2, email: 3 }),
		recognition: fc.constantFrom({ lines: 9, unclaimed: 1 }),
		endedAt: fc.constantFrom(STARTED_AT + 60_000),
	},
	{ requiredKeys: [] },
);
type Step = (scene: TemporaryStore, ids: readonly string[]) => void;
const arbStep: fc.Arbitrary<Step> = fc.oneof(
	fc.tuple(fc.nat(), arbTurn).map(
		([which, turn]): Step =>
			(scene, ids) =>
				scene.store.saveTurn(pick(ids, which), markMasked(turn)),
	),
	fc.tuple(fc.nat(), arbPatch).map(
		([which, patch]): Step =>
			(scene, ids) =>
				scene.store.updateSession(pick(ids, which), markMasked(patch)),
	),
	fc.tuple(fc.nat(), fc.integer({ min: 1, max: 4 })).map(
		([which, seq]): Step =>
			(scene, ids) =>
				scene.store.withdrawTurn(pick(ids, which), seq),
	),
	fc.constant<Step>((scene) => void scene.store.closeAbandoned(() => false)),
);
const pick = (ids: readonly string[], which: number) => ids[which % ids.length] ?? "";

/** All but the version, which says when, and not what. */
function digestsOf(path: string, isMadeAnew: boolean): unknown[] {
	const db = new Database(path);
	try {
		if (isMadeAnew) db.exec(`DELETE FROM session_digests;${digestRows()}`);
		const rows = db.prepare("SELECT * FROM session_digests ORDER BY session_key").all() as Record<
			string,
			unknown
		>[];
		return rows.map(({ version: _version, ...row }) => row);
	} finally {
		db.close();
	}
}

test("after any changes a digest is what it would be if it were made anew", () => {
	fc.assert(
		fc.property(fc.array(arbStep, { minLength: 1, maxLength: 12 }), fc.boolean(), (steps, isDeleting) => {
			using scene = temporaryStore();
			const ids = [addSession(scene), addSession(scene, { status: "complete" })];
			for (const step of steps) step(scene, ids);
			if (isDeleting) scene.store.deleteSession(pick(ids, steps.length));
			const kept = digestsOf(scene.path, false);
			expect(kept).toHaveLength(isDeleting ? 1 : 2);
			expect(kept).toEqual(digestsOf(scene.path, true));
		}),
		{ numRuns: 60 },
	);
});

test("every change makes the version of its session the greatest of all", () => {
	using scene = temporaryStore();
	const { browse } = scene.store;
	const all = { version: -1, key: -1 };
	const [first, second] = [addSession(scene), addSession(scene)];
	const newest = () => browse.readDigests(all, 10).at(-1)?.id;
	expect(newest()).toBe(second);
	scene.store.saveTurn(first, markMasked(makeTurn(1)));
	expect(newest()).toBe(first);
	scene.store.updateSession(second, markMasked({ title: "x" }));
	expect(newest()).toBe(second);
	scene.store.withdrawTurn(first, 1);
	const mark = browse.readDigests(all, 10).at(-1);
	expect(mark?.id).toBe(first);
	// Also when the greatest one is deleted: who remembers it must not miss what comes after.
	scene.store.deleteSession(first);
	scene.store.updateSession(second, markMasked({ title: "y" }));
	expect(browse.readDigests(mark ?? all, 10).map(({ id }) => id)).toEqual([second]);
});

test("a database of before gets its digests and counts", () => {
	using scene = temporaryStore();
	const path = `${scene.directory}/old.db`;
	const before = MIGRATIONS.findIndex((step) => step.includes("session_digests"));
	const old = openDatabase(path, { migrations: MIGRATIONS.slice(0, before) });
	const session = makeSession(scene.ids(), { usage: { inputTokens: 7 }, maskedCount: { jwt: 2 } });
	old
		.prepare(
			`INSERT INTO sessions (id, agent, agent_session_ids, command, cwd, started_at, status, terminal, masked_count, gaps, usage,
				recorder_pid, revision, updated_at) VALUES (?, 'claude-code', '[]', '[]', '/a', 5, 'complete', '{}', ?, '[]', ?, 1, 1, 1)`,
		)
		.run(session.id, JSON.stringify(session.maskedCount), JSON.stringify(session.usage));
	old.exec(`INSERT INTO turns (id, session_key, seq, prompt_kind, started_at, ended_at, status, source, revision, updated_at)
		VALUES ('t', 1, 1, 'prompt', 6, 9, 'complete', 'both', 1, 1)`);
	for (const [position, kind, status] of [
		[0, "prompt", null],
		[1, "tool", "error"],
		[2, "tool", "ok"],
		[3, "permission", null],
	] as const)
		old
			.prepare(
				"INSERT INTO items (id, turn_key, position, kind, status, is_indexed) VALUES (?, 1, ?, ?, ?, 0)",
			)
			.run(`i${position}`, position, kind, status);
	old.close();
	const db = openDatabase(path);
	expect(db.prepare("SELECT tools, errors, permissions FROM turns").get()).toEqual({
		tools: 2,
		errors: 1,
		permissions: 1,
	});
	expect(
		db.prepare("SELECT turns, tools, tokens, masked, last_at, asked FROM session_digests").get(),
	).toEqual({
		turns: 1,
		tools: 2,
		tokens: 7,
		masked: 2,
		last_at: 9,
		asked: 1,
	});
	db.close();
});
