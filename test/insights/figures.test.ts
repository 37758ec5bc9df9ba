import { readFileSync } from "node:fs";
import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Session } from "../../src/core/session.ts";
import type { Turn } from "../../src/core/turn.ts";
import { dayOf } from "../../src/insights/measure/calendar.ts";
import { refreshFigures } from "../../src/insights/refresh-figures.ts";
import { readStatistics } from "../../src/insights/statistics/read-statistics.ts";
import { loadMeasureMarks } from "../../src/patterns/load-measure-marks.ts";
import type { FigureQuery, FigureStore } from "../../src/store/figures/figures.ts";
import type { FigureName } from "../../src/store/figures/tables.ts";
import { MIGRATIONS } from "../../src/store/migrations.ts";
import { arbSession, arbTurns } from "../support/arb-session.ts";
import { fillStatistics } from "../support/invented-work.ts";
import { holds, limitOf } from "../support/laws.ts";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, makeTurn, type TemporaryStore, temporaryStore } from "../support/stored-session.ts";

const MARKS = loadMeasureMarks("patterns/measures.yml");
const EVER = { from: 0, to: 40_000 };

function refresh({ store }: Pick<TemporaryStore, "store">): void {
	for (const _ of refreshFigures(store.figures, MARKS));
}

/** Every sum there is; which row stands for others is left out. */
function everything(figures: FigureStore): unknown {
	const bare = (rows: readonly object[]) => rows.map((row) => JSON.stringify({ ...row, sample: 0 })).sort();
	const by = ["day", "project"] as const;
	return {
		totals: bare(figures.sum({ ...EVER, table: "totals", by })),
		hours: bare(figures.sum({ ...EVER, table: "hours", by: [...by, "hour"] })),
		tools: bare(figures.sum({ ...EVER, table: "tools", by: [...by, "thing"] })),
		permissions: bare(figures.sum({ ...EVER, table: "permissions", by: [...by, "thing"] })),
		files: bare(figures.sum({ ...EVER, table: "files", by: [...by, "thing"] })),
		rules: bare(figures.sum({ ...EVER, table: "rules", by: [...by, "rule"] })),
		corrected: bare(figures.sum({ ...EVER, table: "corrected", by: [...by, "thing"] })),
		prompts: bare(figures.sum({ ...EVER, table: "prompts", by: [...by, "thing"] })),
		repeated: bare(figures.repeatedPrompts(EVER, { sessions: 2, limit: 1000 })),
	};
}

/** Sums over all projects are kept apart: they are those of the projects, added up. */
function sumsOfDays(figures: FigureStore): (readonly [unknown, unknown])[] {
	const projects = figures.projects().map(({ project }) => project);
	const both = <Name extends FigureName>(query: FigureQuery<Name>): readonly [unknown, unknown] => [
		figures.sum(query),
		figures.sum({ ...query, projects }),
	];
	return [
		both({ ...EVER, table: "totals", by: ["day"] }),
		both({ ...EVER, table: "hours", by: ["weekday", "hour"] }),
		both({ ...EVER, table: "tools", by: ["thing"], most: { of: "calls", limit: 5 } }),
		both({ ...EVER, table: "models", by: ["day", "model"] }),
		both({ ...EVER, table: "permissions", by: ["thing"] }),
		both({ ...EVER, table: "rules", by: ["rule"] }),
	];
}

function expectDaysToAddUp(figures: FigureStore): void {
	for (const [fromDays, fromProjects] of sumsOfDays(figures)) expect(fromDays).toEqual(fromProjects);
}

const RUNS = { runs: 6 };

interface Kept {
	readonly session: Session;
	readonly older: readonly Turn[];
	readonly newer: readonly Turn[];
	readonly isDeleted: boolean;
}

const arbKept: fc.Arbitrary<Kept[]> = fc.uniqueArray(
	fc.record({ session: arbSession, older: arbTurns, newer: arbTurns, isDeleted: fc.boolean() }),
	{ selector: ({ session }) => session.id, maxLength: 5 },
);

/** Measured whenever something changed. */
function live(scene: TemporaryStore, all: readonly Kept[]): void {
	for (const { session, older, newer } of all) {
		addSession(scene, session, older);
		refresh(scene);
		for (const turn of newer) scene.store.saveTurn(session.id, markMasked(turn));
		for (const { seq } of older.slice(newer.length)) scene.store.withdrawTurn(session.id, seq);
	}
	refresh(scene);
	for (const { session, isDeleted } of all) if (isDeleted) scene.store.deleteSession(session.id);
	refresh(scene);
}

test(
	"figures brought up to date now and then are those made at the end",
	() => {
		holds(
			fc.property(arbKept, (all) => {
				using often = temporaryStore();
				using once = temporaryStore();
				live(often, all);
				expectDaysToAddUp(often.store.figures);
				for (const { session, newer, isDeleted } of all) if (!isDeleted) addSession(once, session, newer);
				refresh(once);
				expect(everything(often.store.figures)).toEqual(everything(once.store.figures));
			}),
			RUNS,
		);
	},
	limitOf(RUNS),
);

