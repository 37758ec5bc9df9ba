import { describe, expect, it } from "vitest";
import { editDistance, nearest } from "../../src/core/nearest.ts";

describe("the nearest word", () => {
	it.each([
		["sesions", "sessions"],
		["serach", "search"],
		["exprot", "export"],
	])("of %s is %s", (word, expected) => {
		expect(nearest(word, ["sessions", "search", "export", "demo"])).toBe(expected);
	});

	it("is nothing when no candidate is near", () => {
		expect(nearest("make", ["sessions", "search"])).toBeUndefined();
		expect(nearest("make", [])).toBeUndefined();
	});

	it("counts a swap of neighbours as one step", () => {
		expect(editDistance("serach", "search")).toBe(1);
		expect(editDistance("", "abc")).toBe(3);
	});
});
