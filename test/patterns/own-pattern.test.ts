import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLinearMatcher } from "../../src/masking/linear-matcher.ts";
import { readOwnPattern } from "../../src/patterns/own-pattern.ts";
import { shapeOf } from "../../src/patterns/pattern-shape.ts";

/** Patterns of the plain subset, put together from parts. */
const piece: fc.Arbitrary<string> = fc.letrec<{ node: string; atom: string }>((tie) => ({
	atom: fc.oneof(
		{
			weight: 5,
			arbitrary: fc.constantFrom("a", "b", "abc", "-", "\\d", "\\.", "[a-c]", "[^x]", ".", "^", "$", "\\b"),
		},
		{ weight: 1, arbitrary: tie("node").map((inner) => `(?:${inner})`) },
		{ weight: 1, arbitrary: fc.tuple(tie("node"), tie("node")).map(([a, b]) => `(${a}|${b})`) },
	),
	node: fc
		.array(fc.tuple(tie("atom"), fc.constantFrom("", "", "", "?", "*", "+", "{2}", "{1,3}", "+?")), {
			minLength: 1,
			maxLength: 4,
		})
		.map((parts) =>
			parts.map(([atom, times]) => (/^[\^$]$|^\\b$/.test(atom) ? atom : atom + times)).join(""),
		),
})).node;
const text = fc.string({ unit: fc.constantFrom("a", "b", "c", "A", "-", "1", ".", "x", " "), maxLength: 20 });

describe("a look at a user's pattern", () => {
	it("says of no match that it lacks every word", () => {
		fc.assert(
			fc.property(piece, text, (pattern, subject) => {
				const { words } = shapeOf(pattern) ?? {};
				const match = createLinearMatcher(pattern, "i").find(subject, 0);
				if (words === undefined || match === undefined) return;
				const shown = subject.slice(match.start, match.end).toLowerCase();
				expect(words.some((word) => shown.includes(word))).toBe(true);
			}),
			{ numRuns: 600 },
		);
	});

	it("never takes a pattern that matches nothing for one that matches something", () => {
		fc.assert(
			fc.property(piece, (pattern) => {
				const own = readOwnPattern(pattern, "", createLinearMatcher);
				if (createLinearMatcher(pattern, "").find("", 0) !== undefined) expect(own.matchesEmpty).toBe(true);
			}),
			{ numRuns: 300 },
		);
	});

	it("agrees with the engine on what a pattern matches", () => {
		fc.assert(
			fc.property(piece, text, (pattern, subject) => {
				const own = readOwnPattern(pattern, "", createLinearMatcher);
				expect(own.matches(subject)).toBe(createLinearMatcher(pattern, "").find(subject, 0) !== undefined);
			}),
			{ numRuns: 300 },
		);
	});

	it("finds the longest word that every match has", () => {
		expect(shapeOf("\\bACME-[0-9]{6}")?.words).toEqual(["acme-"]);
		expect(shapeOf("id:? *[0-9]+@(?:corp|example)\\.com")?.words).toEqual(["corp", "example"]);
		expect(shapeOf("[a-z]+|zeus")?.words).toBeUndefined();
		expect(shapeOf("(?:zeus)?x")?.words).toBeUndefined();
	});

	it("leaves what engines read differently to the engine", () => {
		for (const pattern of [
			"(?=a)b",
			"(a)\\1",
			"\\p{L}",
			"[[:alpha:]]",
			"a**",
			"(?i)a",
			"a{2,1}",
			"[]a]",
			"a{1001}",
		]) {
			expect(shapeOf(pattern), pattern).toBeUndefined();
		}
	});

	it("compiles nothing before a text calls for it", () => {
		let compiled = 0;
		const compile = (pattern: string, flags: string) => {
			compiled += 1;
			return createLinearMatcher(pattern, flags);
		};
		const own = readOwnPattern("corp-[0-9]{4}", "", compile);
		expect(own.matches("corp-1234")).toBe(true);
		expect(compiled).toBe(0);
		expect(own.matcher.find("a corp-1234", 0)).toMatchObject({ start: 2, end: 11 });
		expect(compiled).toBe(1);
	});
});
