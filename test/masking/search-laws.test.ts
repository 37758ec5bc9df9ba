import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Range } from "../../src/masking/finding.ts";
import { keywordIndex } from "../../src/masking/keyword-index.ts";
import { Reading } from "../../src/masking/reading.ts";
import { meanSurprise, meanSurpriseOf } from "../../src/masking/surprise.ts";
import { characterSet, runsOf } from "../../src/masking/token-runs.ts";
import { visibleView } from "../../src/masking/views/visible.ts";
import type { SecretRule } from "../../src/patterns/secret-rule.ts";

/** The index looks at the words alone. */
const rule = (keywords: readonly string[]): SecretRule => ({
	id: "garden-word",
	description: "a word of the garden",
	level: "LOW",
	keywords,
	matcher: { find: () => undefined },
	source: "",
	before: 0,
	after: 0,
	origin: "builtin",
});

describe("the keyword index", () => {
	const letters = fc.constantFrom("a", "b", "A", "B", ":", "é", "\u0161"); // the last one ends as "a" does
	const keyword = fc.string({ unit: fc.constantFrom("a", "b", "B", ":"), minLength: 1, maxLength: 7 });

	it("finds every keyword wherever it stands, and no other", () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(keyword, { minLength: 1, maxLength: 6 }),
				fc.string({ unit: letters, maxLength: 40 }),
				(keywords, text) => {
					const found: string[] = [];
					keywordIndex([rule(keywords)]).scan(new Reading(text), ({ text: small, exact }, start) => {
						found.push(`${exact ?? small} ${start}`);
					});
					const expected = keywords.flatMap((word) => occurrences(text, word));
					expect(found.sort()).toEqual(expected.sort());
				},
			),
			{ numRuns: 500 },
		);
	});

	/** One with a capital counts as it is written, the others in any case. */
	function occurrences(text: string, word: string): string[] {
		const isExact = word !== word.toLowerCase();
		const subject = isExact ? text : text.replace(/[A-Z]/g, (capital) => capital.toLowerCase());
		return Array.from({ length: text.length }, (_, start) => start)
			.filter((start) => subject.startsWith(word, start))
			.map((start) => `${word} ${start}`);
	}
});

describe("runs of a set of characters", () => {
	it("are the same that a regex finds", () => {
		const set = characterSet(/[a-z]/);
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom("a", "z", "-", "é"), maxLength: 60 }),
				fc.integer({ min: 1, max: 9 }),
				(text, shortest) => {
					const expected = Array.from(text.matchAll(new RegExp(`[a-z]{${shortest},}`, "g")), (run) => ({
						start: run.index,
						end: run.index + run[0].length,
					}));
					expect(runsOf(new Reading(text), set, shortest)).toEqual(expected);
				},
			),
		);
	});
});

describe("what is seen of a coloured text", () => {
	const shown = fc.constantFrom("a", "b", "[", "m", "\n", "é", "世");
	const hidden = fc.constantFrom(
		"\u001b[31m",
		"\u001b[0;1m",
		"\u001b[m",
		"\u001b7",
		"\u001b",
		"\u200b",
		"\u0007",
	);

	it("lies in the original where its view says", () => {
		fc.assert(
			fc.property(
				fc.array(fc.oneof(shown, shown, hidden), { maxLength: 40 }),
				fc.nat(),
				fc.nat(),
				(parts, a, b) => {
					const text = parts.join("");
					const view = visibleView(new Reading(text));
					if (view.text === "") return;
					const start = a % view.text.length;
					const range: Range = { start, end: start + 1 + (b % (view.text.length - start)) };
					const pieces = view.locate(range).map((piece) => text.slice(piece.start, piece.end));
					expect(visibleView(new Reading(pieces.join(""))).text).toBe(
						view.text.slice(range.start, range.end),
					);
				},
			),
			{ numRuns: 500 },
		);
	});
});

describe("surprise", () => {
	it("of stretches is that of the text they make", () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), fc.string(), (left, between, right) => {
				const text = left + between + right;
				const stretches = [
					{ start: 0, end: left.length },
					{ start: left.length + between.length, end: text.length },
				];
				expect(meanSurpriseOf(text, stretches)).toBeCloseTo(meanSurprise(left + right), 9);
			}),
		);
	});
});
