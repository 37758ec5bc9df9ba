// A box that is too small for what stands in it shows a part, and tells how much more there is above.
import { describe, expect, it } from "vitest";
import { ScrolledDraft } from "../../src/turns/scrolled-draft.ts";
import { box, Sitting } from "../support/sitting.ts";

const COLS = 60;
const LINES = Array.from({ length: 6 }, (_, index) => `line ${index + 1} of a letter about the garden`);
const LETTER = LINES.join("\n");
const SPINNER = "{grey}✻ Thinking… (esc to interrupt){/}";
const ECHO = LINES.map((line, index) => (index === 0 ? `▓❯ ${line}` : `▓  ${line}`));

function scrolledBox(rows: readonly string[], above: number): string {
	const edge = `─── ↑ ${above} more `;
	return [edge.padEnd(COLS, "─"), ...rows.map((row) => `  ${row}`), "────", "  ? for shortcuts"].join("\n");
}

/** The letter as the box shows it while it is typed. */
function writing(): Sitting {
	return new Sitting()
		.shows(box())
		.types(LINES.join("\\\r"))
		.shows(box(LINES.slice(0, 4).join("\n  ")))
		.shows(scrolledBox(LINES.slice(2), 2));
}

describe("a prompt that is taller than its box", () => {
	it("is the whole of it", () => {
		const sitting = writing()
			.types("\r")
			.shows(...ECHO, "", SPINNER, "", box());
		expect(sitting.prompts).toEqual([LETTER]);
	});

	it("is the whole of it where it was changed, so that the keys do not tell it", () => {
		const changed = ["line 3 of a long letter about the garden", ...LINES.slice(3)];
		const sitting = writing()
			.shows(scrolledBox(LINES.slice(2), 2))
			.types("\u001b[A")
			.shows(scrolledBox(changed, 2))
			.types("\r");
		const echo = ECHO.map((row) => row.replace("line 3 of a letter", "line 3 of a long letter"));
		sitting.shows(...echo, "", "● I have read it.", "", box());
		expect(sitting.prompts).toEqual([[...LINES.slice(0, 2), ...changed].join("\n")]);
	});

	const REST = ["▓  the end of a prompt that stands above the window", "▓  as far as its beginning goes", ""];
	/** Of the classic renderer: the box is taller than the window, and then its rows are the prompt's. */
	const changedAboveTheWindow = () =>
		new Sitting({ rows: 12 })
			.shows(box("as far as"))
			.types("\u001b[A")
			.shows(...REST.slice(0, 2).map((row) => row.slice(1)), "────", "  ? for shortcuts")
			.types("\r");

	it("is a turn with what is shown of it, where nothing else is known of it", () => {
		const sitting = changedAboveTheWindow()
			.shows(...REST, SPINNER, "", box())
			.shows(...REST, "● I have read it.", "", box());
		const text = REST.slice(0, 2)
			.map((row) => row.slice(3))
			.join("\n");
		expect(sitting.ends()).toMatchObject([
			{ prompt: { text }, items: [{ kind: "assistant", text: "I have read it." }] },
		]);
	});

	it("is no turn where it was answered before it was seen", () => {
		const sitting = changedAboveTheWindow().shows(...REST, "● Read long ago.", "", SPINNER, "", box());
		expect(sitting.ends()).toEqual([]);
	});

	it("is none when it was taken back", () => {
		const sitting = writing()
			.types("\r")
			.shows(...ECHO, "", SPINNER, "", box())
			.types("\u001b")
			.shows(scrolledBox(LINES.slice(2), 2));
		expect(sitting.ends()).toEqual([]);
	});

	/** 2.1.315: the sign stands before the first row that is shown, and nothing says that there are more above. */
	const unmarkedBox = box(LINES.slice(2).join("\n  "));

	it("is none when it was taken back into a box that does not say what stands above", () => {
		const sitting = writing()
			.types("\r")
			.shows(...ECHO, "", SPINNER, "", box())
			.types("\u001b")
			.shows(unmarkedBox);
		expect(sitting.ends()).toEqual([]);
	});

	it("has its answer, though after a resize the rest of its rows stands there without their indentation", () => {
		const rest = ["▓ line 4 of a letter about the garden", `▓${LINES[4]}`, `▓${LINES[5]}`];
		const sitting = writing()
			.types("\r")
			.shows(...ECHO, "", SPINNER, "", box())
			.shows(...rest, "", "● I have read it.", "", SPINNER, "", box());
		expect(sitting.ends()).toMatchObject([
			{ prompt: { text: LETTER }, items: [{ text: "I have read it." }] },
		]);
	});

	it("stays one where its end is typed again while it is at work", () => {
		const sitting = writing()
			.types("\r")
			.shows(...ECHO, "", SPINNER, "", box())
			.types(LINES.slice(2).join("\\\r"))
			.shows(...ECHO, "", SPINNER, "", unmarkedBox);
		expect(sitting.prompts).toEqual([LETTER]);
	});
});

