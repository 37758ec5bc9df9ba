import fc from "fast-check";
import { expect, test } from "vitest";
import { isSamePrompt, lettersOf, mayEnd } from "../../src/turns/words.ts";
import { holds } from "../support/laws.ts";

const text = fc.string({ unit: fc.constantFrom(..."abA1é\u0301 \n`~_.花-", "```", "~~~"), maxLength: 7 });

test("prompts are the same exactly if their letters are, whatever is found out from the last of them", () => {
	holds(
		fc.property(text, text, (a, b) => {
			const [left, right] = [lettersOf(a), lettersOf(b)];
			const isSame = left === right && (left !== "" || a.replace(/\s+/gu, "") === b.replace(/\s+/gu, ""));
			expect(isSamePrompt(a, b)).toBe(isSame);
			if (left.endsWith(right)) expect(mayEnd(left, b)).toBe(true);
		}),
		{ runs: 2000 },
	);
});
