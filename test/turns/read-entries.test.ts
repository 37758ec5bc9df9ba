import fc from "fast-check";
import { expect, test } from "vitest";
import type { Row } from "../../src/core/frame.ts";
import { readEntries } from "../../src/turns/read-entries.ts";
import { testLook } from "../support/fixtures.ts";
import { holds } from "../support/laws.ts";

const look = testLook();
/** One that remembers nothing of these rows. */
const lonely = testLook();

const plain = { bold: false, dim: false, inverse: false };
const ANSWER: Row = {
	text: "● An answer that goes on",
	width: 24,
	isWrapped: false,
	lead: { ...plain, fg: "p15" },
	next: plain,
};
const ROWS: readonly Row[] = [
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

test("a conversation reads the same whatever was read before it", () => {
	const conversation = fc.array(fc.constantFrom(...ROWS), { maxLength: 14 });
	/** The same rows as objects that nothing is known about yet. */
	const anew = (rows: readonly Row[]) => rows.map((row) => ({ ...row }));
	const growth = fc.record({ dropped: fc.nat(4), added: conversation, changed: fc.option(fc.nat(14)) });
	holds(
		fc.property(conversation, fc.array(growth, { maxLength: 5 }), (first, steps) => {
			let rows = first;
			readEntries(look, rows, 40);
			for (const { dropped, added, changed } of steps) {
				rows = [...rows.slice(dropped), ...added];
				if (changed !== null) rows = rows.map((row, index) => (index === changed ? ANSWER : row));
				expect(readEntries(look, rows, 40)).toEqual(readEntries(lonely, anew(rows), 40));
			}
		}),
		{ runs: 300 },
	);
});
