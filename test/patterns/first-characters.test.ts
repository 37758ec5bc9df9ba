import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LOOK_KINDS, matchRow } from "../../src/core/look.ts";
import { firstCharacters } from "../../src/patterns/first-characters.ts";
import { testLook } from "../support/fixtures.ts";
import { holds } from "../support/laws.ts";

const look = testLook();
const patterns = LOOK_KINDS.flatMap((kind) => look.patterns[kind]);

describe("what a match can begin with", () => {
	it.each([
		["^[❯>] (?<text>.*)$", "❯>"],
		["^ ?╭─{2,}.*╮$", " ╭"],
		["^ {2}⎿(?:x)?$", " "],
		["^(?:[●⏺] |  )(?<text>x)", "●⏺ "],
		["^(?<sign>[!#&])(?:[ ](?<text>.*))?$", "!#&"],
		["^a|^b+", "ab"],
		["^x*y", "xy"],
		["^\\.{2}", "."],
		["^[\\]a]", "]a"],
	])("is known of %s", (source, firsts) => {
		expect([...(firstCharacters(source) ?? "")].sort()).toEqual([...firsts].sort());
	});

	it.each(["a", "^", "^.", "^(?!a)b", "^[^a]", "^[a-z]", "^x?", "^(?:a|)b", "^a|b", "^\\p{L}", "^x{0,2}"])(
		"is not known of %s",
		(source) => {
			expect(firstCharacters(source)).toBeUndefined();
		},
	);

	it("leaves out nothing that a pattern fits", () => {
		const units = [...new Set(patterns.flatMap(({ firsts = "" }) => [...firsts]))];
		const begin = fc.constantFrom(...units, ..."aZ1 ─│╭⎿●…(", "  ", "     ");
		const middle = fc.constantFrom(
			"Claude Code v1.2.3",
			"Bash(ls)",
			"1. Yes",
			"Running 2 files…",
			"────────",
			"│",
			" ↓",
		);
		const text = fc.tuple(fc.array(begin, { maxLength: 4 }), fc.oneof(middle, fc.string({ maxLength: 8 })));
		holds(
			fc.property(text, ([signs, rest]) => {
				const row = { text: signs.join("") + rest, width: 1, isWrapped: false };
				for (const kind of LOOK_KINDS) {
					const bare = look.patterns[kind].filter(({ fill, lead, next }) => !fill && !lead && !next);
					const fits = bare.some(({ regex }) => regex.test(row.text));
					if (fits) expect(matchRow(look, kind, row)).toBeDefined();
				}
				for (const { regex, firsts, contains = "" } of patterns) {
					if (!regex.test(row.text)) continue;
					expect(firsts ?? row.text.charAt(0)).toContain(row.text.charAt(0));
					expect(row.text).toContain(contains);
				}
			}),
			{ runs: 400 },
		);
	});
});
