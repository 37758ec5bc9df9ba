import { describe, expect, it } from "vitest";
import { lookOf } from "../live/look.ts";
import { readOptions, UsageError } from "../live/options.ts";
import { SCENARIOS } from "../live/scenarios/index.ts";
import { shownTools } from "../live/shown.ts";
import { truthTurns } from "../live/truth.ts";
import { assistantLine, toolUse, transcript, userLine } from "./transcript-lines.ts";

const TRUTH = truthTurns(
	transcript(
		userLine("Read plan.md"),
		assistantLine([
			toolUse("a", "Read", { file_path: "/home/plan.md" }),
			toolUse("b", "Bash", { command: "sort beds.txt | uniq --count" }),
			toolUse("c", "TodoWrite", { todos: [] }),
		]),
	),
);

function shownNames(...rows: readonly string[]): string[] {
	return [...shownTools(TRUTH, rows)].map((item) => (item.kind === "tool" ? item.name : ""));
}

describe("tools that could be seen", () => {
	it("stand in a call's brackets, under its branch, or in a dialog, also when the row wraps", () => {
		expect(shownNames("● Read(plan.md)")).toEqual(["Read"]);
		expect(shownNames("  ⎿  $ sort beds.txt | uniq --count")).toEqual(["Bash"]);
		expect(shownNames("│   sort beds.txt | uniq --count   │")).toEqual(["Bash"]);
		expect(shownNames("● Bash(sort beds.txt |", "      uniq --count)")).toEqual(["Bash"]);
	});

	it("are not those of a folded group or of the person's own words", () => {
		expect(
			shownNames("❯ Read plan.md", "  Read 1 file (ctrl+o to expand)", "The file plan.md is fine."),
		).toEqual([]);
	});
});

describe("the live test's arguments", () => {
	it("choose looks and scenarios by name", () => {
		const options = readOptions(["--versions", "2.1.197,newest", "--scenarios", "pastes,clear"], SCENARIOS);
		expect(options).toMatchObject({ looks: ["2.1.197", "newest"], wrap: true, transcripts: false });
		expect(options === "help" ? [] : options.scenarios.map((scenario) => scenario.name)).toEqual([
			"pastes",
			"clear",
		]);
	});

	it("play every scenario on a version of each generation when nothing is said", () => {
		const options = readOptions([], SCENARIOS);
		expect(options).toMatchObject({ scenarios: SCENARIOS, jobs: 2 });
		expect(options === "help" ? [] : options.looks).toEqual(
			expect.arrayContaining(["1.0.128", "2.0.76", "2.1.100", "2.1.197", "newest", "newest-classic"]),
		);
	});

	it("play one at a time in a named sandbox", () => {
		expect(readOptions(["--sandbox", "/home/sam"], SCENARIOS)).toMatchObject({ jobs: 1 });
		expect(() => readOptions(["--sandbox", "/home/sam", "--jobs", "2"], SCENARIOS)).toThrow(UsageError);
		expect(() => readOptions(["--jobs", "many"], SCENARIOS)).toThrow(UsageError);
	});

	it("refuse a scenario that does not exist", () => {
		expect(() => readOptions(["--scenarios", "nothing"], SCENARIOS)).toThrow(UsageError);
		expect(() => readOptions(["--nonsense"], SCENARIOS)).toThrow(UsageError);
	});

	it("know which renderer a version has of itself", () => {
		expect(lookOf("2.1.330")).toMatchObject({ renderer: "fullscreen", env: {} });
		expect(lookOf("2.1.330-classic")).toMatchObject({ renderer: "classic", version: "2.1.330" });
		expect(lookOf("2.0.76").renderer).toBe("classic");
	});

	it("name every scenario once", () => {
		expect(new Set(SCENARIOS.map((scenario) => scenario.name)).size).toBe(SCENARIOS.length);
	});
});