describe("a prompt that is taller than the window, in the classic renderer", () => {
	it("is none when it was taken back, though the upper edge of its box is above the window", () => {
		const sitting = new Sitting({ rows: 8 }).shows(box()).types(LINES.join("\\\r")).types("\r");
		sitting.shows(...ECHO.slice(3), "", SPINNER, "", box());
		expect(sitting.prompts).toEqual([LETTER]);
		const tall = [...LINES.slice(1).map((line) => `  ${line}`), "────", "  ? for shortcuts"];
		expect(
			sitting
				.types("\u001b")
				.shows(...tall)
				.ends(),
		).toEqual([]);
	});

	it("has no answer when it was interrupted, in the words of 1.0, which paint themselves and not their sign", () => {
		const echo = LINES.map((line, index) => `{grey}${index === 0 ? ">" : " "} ${line}{/}`);
		const rest = echo.slice(3);
		const sitting = new Sitting({ rows: 14 }).shows(box()).types(LINES.join("\\\r")).types("\r");
		sitting.shows(...echo, "", SPINNER, "", box()).types("\u001b");
		const [turn] = sitting.shows(...rest, "  ⎿  {red}Interrupted by user{/}", "", box()).ends();
		expect(turn).toMatchObject({ prompt: { text: LETTER }, status: "interrupted", items: [] });
	});

	it("stays one where something else stands in the place of the box", () => {
		const sitting = new Sitting({ rows: 8 }).shows(box()).types(LINES.join("\\\r")).types("\r");
		sitting.shows(...ECHO.slice(3), "", SPINNER, "", box());
		sitting.shows(...ECHO.slice(3), "", "────", "  Pick one of them:", "  ❯ 1. this", "    2. that");
		expect(sitting.prompts).toEqual([LETTER]);
	});
});

describe("what is known of a text that the box shows in part", () => {
	const part = (text: string) => ({ text, sign: "", above: 2 });
	const unheard = { text: undefined, pastes: [] };
	const row = (n: number) => `row ${n} of many rows that read nearly the same, each with its number`;
	const rows = [1, 2, 3, 4].map(row).join(" ");

	const knowing = (before: string) => {
		const draft = new ScrolledDraft();
		draft.whole({ text: before, sign: "❯", above: 0 }, unheard);
		return draft;
	};

	it("goes on from the place that reads the same for longest", () => {
		const shown = `${row(3)} ${row(4)} and more`.slice("row 3 ".length);
		expect(knowing(rows).whole(part(shown), unheard)).toBe(`${rows} and more`);
	});

	it("is the part alone where nothing is known of the rest", () => {
		expect(new ScrolledDraft().whole(part(row(4)), unheard)).toBe(row(4));
		expect(knowing("something else altogether").whole(part(row(4)), unheard)).toBe(row(4));
	});
});
