import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entry } from "../../src/turns/entry.ts";
import { flatten, joinWords } from "../../src/turns/flat-text.ts";
import { wordsOf } from "../../src/turns/words.ts";
import { holds } from "../support/laws.ts";

const text = fc.string({ unit: fc.constantFrom(..."ab é\u00a0\u3000\n\u2028花🌻."), maxLength: 40 });

function entry(said: string, results: readonly string[] = []): Entry {
	return {
		kind: "assistant",
		pattern: "bullet",
		text: said,
		results: results.map((each) => ({ text: each })),
	};
}

describe("the words of a text", () => {
	it("are what stands between blanks, of whatever kind, with the places where they begin", () => {
		holds(
			fc.property(text, (said) => {
				const expected = [...said.matchAll(/\S+/gu)];
				const { keys, froms } = wordsOf(said);
				expect(froms).toEqual(expected.map((match) => match.index));
				expect(keys).toEqual(expected.map(([word]) => wordsOf(word).keys[0]));
			}),
			{ runs: 300 },
		);
	});

	it("are the same numbers exactly if they are the same words", () => {
		const words = fc.uniqueArray(
			fc.string({ unit: fc.constantFrom(..."abcd花"), minLength: 1, maxLength: 6 }),
		);
		holds(
			fc.property(words, (all) => {
				expect(new Set(wordsOf(all.join(" ")).keys).size).toBe(all.length);
			}),
			{ runs: 300 },
		);
	});
});

describe("joined text", () => {
	it("has the words that it would be split into", () => {
		holds(
			fc.property(text, text, fc.nat(40), fc.nat(40), (above, below, end, start) => {
				const [upper, lower] = [wordsOf(above).froms, wordsOf(below).froms];
				const [cut, continued] = [upper[end % upper.length], lower[start % lower.length]];
				fc.pre(cut !== undefined && continued !== undefined);
				const joined = entry(above.slice(0, cut) + below.slice(continued), ["more of it"]);
				const first = entry(above);
				const second = entry(below, ["more of it"]);
				const at = (from: number) => ({ entry: 0, part: 0, from });
				joinWords(joined, first, second, at(cut), at(continued));
				const fresh = flatten([entry(joined.text, ["more of it"])], 1000);
				const known = flatten([joined], 1000);
				expect(known.words.subarray(0, known.length)).toEqual(fresh.words.subarray(0, fresh.length));
				for (let index = 0; index < known.length; index++)
					expect(known.spot(index)).toEqual(fresh.spot(index));
			}),
			{ runs: 300 },
		);
	});
});
