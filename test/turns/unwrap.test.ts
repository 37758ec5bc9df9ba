import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PaintedRow } from "../../src/core/painted-row.ts";
import { joinWrapped } from "../../src/turns/rows.ts";
import { columnsOf, unwrapRows, wordsOfRows } from "../../src/turns/unwrap.ts";
import { keyAt, wordsOf } from "../../src/turns/words.ts";
import { holds } from "../support/laws.ts";

/** Rows as Claude Code draws them: the widths are those of the text. */
function unwrap(rows: readonly string[], cols: number, indent = 2): string {
	return unwrapRows(
		rows.map((text) => ({ text, width: columnsOf(text) })),
		{ cols, indent },
	);
}

describe("rows back into the lines somebody wrote", () => {
	it("joins with one space where the next word had no room", () => {
		expect(unwrap(["  the quick brown fox", "  jumps over the dog"], 24)).toBe(
			"the quick brown fox jumps over the dog",
		);
	});

	it("keeps a line break where the next word would have fitted", () => {
		expect(unwrap(["  short", "  line"], 24)).toBe("short\nline");
	});

	it("puts the halves of a word together that is longer than a row", () => {
		expect(unwrap(["  https://example.org/a/v", "  ery/long/address"], 25)).toBe(
			"https://example.org/a/very/long/address",
		);
	});

	it("does so, too, where a version leaves five columns free", () => {
		expect(unwrap(["  https://example.org/a/v", "  ery/long/address"], 30)).toBe(
			"https://example.org/a/very/long/address",
		);
	});

	it("sets a blank before an address, however long it is", () => {
		expect(unwrap(["  It stands there, in a", "  https://example.org/a/v", "  ery/long/address"], 25)).toBe(
			"It stands there, in a https://example.org/a/very/long/address",
		);
	});

	it("joins nothing to the right edge of a table, however near to the window's it stands", () => {
		expect(unwrap(["  └────────┴──────────┘", "  What came after it"], 24)).toBe(
			"└────────┴──────────┘\nWhat came after it",
		);
	});

	it("takes what is drawn as one character for one", () => {
		expect(["🏳️‍🌈", "👩‍🌾", "❤️", "1️⃣", "e\u0301", "👍🏽", "豆"].map(columnsOf)).toEqual([2, 2, 2, 2, 1, 2, 2]);
	});

	it("joins ideographs without a space", () => {
		expect(unwrap(["  花園花園花園花園花園花", "  園は広い"], 25)).toBe("花園花園花園花園花園花園は広い");
	});

	it("keeps blank rows and the indentation inside a block", () => {
		expect(unwrap(["  if x:", "      y()", "", "  done"], 60)).toBe("if x:\n    y()\n\ndone");
	});

	it("takes the widest row for the width when the screen has shrunk since", () => {
		const rows = ["  a row that was drawn on a wide", "  screen"];
		expect(unwrap(rows, 20)).toBe("a row that was drawn on a wide screen");
	});

	it("gives words that were wrapped back as they were, whatever they are", () => {
		// Two words that together are longer than a row look like one that was cut: here none are.
		const word = fc.string({ unit: fc.constantFrom(..."abcxyz.,-"), minLength: 1, maxLength: 10 });
		holds(
			fc.property(
				fc.array(word, { minLength: 1, maxLength: 40 }),
				fc.integer({ min: 30, max: 90 }),
				(words, cols) => {
					expect(unwrap(wrap(words, cols), cols)).toBe(words.join(" "));
				},
			),
			{ runs: 100 },
		);
	});
});

describe("the words of rows", () => {
	it("are those of the text that the rows become, also where a word was cut in two", () => {
		const text = fc.string({ unit: fc.constantFrom(..."ab .花園─│\u00a0"), maxLength: 14 });
		const rows = fc.array(text, { maxLength: 12 });
		const column = fc.integer({ min: 0, max: 5 });
		holds(
			fc.property(rows, fc.integer({ min: 5, max: 16 }), column, (texts, cols, indent) => {
				const painted = texts.map((each) => {
					const width = columnsOf(each);
					return new PaintedRow({ text: each, width, isWrapped: false });
				});
				for (const shown of [painted, painted.slice(1), painted]) {
					const unwrapped = unwrapRows(shown, { cols, indent });
					expect(wordsOfRows(unwrapped, shown, { cols, indent })).toEqual(wordsOf(unwrapped));
				}
			}),
			{ runs: 300 },
		);
	});

	it("are known by their letters alone, wherever they stand", () => {
		holds(
			fc.property(fc.array(fc.string({ unit: "binary", maxLength: 9 })), (words) => {
				const text = words.join(" ");
				const { keys, froms } = wordsOf(text);
				expect(froms.map((from) => keyAt(text, from))).toEqual(keys);
				expect(froms.map((from) => text.slice(from).split(/\s/u, 1)[0])).toEqual(
					text.match(/\S+/gu)?.filter((each) => /[^\u2500-\u257f]/u.test(each)) ?? [],
				);
			}),
			{ runs: 100 },
		);
	});
});

/** Greedy, as Claude Code does it: two columns before, two left free behind. */
function wrap(words: readonly string[], cols: number): string[] {
	const rows: string[] = [];
	for (const word of words) {
		const last = rows.at(-1);
		if (last !== undefined && last.length + 1 + word.length <= cols - 2)
			rows[rows.length - 1] = `${last} ${word}`;
		else rows.push(`  ${word}`);
	}
	return rows;
}

describe("rows that the terminal wrapped itself", () => {
	const row = (text: string, isWrapped = false) => ({ text, width: columnsOf(text), isWrapped });

	it("become one row, with the blank that stood in the last column", () => {
		expect(joinWrapped([row("as long as"), row("it is", true)], 11)[0]?.text).toBe("as long as it is");
	});

	it("become one word where the row was full", () => {
		expect(joinWrapped([row("wooden labe"), row("l", true)], 11)[0]?.text).toBe("wooden label");
	});

	it("gain no blank before a wide character that did not fit", () => {
		expect(joinWrapped([row("花花花花花"), row("園", true)], 11)[0]?.text).toBe("花花花花花園");
	});

	it("are left alone when nothing is wrapped", () => {
		const rows = [row("one"), row("two")];
		expect(joinWrapped(rows, 11)).toBe(rows);
	});
});
