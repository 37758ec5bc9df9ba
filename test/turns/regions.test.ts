import { describe, expect, it } from "vitest";
import { Screen } from "../../src/screen/screen.ts";
import { shownAs } from "../../src/turns/progress.ts";
import { readEntries } from "../../src/turns/read-entries.ts";
import { splitRegions } from "../../src/turns/regions.ts";
import { trimBlank } from "../../src/turns/rows.ts";
import { isSameList } from "../../src/turns/same.ts";
import { fixtureRecording, listFixtures, testLook } from "../support/fixtures.ts";
import { box, frameOf, look } from "../support/sitting.ts";

function regionsOf(...drawings: readonly string[]) {
	const regions = splitRegions(look(), frameOf(drawings.join("\n"), { rows: 24 }));
	return { ...regions, lines: trimBlank(regions.conversation).map((row) => row.text) };
}

function entriesOf(...drawings: readonly string[]) {
	const frame = frameOf([...drawings, box()].join("\n"), { rows: 24 });
	return readEntries(look(), splitRegions(look(), frame).conversation, shownAs(frame)).map(
		({ kind, text, results }) => ({
			kind,
			text,
			results: results.map((result) => result.text),
		}),
	);
}

describe("a screen, cut into what it consists of", () => {
	it("has the conversation above the box, without the blank rows between", () => {
		expect(regionsOf("▓❯ Hi", "", "● Hello.", "", box()).lines).toEqual(["❯ Hi", "", "● Hello."]);
	});

	it("has what stands in the box, on several rows", () => {
		const drawn = "────\n❯ first line\n  second line\n────\n  ? for shortcuts";
		expect(regionsOf(drawn).bottom).toEqual({
			kind: "box",
			draft: { sign: "❯", text: "first line\nsecond line", above: 0 },
		});
	});

	it("takes a suggestion in the empty box for none of the person's words", () => {
		expect(regionsOf('────\n❯ {dim}Try "edit plan.py"{/}\n────').bottom).toEqual({
			kind: "box",
			draft: undefined,
		});
	});

	it("knows the drawn box of older versions", () => {
		const drawn = `╭${"─".repeat(58)}╮\n│ > hello${" ".repeat(50)}│\n╰${"─".repeat(58)}╯\n  ? for shortcuts`;
		expect(regionsOf(drawn).bottom).toEqual({ kind: "box", draft: { sign: ">", text: "hello", above: 0 } });
	});

	it("is busy while a spinner turns whose end stands on a row of its own, in a narrow window", () => {
		const spinner = "{red}·{/} {red}Wibbling… {/}(0s · ↓ 0 tokens ·\nesc to interrupt)";
		const { lines, isBusy } = regionsOf("▓❯ Hi", "", "● Hello.", "", spinner, "", box());
		expect(lines).toEqual(["❯ Hi", "", "● Hello."]);
		expect(isBusy).toBe(true);
	});

	it("is busy while a spinner turns, which is no part of the conversation", () => {
		const { isBusy, lines } = regionsOf("▓❯ Hi", "", "{grey}✻ Thinking… (esc to interrupt){/}", "", box());
		expect({ isBusy, lines }).toEqual({ isBusy: true, lines: ["❯ Hi"] });
	});

	it("lists the prompts that wait above the box", () => {
		const { queued, lines } = regionsOf(
			"▓❯ Hi",
			"",
			"● Hello.",
			"",
			"{grey}  ❯ and then the tests{/}",
			"",
			box(),
		);
		expect({ queued, lines }).toEqual({ queued: ["and then the tests"], lines: ["❯ Hi", "", "● Hello."] });
	});

	it("has a dialog in the box's place when a question with options stands there", () => {
		const drawn =
			"────\n {b}Create file{/}\n notes.md\n\n Do you want to create notes.md?\n ❯ 1. Yes\n   2. No\n\n Esc to cancel";
		expect(regionsOf("● I write it.", "", drawn).bottom).toMatchObject({
			kind: "dialog",
			dialog: {
				title: "Create file",
				question: "Do you want to create notes.md?",
				options: ["Yes", "No"],
				selected: 0,
			},
		});
	});

	it("has an overlay there when it is something else", () => {
		expect(regionsOf("● Hello.", "", "────\n  Help\n\n  Esc to close").bottom).toEqual({ kind: "overlay" });
	});

	it("has nothing there on the screen of another program", () => {
		expect(regionsOf("$ make test\nok").bottom).toEqual({ kind: "none" });
	});
});

