// Tables that found no room in the window, drawn row by row, are Markdown again.
import { describe, expect, it } from "vitest";
import { restoreRecords } from "../../src/turns/record-tables.ts";

const read = (...lines: string[]) => restoreRecords(lines.join("\n")).split("\n");
const RULE = "─".repeat(40);

describe("a table that is drawn row by row", () => {
	it("is Markdown, apart from what stands around it", () => {
		const first = ["Nr.: 1", "Plant: beans: the green ones", "Note:"];
		const second = ["Nr.: 2", "Plant: leeks", "Note: a|b"];
		const third = ["Nr.: 3", "Plant: peas", "Note: late"];
		expect(read("The table:", ...first, RULE, ...second, RULE, ...third, "Done.")).toEqual([
			"The table:",
			"",
			"| Nr. | Plant | Note |",
			"| --- | --- | --- |",
			"| 1 | beans: the green ones |  |",
			"| 2 | leeks | a\\|b |",
			"| 3 | peas | late |",
			"",
			"Done.",
		]);
	});

	it("ends where other names begin", () => {
		const lines = ["Bed: 1", "Plant: beans", RULE, "Bed: 2", "Plant: leeks", "Now: that"];
		expect(read(...lines).slice(-2)).toEqual(["", "Now: that"]);
	});
});

describe("a rule below a table", () => {
	it("takes none of its rows, though what follows has the name of one of its columns", () => {
		const table = ["Bed: 1", "Plant: beans", RULE, "Bed: 2", "Plant: leeks"];
		const said = read(...table, RULE, "Plant: a name alone");
		expect(said).toEqual([
			"| Bed | Plant |",
			"| --- | --- |",
			"| 1 | beans |",
			"| 2 | leeks |",
			"",
			RULE,
			"Plant: a name alone",
		]);
	});
});

describe("a rule that stands in a text", () => {
	it("stays where what is above it and below are no rows of the same table", () => {
		for (const lines of [
			["Above: it", RULE, "Below: it"],
			["text", RULE, "text"],
			[RULE, "Bed: 1"],
			["Bed: 1", RULE],
			["Bed: 1", "", RULE, "Bed: 2"],
		])
			expect(read(...lines)).toEqual(lines);
	});
});
