// Inner lists are drawn with letters and Roman numerals, and were written with digits.
import { describe, expect, it } from "vitest";
import { restoreListNumbers } from "../../src/turns/list-numbers.ts";

describe("the numbers of inner lists", () => {
	it("are digits again, two levels deep, each list counted by itself", () => {
		const drawn = [
			"- Summer",
			"  a. harvest",
			"     i. beans",
			"     ii. peas",
			"  b. cook",
			"- Winter",
			"  a. rest",
		];
		const written = [
			"- Summer",
			"  1. harvest",
			"     1. beans",
			"     2. peas",
			"  2. cook",
			"- Winter",
			"  1. rest",
		];
		expect(restoreListNumbers(drawn.join("\n"))).toBe(written.join("\n"));
	});

	it("go on after an item of several rows", () => {
		expect(restoreListNumbers("1. First\n   a. one\n      and more\n\n   b. two")).toBe(
			"1. First\n   1. one\n      and more\n\n   2. two",
		);
	});

	it("go on where the first item stands further right than the others", () => {
		expect(restoreListNumbers("- x\n  a. seeds\n      i. runner\n    ii. broad\n  b. peas")).toBe(
			"- x\n  1. seeds\n      1. runner\n    2. broad\n  2. peas",
		);
	});

	it("stay letters where no list is around them, or where they are no count", () => {
		for (const text of [
			"a. one\nb. two",
			"Text\n  a. one",
			"- item\n  c. three",
			"- item\n  e.g. this",
			"- x\n  ok. Then",
		])
			expect(restoreListNumbers(text)).toBe(text);
	});
});