describe("options of a dialog", () => {
	const open = (...rows: readonly string[]) => {
		const { bottom } = regionsOf(
			["────", " {b}Bash command{/}", "   ls", " Do you want to proceed?", ...rows].join("\n"),
		);
		return bottom.kind === "dialog" ? bottom.dialog : undefined;
	};

	it("are joined when they wrap", () => {
		const wrapped = open(
			"   1. Yes",
			" ❯ 2. Yes, and always allow access to",
			"      the garden from here",
			"   3. No",
		);
		expect(wrapped).toMatchObject({
			options: ["Yes", "Yes, and always allow access to the garden from here", "No"],
			selected: 1,
		});
	});

	it("are not the numbered lines of what is asked about", () => {
		expect(
			open("  1. dig", "  2. sow", " Do you want to proceed?", " ❯ 1. Yes", "   2. No")?.options,
		).toEqual(["Yes", "No"]);
	});

	it("make no dialog without a cursor", () => {
		expect(open("   1. Yes", "   2. No")).toBeUndefined();
	});
});

describe("the conversation, piece by piece", () => {
	it("has prompts, answers and tools with what hangs below them", () => {
		expect(
			entriesOf(
				"▓❯ Hi",
				"",
				"● I look.",
				"",
				"{green}●{/} {b}Bash{/}(ls)",
				"  {grey}⎿ {/} beds.txt",
				"",
				"● Done.",
			),
		).toEqual([
			{ kind: "prompt", text: "Hi", results: [] },
			{ kind: "assistant", text: "I look.", results: [] },
			{ kind: "tool", text: "Bash(ls)", results: ["beds.txt"] },
			{ kind: "assistant", text: "Done.", results: [] },
		]);
	});

	it("keeps lists, tables and code of an answer as they are", () => {
		const answer = [
			"● Three things:",
			"",
			"  - one",
			"  - two",
			"",
			"  │ bed │ crop │",
			"  │ 1   │ peas │",
			"",
			"      if x:",
			"          y()",
		];
		expect(entriesOf("▓❯ Hi", "", ...answer)[1]?.text).toBe(
			"Three things:\n\n- one\n- two\n\n│ bed │ crop │\n│ 1   │ peas │\n\n    if x:\n        y()",
		);
	});

	it("calls a row unknown that no pattern claims, and an answer it is not", () => {
		expect(entriesOf("▓❯ Hi", "", "● Hello.", "", "@@ a mark nobody has seen @@")[2]).toMatchObject({
			kind: "unknown",
		});
	});

	it("calls the rest of something a fragment whose beginning is above the screen", () => {
		expect(entriesOf("  and this is how it ends.", "", "▓❯ Next")[0]).toMatchObject({
			kind: "fragment",
			text: "and this is how it ends.",
		});
	});
});

describe("a frame that is cut after another one", () => {
	const fixtures = listFixtures().filter((_, index) => index % 12 === 0);

	it("is cut as if it were the first, in every genuine session", () => {
		const [lasting, forgetful] = [testLook(), testLook()];
		for (const fixture of fixtures) {
			const { size, events } = fixtureRecording(fixture);
			const screen = new Screen(size);
			for (const frame of events.flatMap((event) => screen.feed(event))) {
				// Nothing of a screen without rows is like the next one.
				splitRegions(forgetful, { ...frame, rows: [], scrolled: [] });
				const { conversation: anew, ...rest } = splitRegions(forgetful, frame);
				const { conversation, ...others } = splitRegions(lasting, frame);
				expect(isSameList(conversation, anew)).toBe(true);
				expect(others).toEqual(rest);
			}
		}
	});
});
