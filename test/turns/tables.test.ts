// Tables that Claude Code drew, their cells wrapped where the window is narrow, are Markdown again.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { restoreTables } from "../../src/turns/tables.ts";

const read = (...lines: string[]) => restoreTables(lines.join("\n")).split("\n");

describe("a table that Claude Code drew", () => {
	it("is Markdown, as far right as it stood", () => {
		const drawn = [
			"  ┌─────┬───────┐",
			"  │ Bed │ Plant │",
			"  ├─────┼───────┤",
			"  │ 1   │ a|b   │",
			"  └─────┴───────┘",
		];
		expect(read("- A list:", ...drawn)).toEqual([
			"- A list:",
			"  | Bed | Plant |",
			"  | --- | --- |",
			"  | 1 | a\\|b |",
		]);
	});
});

describe("what follows a table at once", () => {
	it("is no row of it", () => {
		const drawn = ["┌───┬───┐", "│ a │ b │", "├───┼───┤", "│ 1 │ 2 │", "└───┴───┘"];
		expect(read(...drawn, "The end.")).toEqual(["| a | b |", "| --- | --- |", "| 1 | 2 |", "", "The end."]);
		expect(read(...drawn, "", "The end.")).toEqual([
			"| a | b |",
			"| --- | --- |",
			"| 1 | 2 |",
			"",
			"The end.",
		]);
	});
});

describe("a table that is wider than the window", () => {
	it("has its words in the order of its cells", () => {
		expect(
			read(
				"A plan:",
				"┌─────────┬────────┬──────────────────┐",
				"│ pear ha │ garden │ neighbour's 庭の │",
				"│ lf-ripe │  over  │ 手入れは朝早くに │",
				"│         │   a    │    north-east    │",
				"├─────────┼────────┼──────────────────┤",
				"│         │ water  │                  │",
				"│ [sic]   │ whenev │ bed [sic]        │",
				"│         │ er     │                  │",
				"└─────────┴────────┴──────────────────┘",
				"The end.",
			),
		).toEqual([
			"A plan:",
			"| pear half-ripe | garden over a | neighbour's 庭の手入れは朝早くに north-east |",
			"| --- | --- | --- |",
			"| [sic] | water whenever | bed [sic] |",
			"",
			"The end.",
		]);
	});

	it("has a blank where a line is full and the blank had to go to the next one", () => {
		const table = ["┌─────────┬───┐", "│ head    │ b │", "├─────────┼───┤", "│ (maybe) │ 1 │"];
		const end = ["│  #7     │   │", "├─────────┼───┤", "│ last    │ 2 │", "└─────────┴───┘"];
		expect(read(...table, ...end)[2]).toBe("| (maybe) #7 | 1 |");
	});

	/** Words of Latin letters, wrapped as by a column's width: longer ones are cut, and blanks stay where they fall. */
	function wrap(words: readonly string[], width: number): string[] {
		const lines = [""];
		const add = (piece: string) => {
			if ((lines.at(-1) ?? "").length + piece.length > width) lines.push("");
			lines[lines.length - 1] += piece;
		};
		words.forEach((word, at) => {
			if (at > 0) add(" ");
			if (word.length <= width) add(word);
			else for (const letter of word) add(letter);
		});
		return lines;
	}

	it("reads back as it was written, whatever its cells say", () => {
		const word = fc.stringMatching(/^[a-z]{1,12}$/u);
		const cell = fc.array(word, { minLength: 1, maxLength: 6 });
		const rows = fc.array(fc.tuple(cell, cell), { minLength: 3, maxLength: 5 });
		fc.assert(
			fc.property(rows, fc.integer({ min: 6, max: 14 }), (written, width) => {
				const drawn = written.map((cells) => cells.map((words) => wrap(words, width)));
				const lines = drawn.map(([left = [], right = []]) =>
					Array.from({ length: Math.max(left.length, right.length) }, (_, at) => {
						const [a, b] = [left[at] ?? "", right[at] ?? ""].map((text) => text.padEnd(width));
						return `│ ${a} │ ${b} │`;
					}).join("\n"),
				);
				const rule = "─".repeat(width + 2);
				const table = [`┌${rule}┬${rule}┐`, lines.join(`\n├${rule}┼${rule}┤\n`), `└${rule}┴${rule}┘`];
				const [head = "", , ...body] = read(...table);
				const said = [head, ...body].map((line) =>
					line
						.slice(1, -1)
						.split("|")
						.map((each) => each.trim()),
				);
				expect(said).toEqual(written.map((cells) => cells.map((words) => words.join(" "))));
			}),
		);
	});
});

describe("what somebody drew", () => {
	const stays = (...lines: string[]) => expect(read(...lines)).toEqual(lines);

	it("stays as it is with one rule, below which each line is a row", () => {
		stays(
			"┌──────┬────┐",
			"│ bed  │ no │",
			"├──────┼────┤",
			"│ west │ 11 │",
			"│ east │ 12 │",
			"└──────┴────┘",
		);
	});

	it("stays as it is where a line had room for the next one's beginning", () => {
		const rule = "├───────────┼────┤";
		stays(
			"┌───────────┬────┐",
			"│ bed       │ no │",
			rule,
			"│ west      │ 1  │",
			"│ east      │ 2  │",
			rule,
			"│ all       │ 3  │",
			"└───────────┴────┘",
		);
	});

	it("stays as it is where it is no table, or has not come to its end", () => {
		stays("┌────┬────┐", "│ ab │ cd │", "│ ef │ gh │");
		stays("┌─────────┐", "│ one box │", "│ of text │", "└────┬────┘", "     │");
		stays("┌────┬────┐", "│ a│b │ cd │", "│ ef │ gh │", "├────┼────┤", "│ ef │ gh │", "└────┴────┘");
	});
});
