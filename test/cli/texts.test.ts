/** Cutting, wrapping and measuring texts; times as they are told. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printable, truncate, truncateStart, wrapText } from "../../src/cli/text/fit.ts";
import { formatDuration, localTime, parseSince } from "../../src/cli/text/times.ts";
import { displayWidth, graphemes, graphemeWidth, ONE_COLUMN_EACH } from "../../src/cli/text/width.ts";

describe("texts", () => {
	test.each([
		["abc", 3],
		["日本", 4],
		["é", 1],
		["👩‍👩‍👧", 2],
		["✻", 1],
		["한글", 4],
		["a\u200bb", 2],
	])("%j takes %i columns", (text, width) => {
		expect(displayWidth(text)).toBe(width);
	});

	test("what is measured without a table of characters is as wide as with it", () => {
		const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
		const plain = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code)).filter((one) =>
			ONE_COLUMN_EACH.test(one),
		);
		expect(plain.length).toBeGreaterThan(600);
		expect(plain.filter((one) => graphemeWidth(one) !== 1)).toEqual([]);
		// Nor does any of them join what stands before it or behind it.
		const beside = plain.map((one) => `a${one}${one}…${one}z`).join("");
		const found = beside.match(/.{1,500}/gsu)?.flatMap((piece) => Array.from(segmenter.segment(piece)));
		expect(found?.map(({ segment }) => segment)).toEqual(Array.from(beside));
		for (const text of ["e\u0301…", "…\ufe0f", "a\u00ad", "“👩‍👩‍👧”", "a\r\nb"])
			expect(ONE_COLUMN_EACH.test(text)).toBe(false);
	});

	test("cut and wrapped texts never exceed their width and wrapping loses no letter", () => {
		fc.assert(
			fc.property(
				fc.string({ unit: "grapheme", maxLength: 80 }),
				fc.integer({ min: 2, max: 30 }),
				(any, width) => {
					const text = printable(any);
					expect(displayWidth(truncate(text, width))).toBeLessThanOrEqual(width);
					expect(displayWidth(truncateStart(text, width))).toBeLessThanOrEqual(width);
					const wrapped = wrapText(text, width);
					for (const line of wrapped) expect(displayWidth(line)).toBeLessThanOrEqual(width);
					expect(wrapped.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
				},
			),
		);
	});

	test.each([
		[0, "0ms"],
		[999, "999ms"],
		[1830, "1.8s"],
		[59_999, "59s"],
		[125_000, "2m 05s"],
		[7_800_000, "2h 10m"],
		[273_600_000, "3d 4h"],
	])("%i ms reads %s", (ms, text) => {
		expect(formatDuration(ms)).toBe(text);
	});

	test("a long line takes a moment, not the square of its length", () => {
		for (const word of ["word ", "wört ", "漢字 ", "👩‍👩‍👧 "]) {
			const text = word.repeat(4000);
			expect(wrapText(text, 80).join("").length).toBeGreaterThan(10_000);
			expect(displayWidth(truncate(text, 80))).toBeLessThanOrEqual(80);
			expect(displayWidth(text)).toBeGreaterThan(10_000);
		}
	});

	test("signs are told apart in a long text as in a short one", () => {
		const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
		for (const sign of ["🇩🇪", "👩‍👩‍👧‍👦", "e\u0301\u0323", "각", "x"])
			for (const before of ["", "a", "ab"]) {
				const text = before + sign.repeat(900);
				expect(graphemes(text)).toEqual(Array.from(segmenter.segment(text), ({ segment }) => segment));
			}
	});

	test("a time of the machine's own zone is what the library of time zones says", () => {
		const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
		const times = fc.integer({ min: Date.UTC(1971, 0), max: Date.UTC(2199, 0) });
		fc.assert(fc.property(times, (at) => void expect(localTime(at)).toEqual(localTime(at, timeZone))));
		expect(localTime(Date.UTC(2026, 0, 2, 3, 4, 5), "UTC")).toEqual({ date: "2026-01-02", time: "03:04:05" });
	});

	test("since understands lengths, days and ISO times", () => {
		const now = Date.UTC(2026, 0, 31, 12);
		expect(parseSince("2h", now)).toBe(now - 7_200_000);
		expect(parseSince("1.5d", now)).toBe(now - 129_600_000);
		expect(parseSince("2026-01-30T00:00:00Z", now)).toBe(Date.UTC(2026, 0, 30));
		expect(parseSince("2026-01-30", now)).toBe(new Date(2026, 0, 30).getTime());
		expect(parseSince("today", now)).toBe(new Date(now).setHours(0, 0, 0, 0));
	});
});
