import { describe, expect, it } from "vitest";
import { missedBars } from "../live/bar.ts";
import type { Score } from "../live/score.ts";
import { type Cell, cellRow, details, type Outcome, playedAgain, summary, tally } from "../live/table.ts";

const FULL: Score = {
	prompts: { found: 2, of: 2 },
	spurious: 0,
	recall: 1,
	precision: 1,
	tools: { found: 0, of: 0 },
	allTools: { found: 0, of: 1 },
	permissions: { found: 1, of: 1 },
	interrupts: { found: 0, of: 0 },
	misses: [],
};

function cell(outcome: Outcome): Cell {
	return { look: "2.1.330", scenario: "pastes", outcome };
}

describe("the live test's table", () => {
	it("counts what was judged, and names what was not", () => {
		const cells = [
			cell({ kind: "scored", score: FULL, missed: [] }),
			cell({ kind: "scored", score: FULL, missed: ["recall"] }),
			cell({ kind: "broken", problems: ["no dialog"] }),
			cell({ kind: "recorded" }),
			cell({ kind: "skipped", why: "came later" }),
		];
		expect(tally(cells)).toEqual({ passed: 1, failed: 2, recorded: 1, skipped: 1, secondTry: 0 });
		expect(summary(tally(cells)).split("\n")).toEqual([
			"1 only recorded, not judged",
			"1 skipped",
			"1 passed, 2 failed",
		]);
	});

	it("says loudly what passed on the second try alone, and why not on the first", () => {
		const passed: Outcome = { kind: "scored", score: FULL, missed: [] };
		const missed: Outcome = {
			kind: "scored",
			score: { ...FULL, misses: ["prompt missing: x"] },
			missed: ["prompts"],
		};
		const again = cell(playedAgain(missed, passed));
		expect(cellRow(again)).toMatch(/PASSED ON THE SECOND TRY$/);
		expect(details(again.outcome)).toEqual(["first try: missed prompts", "first try: prompt missing: x"]);
		expect(tally([again])).toMatchObject({ passed: 1, failed: 0, secondTry: 1 });
		expect(summary(tally([again]))).toBe(
			"!!! 1 PASSED ONLY ON THE SECOND TRY (see above) !!!\n1 passed, 0 failed",
		);
		const late = cell(playedAgain({ kind: "broken", problems: ["no dialog"] }, passed));
		expect(details(late.outcome)).toEqual(["first try: no dialog"]);
	});

	it("counts as failed what failed twice", () => {
		const missed: Outcome = { kind: "scored", score: FULL, missed: ["recall"] };
		const again = cell(playedAgain({ kind: "broken", problems: ["no dialog"] }, missed));
		expect(cellRow(again)).toMatch(/MISS recall$/);
		expect(tally([again])).toMatchObject({ passed: 0, failed: 1, secondTry: 0 });
	});

	it("says why a cell failed", () => {
		const missed: Outcome = {
			kind: "scored",
			score: { ...FULL, misses: ["prompt missing: x"] },
			missed: ["prompts"],
		};
		expect(cellRow(cell(missed))).toMatch(/MISS prompts$/);
		expect(details(missed)).toEqual(["prompt missing: x"]);
		expect(details({ kind: "broken", problems: ["no dialog"] })).toEqual(["no dialog"]);
	});
});

describe("the bar", () => {
	it("is reached by a full score, also where there was nothing to find", () => {
		expect(missedBars(FULL)).toEqual([]);
	});

	it.each<[string, Partial<Score>]>([
		["prompts", { prompts: { found: 1, of: 2 } }],
		["spurious", { spurious: 1 }],
		["recall", { recall: 0.989 }],
		["precision", { precision: 0.989 }],
		["tools", { tools: { found: 97, of: 100 } }],
		["permissions", { permissions: { found: 0, of: 1 } }],
		["interrupts", { interrupts: { found: 0, of: 1 } }],
	])("is missed by %s alone", (name, change) => {
		expect(missedBars({ ...FULL, ...change })).toEqual([name]);
	});
});
