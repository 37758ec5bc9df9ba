import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Session } from "../../src/core/session.ts";
import type { Turn } from "../../src/core/turn.ts";
import { refreshFigures } from "../../src/insights/refresh-figures.ts";
import { readStatistics } from "../../src/insights/statistics/read-statistics.ts";
import { loadMeasureMarks } from "../../src/patterns/load-measure-marks.ts";
import type { FigureQuery, FigureStore } from "../../src/store/figures/figures.ts";
import type { FigureName } from "../../src/store/figures/tables.ts";
import { arbSession, arbTurns } from "../support/arb-session.ts";
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
