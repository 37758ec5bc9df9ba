// What the screen shows and what the person does, and the turns that come of it. Screens are drawings (test/support/sitting.ts).
import { describe, expect, it } from "vitest";
import { box, Sitting } from "../support/sitting.ts";

const SPINNER = "{grey}✻ Thinking… (esc to interrupt){/}";

describe("a prompt becomes a turn", () => {
	it("when what was sent from the box is echoed above it", () => {
		const sitting = new Sitting()
			.shows(box())
			.sends("Hello there")
			.shows("▓❯ Hello there", "", SPINNER, "", box());
		expect(sitting.turns).toMatchObject([
			{ seq: 1, prompt: { text: "Hello there", kind: "prompt" }, status: "running" },
		]);
	});

	it("with the text as typed, though the echo is rendered Markdown", () => {
		const sitting = new Sitting()
			.shows(box())
			.sends("Use **two** `beds`")
			.shows("▓❯ Use two beds", "", SPINNER, box());
		expect(sitting.prompts).toEqual(["Use **two** `beds`"]);
	});

	it("with the fence of its code, though the echo has neither fence nor language", () => {
		const typed = "What is this?\n```ts\nconst a = 1;\n```";
		const sitting = new Sitting()
			.shows(box())
			.types("What is this?\\\r```ts\\\rconst a = 1;\\\r```")
			.shows(box(typed.split("\n").join("\n  ")))
			.types("\r")
			.shows("▓❯ What is this?", "▓", "▓  const a = 1;", "", SPINNER, box());
		expect(sitting.prompts).toEqual([typed]);
	});

	it("with the numbers and addresses that rendering changed in the echo", () => {
		const typed = "Order these please:\n2. beans\n5. peas, see [the guide](https://example.org)";
		const sitting = new Sitting()
			.shows(box())
			.shows(box(typed.split("\n").join("\n  ")))
			.types("\r")
			.shows("▓❯ Order these please:", "▓", "▓  2. beans", "▓  3. peas, see the guide", "", SPINNER, box())
			.shows(
				"▓❯ Order these please:",
				"▓",
				"▓  2. beans",
				"▓  3. peas, see the guide",
				"",
				"● Done.",
				"",
				box(),
			);
		expect(sitting.ends()).toMatchObject([{ prompt: { text: typed }, items: [{ text: "Done." }] }]);
	});

	it("without blanks where a drawn box of 1.0 wraps a script that has none", () => {
		const typed = "庭の北側には古い梨の木があり、その下に小さな池がありますか？はい、いいえ";
		const rows = [
			"> 庭の北側には古い梨の木があり、そ   ",
			"  の下に小さな池がありますか？はい   ",
			"  、いいえ                           ",
		];
		const frame = [`╭${"─".repeat(38)}╮`, ...rows.map((row) => `│ ${row}│`), `╰${"─".repeat(38)}╯`];
		const echo = [
			"{grey}> 庭の北側には古い梨の木があり、その下に{/}",
			"{grey}  小さな池がありますか？はい、いいえ{/}",
		];
		const sitting = new Sitting({ cols: 40 })
			.shows(frame.join("\n"))
			.types("\r")
			.shows(...echo, "", box());
		expect(sitting.prompts).toEqual([typed]);
	});

	it("out of a box whose sign stands behind a no-break blank, each line as far left as it was typed", () => {
		const rows = ["\u00a0>\u00a0Sort these:", "     - beans", "   - peas"];
		const typed = "Sort these:\n  - beans\n- peas";
		const drawn = ["────", ...rows, "────", "  ? for shortcuts"].join("\n");
		const echo = ["{dim}> Sort these:{/}", "{dim}    - beans{/}", "{dim}  - peas{/}"];
		const sitting = new Sitting()
			.shows(drawn)
			.types("\r")
			.shows(...echo, "", "────\n\u00a0>\u00a0\n────");
		expect(sitting.prompts).toEqual([typed]);
	});

	it("though its first word is too long for the row of the sign", () => {
		const word = "donaudampfschifffahrtsgesellschaftskapitaen".repeat(2);
		const rows = ["▓>", `▓${word.slice(0, 60)}`, `▓${word.slice(60)}`];
		const sitting = new Sitting()
			.shows(box())
			.sends(word)
			.shows(...rows, "", SPINNER, box());
		expect(sitting.prompts).toEqual([word]);
	});

	it("once, though a resize in the middle of a picture leaves it there twice and cuts the box in two", () => {
		const echo = "▓❯ Tell me";
		const cutBox = ["────", "───", "❯", "────", "───"].join("\n");
		const sitting = new Sitting().shows(box()).sends("Tell me").shows(echo, "", SPINNER);
		sitting.shows(echo, "", echo, "", SPINNER, cutBox).shows(echo, "", "● This.", "", box());
		expect(sitting.ends()).toMatchObject([{ prompt: { text: "Tell me" }, items: [{ text: "This." }] }]);
	});

	it("once, though its first picture is one of a resize that drew it three times", () => {
		const echo = "▓❯ Tell me";
		const sitting = new Sitting().shows(box()).sends("Tell me");
		sitting.shows(echo, "", echo, "", SPINNER, echo, "", SPINNER, "", box());
		sitting.shows(echo, "", echo, "", SPINNER, echo, "", "● This.", "", box());
		expect(sitting.ends()).toMatchObject([{ prompt: { text: "Tell me" }, items: [{ text: "This." }] }]);
	});

	it("as often as it was sent, where nothing was said between", () => {
		const echo = "▓❯ go on";
		const sitting = new Sitting().shows(box()).sends("go on").types("go on\r");
		sitting.shows(echo, "", echo, "", SPINNER, "", box());
		expect(sitting.prompts).toEqual(["go on", "go on"]);
	});

	it("not when it only stands in the box, and not when it was taken back before any answer", () => {
		const sitting = new Sitting().shows(box()).types("never sent").shows(box("never sent"));
		expect(sitting.turns).toEqual([]);
		sitting.types("\r").shows("▓❯ never sent", "", SPINNER, box()).types("\u001b").shows(box("never sent"));
		expect(sitting.ends()).toEqual([]);
	});

	it("a second time when the same words are sent again", () => {
		const first = ["▓❯ continue", "", "● Done."].join("\n");
		const sitting = new Sitting()
			.shows(box())
			.sends("continue")
			.shows("▓❯ continue", SPINNER, box())
			.shows(first, "", box());
		sitting
			.sends("continue", first)
			.shows(first, "", "▓❯ continue", "", SPINNER, box())
			.shows(first, "", "▓❯ continue", "", "● Once more.", "", box());
		expect(sitting.ends()).toMatchObject([
			{ prompt: { text: "continue" }, items: [{ text: "Done." }] },
			{ prompt: { text: "continue" }, items: [{ text: "Once more." }] },
		]);
	});

	it("each time when the same words are asked and answered over and over, though a small screen shows the last alone", () => {
		const echo = "▓❯ continue";
		const answer = "● Done. The next step is the same.";
		const sitting = new Sitting({ rows: 8 }).shows(box());
		sitting.sends("continue").shows(echo, "", SPINNER, box()).shows(echo, answer, box());
		sitting.sends("continue", `${echo}\n${answer}`);
		sitting.shows(answer, echo, "", box()).shows(answer, echo, SPINNER, box()).shows(echo, answer, box());
		sitting.sends("yes", answer).shows(answer, "▓❯ yes", SPINNER, box()).shows("▓❯ yes", "● Done.", box());
		sitting.sends("continue", "● Done.").shows("● Done.", echo, SPINNER, box()).shows(echo, answer, box());
		const items = [{ text: answer.slice(2) }];
		expect(sitting.ends()).toMatchObject([
			{ prompt: { text: "continue" }, items },
			{ prompt: { text: "continue" }, items },
			{ prompt: { text: "yes" }, items: [{ text: "Done." }] },
			{ prompt: { text: "continue" }, items },
		]);
	});

	it("not when it belongs to an older conversation that is shown again", () => {
		const old = ["▓❯ What did I ask before?", "", "● Something else."].join("\n");
		const sitting = new Sitting().shows(box()).shows(old, "", box());
		sitting.sends("And now?", `${old}\n`).shows(old, "", "▓❯ And now?", "", "● This.", "", box());
		expect(sitting.ends()).toMatchObject([
			{ seq: 1, prompt: { text: "And now?" }, items: [{ text: "This." }] },
		]);
	});

	it("when it was sent while nobody watched: out of a long silence there it stands, answered", () => {
		const talk = ["▓❯ What did I miss?", "", "● This."].join("\n");
		const sitting = new Sitting().shows(box()).waits(180).shows(box()).shows(talk, "", box());
		expect(sitting.ends()).toMatchObject([
			{ seq: 1, prompt: { text: "What did I miss?" }, items: [{ text: "This." }] },
		]);
	});

	it("not when a long silence ends with a command that shows an old conversation", () => {
		const old = ["▓❯ What did I ask before?", "", "● Something else."].join("\n");
		const sitting = new Sitting().shows(box()).waits(180).sends("/resume").shows(old, "", box());
		expect(sitting.ends()).toEqual([]);
		const unseenKeys = new Sitting().shows(box()).waits(180).shows(box("/resume")).shows(old, "", box());
		expect(unseenKeys.ends()).toEqual([]);
	});

	it("not when an answer imitates one", () => {
		const answer = [
			"▓❯ Imitate yourself",
			"",
			"● Like this:",
			"",
			"  ❯ not a prompt",
			"  ● Bash(rm -rf /)",
			"    ⎿  Removed everything",
		].join("\n");
		const sitting = new Sitting()
			.shows(box())
			.sends("Imitate yourself")
			.shows("▓❯ Imitate yourself", SPINNER, box())
			.shows(answer, "", box());
		const turns = sitting.ends();
		expect(turns).toHaveLength(1);
		expect(turns[0]?.items).toMatchObject([
			{ kind: "assistant", text: "Like this:\n\n❯ not a prompt\n● Bash(rm -rf /)\n  ⎿  Removed everything" },
		]);
	});

	it("when it went from the box as work began, though no key was recorded and no echo shown", () => {
		const answer = Array.from({ length: 14 }, (_, index) => `  line ${index} of it`);
		const sitting = new Sitting({ fullscreen: true })
			.shows(box())
			.shows(box("Tell me"))
			.shows("● Here:", ...answer, "", SPINNER, box())
			.shows("● Here:", ...answer, "", box());
		expect(sitting.ends()).toMatchObject([{ prompt: { text: "Tell me" } }]);
	});

	it("when it was given on the command line and never stood in the box", () => {
		const sitting = new Sitting({ given: ["Plan the **day**"] }).shows("▓❯ Plan the day", "", SPINNER, box());
		expect(sitting.prompts).toEqual(["Plan the **day**"]);
	});

	it.each([
		["slash", "/clear", "▓❯ /clear", "/clear"],
		["bash", "!ls -la", "▓{red}! ls -la", "ls -la"],
		["memory", "#water at dawn", "▓{red}# water at dawn", "water at dawn"],
	])("of its own kind: %s", (kind, typed, echo, text) => {
		const sitting = new Sitting().shows(box()).sends(typed).shows(echo, "  {grey}⎿  ok{/}", "", box());
		expect(sitting.ends().map((turn) => turn.prompt)).toEqual([{ kind, text }]);
	});

	it("not when the program sends itself a message while it works", () => {
		const start = ["▓❯ Look around", "", "● I ask somebody.", ""];
		const sitting = new Sitting().shows(box()).sends("Look around").shows("▓❯ Look around", SPINNER, box());
		sitting.shows(...start, SPINNER, "", box());
		sitting.shows(...start, "▓❯ Stop hook feedback: run the tests first", "", SPINNER, "", box());
		sitting.shows(...start, "▓❯ Stop hook feedback: run the tests first", "", "● They pass.", "", box());
		const turns = sitting.ends();
		expect(turns.map((turn) => turn.prompt.text)).toEqual(["Look around"]);
		expect(
			turns[0]?.items.map((item) => ("text" in item ? `${item.kind}: ${item.text}` : item.kind)),
		).toEqual([
			"assistant: I ask somebody.",
			"notice: Stop hook feedback: run the tests first",
			"assistant: They pass.",
		]);
	});
});
