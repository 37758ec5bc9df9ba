import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entry } from "../../src/turns/entry.ts";
import { endWithin, stitch } from "../../src/turns/stitch.ts";
import { holds } from "../support/laws.ts";

const answer = (text: string): Entry => ({ kind: "assistant", pattern: "bullet", text, results: [] });
const fragment = (text: string): Entry => ({ ...answer(text), kind: "fragment", pattern: "fragment" });
const tool = (text: string, result?: string): Entry => ({
	...answer(text),
	kind: "tool",
	results: result === undefined ? [] : [{ text: result }],
});

function join(
	known: readonly Entry[],
	shown: readonly Entry[],
	seen: { head?: boolean; tail?: boolean } = {},
) {
	const { head = false, tail = true } = seen;
	const { entries, hasGap } = stitch(known, { entries: shown, isHeadShown: head, isTailShown: tail });
	return { texts: entries.map((entry) => entry.text), hasGap, entries };
}

const SENTENCES = Array.from({ length: 30 }, (_, n) => `note ${n} tells of bed ${n * 7} and row ${n * 13}.`);

describe("what is known of a turn and what the screen shows now", () => {
	it("are joined at their common words, and the newer view wins from there on", () => {
		const known = [answer("Once more the quick brown fox jumps over the la")];
		const { texts, hasGap } = join(known, [fragment("quick brown fox jumps over the lazy dog.")]);
		expect(texts).toEqual(["Once more the quick brown fox jumps over the lazy dog."]);
		expect(hasGap).toBe(false);
	});

	it("are joined inside a table that a narrower window draws with other lines", () => {
		const table = (columns: number) => {
			const row = (text: string) => `│ ${text.padEnd(columns)} │`;
			const line = (left: string, right: string) => `${left}${"─".repeat(columns + 2)}${right}`;
			const rows = ["beans", "leeks"].map((text) => `${row(text)}\n${line("├", "┤")}`);
			return [line("┌", "┐"), row("bed"), line("├", "┤"), ...rows, row("peas"), line("└", "┘")].join("\n");
		};
		const end = "counts as none, and that is how it was meant";
		const known = [answer(`The plan: a bed without rows ${end}\n\n${table(30)}`)];
		const { texts, hasGap } = join(known, [fragment(`${end}\n\n${table(18)}`)]);
		expect(texts).toEqual([`The plan: a bed without rows ${end}\n\n${table(18)}`]);
		expect(hasGap).toBe(false);
	});

	const NOTES = [
		"note 7: the youngest child counts small lanterns and writes the number on a wooden label.",
		"note 8: our tired postman waters the beans because nobody else would think of it.",
		"note 9: the old gardener mends the fence while the kettle sings in the kitchen.",
	];

	it("are not joined at a phrase that comes again, where that would throw more away than it explains", () => {
		const known = [answer(NOTES.join(" "))];
		const shown = "waters the fence and writes the number on a wooden label. note 12: the";
		const { entries, hasGap } = stitch(known, {
			entries: [fragment(shown)],
			isHeadShown: false,
			isTailShown: false,
		});
		expect({ entries, hasGap }).toEqual({ entries: known, hasGap: true });
	});

	it("are not joined at the last words of a view whose other words nobody knows", () => {
		const shown =
			"note 15: every careful visitor draws a basket of pears before the frost, and the tired postman mends the fence while the kettle sings";
		expect(join([answer(NOTES.join(" "))], [fragment(shown)], { tail: false }).hasGap).toBe(true);
	});

	it("stand one after the other with a gap where they have nothing in common", () => {
		const { texts, hasGap } = join([answer("first words of it")], [fragment("quite another matter here")]);
		expect(texts).toEqual(["first words of it", "quite another matter here"]);
		expect(hasGap).toBe(true);
	});

	it("are the view alone when the view shows the turn from its beginning to its end", () => {
		expect(join([answer("old")], [answer("all new")], { head: true }).texts).toEqual(["all new"]);
	});

	it("stay what they were when a reprint of an ended turn has a stretch of it twice", () => {
		const known = [answer("one two three four five six seven")];
		const whole = { isHeadShown: true, isTailShown: true };
		const twice = [answer("one two three four three four five six seven")];
		expect(stitch(known, { ...whole, entries: twice, isOver: true }).entries).toBe(known);
		expect(stitch(known, { ...whole, entries: twice }).entries).toBe(twice);
		const more = [answer("one two three four and more five six seven")];
		expect(stitch(known, { ...whole, entries: more, isOver: true }).entries).toBe(more);
	});

	it("stay what they were when a reprint breaks off in the middle", () => {
		const known = [answer("one two three four five six seven"), answer("and the end")];
		expect(join(known, [answer("one two three four")], { head: true }).entries).toBe(known);
	});

	it("stay what they were when the view shows only a stretch out of the middle", () => {
		const known = [answer(SENTENCES.join(" "))];
		expect(join(known, [fragment(SENTENCES.slice(4, 9).join(" "))], { tail: false }).texts).toEqual([
			SENTENCES.join(" "),
		]);
	});

	it("are not joined at a phrase that comes again and again", () => {
		const verse = "and so on and so on and so on";
		const known = [
			answer(
				`${SENTENCES.slice(0, 4).join(" ")} ${verse} ${SENTENCES.slice(4, 8).join(" ")} ${verse} ${SENTENCES[8]}`,
			),
		];
		const shown = `${SENTENCES.slice(6, 8).join(" ")} ${verse} ${SENTENCES.slice(8, 12).join(" ")}`;
		const { texts } = join(known, [fragment(shown)]);
		expect(texts).toEqual([
			`${SENTENCES.slice(0, 4).join(" ")} ${verse} ${SENTENCES.slice(4, 8).join(" ")} ${verse} ${SENTENCES.slice(8, 12).join(" ")}`,
		]);
	});

	it("keep a tool's name when only its result is still on the screen", () => {
		const known = [answer("I look."), tool("Bash(make all)", "compiling the first of many files now")];
		const shown = { ...fragment(""), results: [{ text: "the first of many files now and the second one" }] };
		expect(join(known, [shown]).entries.at(-1)).toMatchObject({
			kind: "tool",
			text: "Bash(make all)",
			results: [{ text: "compiling the first of many files now and the second one" }],
		});
	});

	it("do not touch where an answer begins with other words, however much the rest of it reads the same", () => {
		const notes = (place: string) => `${place} ${SENTENCES.join(" ")}`;
		const known = [answer(notes("cellar"))];
		expect(endWithin(known, [answer(notes("attic"))])).toBeUndefined();
		expect(endWithin(known, [answer(notes("cellar"))])).toBe(1);
	});

	it("change nothing when the view shows nothing", () => {
		const known = [answer("a")];
		expect(join(known, []).entries).toBe(known);
	});

	it("give the whole text back for any walk down an answer by overlapping views", () => {
		const text = SENTENCES.join(" ").split(" ");
		const steps = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 });
		holds(
			fc.property(steps, (walk) => {
				let known: readonly Entry[] = [answer(text.slice(0, VIEW_WORDS).join(" "))];
				let from = 0;
				for (const step of walk) {
					from = Math.min(from + step, text.length - VIEW_WORDS);
					known = join(known, [fragment(text.slice(from, from + VIEW_WORDS).join(" "))]).entries;
				}
				expect(known.map((entry) => entry.text)).toEqual([text.slice(0, from + VIEW_WORDS).join(" ")]);
			}),
			{ runs: 40 },
		);
	});
});

const VIEW_WORDS = 60;
