import fc from "fast-check";
import { expect, test } from "vitest";
import { formatClock, parseClock } from "../../src/cli/text/clock.ts";

test.each([
	["0", 0],
	["8.5", 8500],
	["8.427", 8427],
	["90", 90_000],
	["2:03", 123_000],
	["1:02:03.04", 3_723_040],
])("%s is a place in a recording", (text, ms) => expect(parseClock(text)).toBe(ms));

test.each(["", "soon", "-1", "1:2:3:4", "1.2345", "1:", ":2", "1e3"])("%j is none", (text) =>
	expect(parseClock(text)).toBeUndefined(),
);

test("what is written is read as the same", () => {
	fc.assert(fc.property(fc.nat(999 * 3_600_000), (ms) => parseClock(formatClock(ms)) === ms));
});