/** What a range adds up to, when every day of it is read by itself. */
function dayByDay(figures: FigureStore, range: { from: number; to: number; projects?: readonly number[] }) {
	const rows = figures.sum({ ...range, table: "files", by: ["day", "project", "thing"] });
	const sums = new Map<string, { reads: number; edits: number; sample: number }>();
	for (const { project, thing, reads, edits, sample = 0 } of rows) {
		const id = `${project} ${thing}`;
		const sum = sums.get(id) ?? { reads: 0, edits: 0, sample };
		sums.set(id, {
			reads: sum.reads + reads,
			edits: sum.edits + edits,
			sample: Math.min(sum.sample, sample),
		});
	}
	return sums;
}

test("a range of any length is what its days are, whatever was deleted and measured again", () => {
	using scene = temporaryStore();
	fillStatistics(scene.store, scene.ids, { sessions: 60, now: Date.UTC(2026, 5, 30, 12) });
	refresh(scene);
	const { figures } = scene.store;
	const last = dayOf(Date.UTC(2026, 5, 30, 12));
	for (const [index, { session }] of scene.store.listSessions().entries()) {
		if (index % 5 === 0) scene.store.deleteSession(session.id);
		if (index % 7 === 0 && index % 5 !== 0) scene.store.saveTurn(session.id, markMasked(makeTurn(21)));
	}
	refresh(scene);
	const [project] = figures.projects().map((one) => one.project);
	for (const [before, length] of [
		[0, 600],
		[3, 64],
		[31, 65],
		[40, 33],
		[7, 20],
		[100, 1],
		[0, 0],
	] as const)
		for (const projects of [undefined, [project ?? 0], []]) {
			const range = { from: last - before - length + 1, to: last - before, ...(projects && { projects }) };
			const rows = figures.sum({ ...range, table: "files", by: ["project", "thing"] });
			const sums = rows.map((row) => {
				const { reads, edits, sample } = row;
				return [`${row.project} ${row.thing}`, { reads, edits, sample }] as const;
			});
			expect(new Map(sums)).toEqual(dayByDay(figures, range));
			const [total] = figures.sum({ ...range, table: "totals", by: [], pick: ["turns"] });
			const days = figures.sum({ ...range, table: "totals", by: ["day"], pick: ["turns"] });
			expect(total?.turns).toBe(days.reduce((sum, { turns }) => sum + turns, 0));
		}
});

test("a database of before gets its sums over blocks of days", () => {
	using scene = temporaryStore();
	fillStatistics(scene.store, scene.ids, { sessions: 20, now: Date.UTC(2026, 5, 30, 12) });
	refresh(scene);
	const all = scene.store.figures.sum({ ...EVER, table: "tools", by: ["project", "thing"] });
	const repeated = scene.store.figures.repeatedPrompts(EVER, { sessions: 2, limit: 9 });
	expect(repeated.length).toBeGreaterThan(2);
	scene.store.close();
	const step = MIGRATIONS.find((one) => one.includes("figures_of_block_totals")) ?? "";
	const db = new Database(scene.path);
	for (const { name } of db
		.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE name LIKE 'figures_of_block_%'")
		.all())
		db.exec(`DROP TABLE ${name}`);
	db.exec(
		"DROP INDEX figures_prompts_by_thing; ALTER TABLE figures_of_session_prompts DROP COLUMN previous; CREATE INDEX figures_prompts_by_thing ON figures_of_session_prompts (thing)",
	);
	db.exec(step);
	db.close();
	using again = temporaryStore(scene.path);
	const { figures } = again.store;
	expect(figures.countStale()).toBe(0);
	expect(figures.sum({ ...EVER, table: "tools", by: ["project", "thing"] })).toEqual(all);
	expect(figures.repeatedPrompts(EVER, { sessions: 2, limit: 9 })).toEqual(repeated);
});

test("a session is measured again when a turn, a response or the session itself changed, and only then", () => {
	using scene = temporaryStore();
	const { figures } = scene.store;
	const id = addSession(scene, {}, [makeTurn(1)]);
	expect(figures.countStale()).toBe(1);
	refresh(scene);
	expect(figures.countStale()).toBe(0);
	scene.store.saveTurn(id, markMasked(makeTurn(1)));
	expect(figures.countStale()).toBe(0);
	scene.store.saveTurn(id, markMasked(makeTurn(2)));
	expect(figures.countStale()).toBe(1);
	refresh(scene);
	scene.store.updateSession(id, markMasked({ status: "complete" }));
	expect(figures.countStale()).toBe(1);
});

test("figures hold no text of a session: what is deleted or masked later leaves nothing behind in them", () => {
	using scene = temporaryStore();
	const word = ["moss", "lichen", "fern"].join("");
	const id = addSession(scene, { cwd: `/w/${word}` }, [
		makeTurn(1, {
			prompt: { text: `please prune the ${word} beds today`, kind: "prompt" },
			items: [
				{ kind: "tool", name: `mcp__${word}__cut`, input: { command: word }, status: "ok", source: "both" },
				{ kind: "tool", name: "Read", input: { file_path: `/w/${word}/a` }, status: "ok", source: "both" },
			],
		}),
	]);
	refresh(scene);
	expect(
		readStatistics({ figures: scene.store.figures, marks: MARKS, noModels: new Set(), limit: 9 }, EVER),
	).toMatchObject({
		files: [{ path: "a" }],
	});
	scene.store.deleteSession(id);
	scene.store.close();
	expect(readFileSync(scene.path).includes(word)).toBe(false);
});
