// Genuine sessions of genuine versions, read again from their bytes.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { missedBars } from "../live/bar.ts";
import { readTruth } from "../live/evidence.ts";
import { exportSchema } from "../live/exported.ts";
import { score } from "../live/score.ts";
import {
	expectedTurns,
	FIXTURES,
	fixtureMeta,
	listFixtures,
	plainTurns,
	readTurns,
	testLook,
} from "../support/fixtures.ts";

const look = testLook();
const fixtures = listFixtures();
/** The last version whose own choice was the classic renderer, and the newest. */
const MAIN_LOOKS = ["2.1.197", "2.1.330"];
const SCENARIOS_OF_A_MAIN_LOOK = 14;
const OTHER_LOOKS = ["1.0.128", "2.0.76", "2.1.100", "2.1.330-classic"];
/** A clone stays small. */
const MAX_BYTES = 8 * 1024 * 1024;

describe.each(fixtures)("$look $name", (fixture) => {
	it("reads as the turns that stand beside it", () => {
		expect(plainTurns(readTurns(fixture, look))).toEqual(expectedTurns(fixture));
	});

	it("expects turns that agree with what Claude Code itself wrote down, but for what is said in meta.json", () => {
		const { turns: truth, rowsSeen } = readTruth(fixture.folder);
		const meta = fixtureMeta(fixture);
		const session = { id: fixture.name, agent: "claude-code", status: "complete" };
		const exported = exportSchema.parse({ version: 1, session, turns: expectedTurns(fixture) });
		const scored = score({ ...meta, truth, exported, rowsSeen });
		const excused = meta.imperfections.flatMap(({ misses }) => misses ?? []);
		expect(missedBars(scored), scored.misses.join("\n")).toEqual(excused);
	});
});

it("there are fourteen scenarios or more of each main version, and a handful of every other look", () => {
	const countOf = (name: string) => fixtures.filter((fixture) => fixture.look === name).length;
	expect(MAIN_LOOKS.map(countOf).filter((count) => count < SCENARIOS_OF_A_MAIN_LOOK)).toEqual([]);
	expect(OTHER_LOOKS.map(countOf).filter((count) => count < 5)).toEqual([]);
});

it("all fixtures together take less than eight megabytes", () => {
	const bytes = readdirSync(FIXTURES, { recursive: true, encoding: "utf8" })
		.map((path) => statSync(join(FIXTURES, path)))
		.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
	expect(bytes).toBeLessThan(MAX_BYTES);
});
