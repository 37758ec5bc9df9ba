/** Values out of the environment, of which only the beginning is shown. */
import { describe, expect, test } from "vitest";
import { createKnownValueFinder } from "../../src/masking/known-values.ts";
import { Reading } from "../../src/masking/reading.ts";

function found(value: string, text: string): string[] {
	const find = createKnownValueFinder([{ name: "SOME_SECRET", value }]);
	return find(new Reading(text)).map(({ start, end }) => text.slice(start, end));
}

const RANDOM = "Zk4v9Tq7Wm2Xr8Lp";
const WORDS = "correct horse battery staple";

describe("the beginning of a known value", () => {
	test.each([
		[RANDOM, `key=${RANDOM.slice(0, 8)}|old text`, [RANDOM.slice(0, 8)]],
		[RANDOM, `${RANDOM.slice(0, 11)} and ${RANDOM}`, [RANDOM.slice(0, 11), RANDOM]],
		[WORDS, "correct h|old text", ["correct h"]],
		[WORDS, "it says correct horse bat", ["correct horse bat"]],
		["postgres123", "postgres1", ["postgres1"]],
	])("of %j in %j is %j", (value, text, expected) => {
		expect(found(value, text)).toEqual(expected);
	});

	test.each([
		["postgres123", "the postgres service"],
		[WORDS, "that is correct and good"],
		["production-eu-west-secret", "in production today"],
		[RANDOM, RANDOM.slice(0, 7)],
		[`Zk4v9Tq7${"x1".repeat(40)}`, "Zk4v9Tq7"],
	])("of %j is nothing in %j", (value, text) => {
		expect(found(value, text)).toEqual([]);
	});
});
