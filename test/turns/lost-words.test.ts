// A program that is busy with its window may paint the end of an answer over its middle.
import { describe, expect, it } from "vitest";
import type { Entry } from "../../src/turns/entry.ts";
import { stitch } from "../../src/turns/stitch.ts";

const ROWS = Array.from({ length: 12 }, (_, n) => `row ${n} tells of bed ${n * 7} and of cask ${n * 13}.`);
const answer = (rows: readonly string[]): Entry => ({
	kind: "assistant",
	pattern: "bullet",
	text: rows.join("\n"),
	results: [],
});

/** All of the turn shown again, as these rows. */
function reprinted(known: readonly Entry[], rows: readonly string[], isOver = true) {
	return stitch(known, { entries: [answer(rows)], isHeadShown: true, isTailShown: true, isOver }).entries;
}

describe("an answer that has ended, shown again", () => {
	it("keeps the words that were painted over, where they stood", () => {
		const known = [answer(ROWS)];
		const painted = [...ROWS.slice(0, 4), ...ROWS.slice(8, 10), "of cask 65. as it was", ...ROWS.slice(10)];
		const [kept] = reprinted(known, painted);
		expect(kept?.text).toBe([...ROWS.slice(0, 10), "of cask 65. as it was", ...ROWS.slice(10)].join("\n"));
		expect(reprinted(kept === undefined ? [] : [kept], painted)[0]).toBe(kept);
	});

	it("is the same entry where nothing but the painted-over words was missing", () => {
		const known = [answer(ROWS)];
		expect(reprinted(known, [...ROWS.slice(0, 3), ...ROWS.slice(5)])[0]).toBe(known[0]);
	});

	it("loses what stood there twice by mistake", () => {
		const known = [answer([...ROWS.slice(0, 6), ...ROWS.slice(2, 5), ...ROWS.slice(6)])];
		expect(reprinted(known, ROWS).map(({ text }) => text)).toEqual([ROWS.join("\n")]);
	});

	it("is what the screen shows while it may still change", () => {
		const shown = [...ROWS.slice(0, 3), ...ROWS.slice(5)];
		expect(reprinted([answer(ROWS)], shown, false).map(({ text }) => text)).toEqual([shown.join("\n")]);
	});
});
