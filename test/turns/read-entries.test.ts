import fc from "fast-check";
import { expect, test } from "vitest";
import type { Row } from "../../src/core/frame.ts";
import { PaintedRow } from "../../src/core/painted-row.ts";
import { partsOf } from "../../src/turns/flat-text.ts";
import { readEntries } from "../../src/turns/read-entries.ts";
import { wordsOf } from "../../src/turns/words.ts";
import { testLook } from "../support/fixtures.ts";
import { holds } from "../support/laws.ts";

const look = testLook();
/** One that remembers nothing of these rows. */
const lonely = testLook();

const plain = { bold: false, dim: false, inverse: false };
const ANSWER = new PaintedRow({
	text: "● An answer that goes on",
	width: 24,
	isWrapped: false,
	lead: { ...plain, fg: "p15" },
	next: plain,
});
const DRAWN: readonly Row[] = [
	{ text: "", width: 0, isWrapped: false },
	{
		text: "❯ a prompt",
		width: 10,
		isWrapped: false,
		fill: "p8",
		lead: { ...plain, bg: "p8" },
		next: { ...plain, bg: "p8" },
	},
	{ text: "  its second row", width: 16, isWrapped: false, fill: "p8", lead: { ...plain, bg: "p8" } },
	ANSWER,
	{ text: "  in another row", width: 16, isWrapped: false, lead: plain, next: plain },
	{
		text: "● Bash(ls)",
		width: 10,
		isWrapped: false,
		lead: { ...plain, fg: "#4eba65" },
		next: { ...plain, bold: true },
	},
	{ text: "  ⎿  a result", width: 13, isWrapped: false, lead: { ...plain, fg: "p8" }, next: plain },
	{ text: "     and more of it", width: 19, isWrapped: false, lead: plain, next: plain },
	{ text: "✻ Thinking…", width: 11, isWrapped: false, lead: plain, next: plain },
	{ text: "nobody knows this", width: 17, isWrapped: false, lead: plain, next: plain },
	{ text: "  Listing files", width: 15, isWrapped: false, lead: plain, next: plain },
];

/** Rows that things can be remembered of, as the screen makes them. */
const ROWS: readonly Row[] = DRAWN.map((row) => new PaintedRow(row));

test("a conversation reads the same whatever was read before it", () => {
	const conversation = fc.array(fc.constantFrom(...ROWS), { maxLength: 14 });
	/** The same rows as objects that nothing is known about yet. */
	const anew = (rows: readonly Row[]) => rows.map((row) => new PaintedRow(row));
	const growth = fc.record({ dropped: fc.nat(4), added: conversation, changed: fc.option(fc.nat(14)) });
	const shownAs = fc.record({ cols: fc.constant(40), isPart: fc.boolean() });
	holds(
		fc.property(conversation, shownAs, fc.array(growth, { maxLength: 5 }), (first, shown, steps) => {
			let rows = first;
			readEntries(look, rows, shown);
			for (const { dropped, added, changed } of steps) {
				rows = [...rows.slice(dropped), ...added];
				if (changed !== null) rows = rows.map((row, index) => (index === changed ? ANSWER : row));
				const entries = readEntries(look, rows, shown);
				expect(entries).toEqual(readEntries(lonely, anew(rows), shown));
				expect(entries.map(partsOf)).toEqual(
					entries.map(({ text, results }) => [wordsOf(text), ...results.map((each) => wordsOf(each.text))]),
				);
			}
		}),
		{ runs: 300 },
	);
});
