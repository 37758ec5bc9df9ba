import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commonInOrder, squeezed, wordsAndPicturesOf, wordsOf } from "../live/words.ts";

const words = fc.array(fc.constantFrom("bean", "pea", "leek", "kale"), { maxLength: 30 });

describe("words", () => {
	it("are the same in Markdown and in its rendering", () => {
		const written =
			"# Plan\n\n| Bed | Plant |\n|---|---|\n| 1 | **beans** |\n\n> said `x`\n\n```js\nconst a = 1;\n```";
		const shown =
			"Plan\n\n┌───┬─────┐\n│ Bed │ Plant │\n├───┼─────┤\n│ 1 │ beans │\n└───┴─────┘\n\n▎ said x\n\n  const a = 1;";
		expect(wordsOf(shown)).toEqual(wordsOf(written));
	});

	it("are single signs in scripts without spaces, and pictures count where asked for", () => {
		expect(wordsOf("花园 garden 🐝")).toEqual(["花", "园", "garden"]);
		expect(wordsAndPicturesOf("花园 garden 🐝 ©")).toEqual(["花", "园", "garden", "🐝"]);
	});

	it("are compared in order: never more than the shorter side, all of it against itself", () => {
		fc.assert(
			fc.property(words, words, (left, right) => {
				const common = commonInOrder(left, right);
				expect(common).toBe(commonInOrder(right, left));
				expect(common).toBeLessThanOrEqual(Math.min(left.length, right.length));
				expect(commonInOrder(left, left)).toBe(left.length);
				expect(commonInOrder(left, [...right, ...left])).toBe(left.length);
			}),
		);
	});

	it("keep every sign but whitespace when a prompt is squeezed", () => {
		expect(squeezed(" a\u00a0\n b  **c** ")).toBe("a b **c**");
	});
});
