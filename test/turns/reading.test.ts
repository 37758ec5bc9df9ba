// What the screen shows and what the person does, and the turns that come of it. Screens are drawings (test/support/sitting.ts).
import { describe, expect, it } from "vitest";
import { box, Sitting } from "../support/sitting.ts";

const SPINNER = "{grey}✻ Thinking… (esc to interrupt){/}";

function dialog(selected: number): string {
	const options = ["Yes", "Yes, and don’t ask again for: chmod *", "No"];
	const rows = options.map((text, index) => ` ${index === selected ? "❯" : " "} ${index + 1}. ${text}`);
	return [
		"────",
		" {b}Bash command{/}",
		"",
		"   chmod 600 beds.txt",
		"   {grey}Protect the list{/}",
		"",
		" Do you want to proceed?",
		...rows,
		"",
		" Esc to cancel",
	].join("\n");
}

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

describe("one screen after the other", () => {
	it("lets the answer grow inside its turn", () => {
		const sitting = new Sitting().shows(box()).sends("Tell me").shows("▓❯ Tell me", "", SPINNER, box());
		for (const text of ["It", "It is", "It is quite late."])
			sitting.shows("▓❯ Tell me", "", `● ${text}`, "", SPINNER, box());
		expect(sitting.shows("▓❯ Tell me", "", "● It is quite late.", "", box()).ends()).toMatchObject([
			{ status: "complete", items: [{ kind: "assistant", text: "It is quite late." }] },
		]);
	});

	it("loses nothing when the beginning has scrolled off the other screen", () => {
		const lines = Array.from({ length: 40 }, (_, n) => `Line ${n} is about bed ${n * 3} and row ${n * 7}.`);
		const sitting = new Sitting({ fullscreen: true, rows: 20 })
			.shows(box())
			.sends("List")
			.shows("▓❯ List", "", `● ${lines[0]}`, "", SPINNER, box());
		for (let end = 2; end <= lines.length; end += 2) {
			const shown = lines
				.slice(Math.max(0, end - 10), end)
				.map((line, n) => `${end <= 10 && n === 0 ? "● " : "  "}${line}`);
			sitting.shows(...(end <= 10 ? ["▓❯ List", ""] : []), ...shown, "", SPINNER, box());
		}
		const [turn] = sitting.ends();
		expect(turn?.items.map((item) => ("text" in item ? item.text.split("\n") : []))).toEqual([lines]);
	});

	it("loses nothing when a long conversation is printed in several goes before its box stands", () => {
		const lines = Array.from({ length: 30 }, (_, index) => `line ${index} of a long answer`);
		const [head = "", ...rest] = lines;
		const sitting = new Sitting()
			.shows(box())
			.sends("Tell me more")
			.shows("▓❯ Tell me more", "", `● ${head}`, ...rest.slice(0, 12).map((line) => `  ${line}`))
			.prints(...rest.slice(12).map((line) => `  ${line}`))
			.prints("", box());
		expect(sitting.ends()).toMatchObject([
			{ prompt: { text: "Tell me more" }, items: [{ text: lines.join("\n") }] },
		]);
	});

	it("leaves what another program prints after the box went away to nobody", () => {
		const answered = ["▓❯ Bye", "", "● Bye.", "", box()].join("\n");
		const sitting = new Sitting().shows(box()).sends("Bye").shows(answered).shows("$ make");
		for (let row = 0; row < 40; row += 8)
			sitting.prints(...Array.from({ length: 8 }, (_, index) => `cc ${row + index}.o`));
		expect(sitting.shows("▓❯ Bye", "", "● Bye.", "", box()).ends()).toMatchObject([
			{ items: [{ text: "Bye." }] },
		]);
	});

	it("goes on in a turn whose prompt is taken off the screen, below the end of the turn before", () => {
		const first = "● A first answer that is long enough to be known again when it stands there.";
		const sitting = new Sitting({ fullscreen: true })
			.shows(box())
			.sends("First")
			.shows("▓❯ First", "", first, "", box())
			.sends("Second", `▓❯ First\n\n${first}\n`)
			.shows(first, "", "▓❯ Second", "", SPINNER, "", box())
			.shows(first, "", "", "● Another one.", "", box());
		expect(sitting.ends().map((turn) => turn.items.map((item) => "text" in item && item.text))).toEqual([
			[first.slice(2)],
			["Another one."],
		]);
	});

	it("has none of an old conversation's words, though neither prompt is on the screen", () => {
		const old = ["  the end of an answer that was given long ago, by somebody", "", "✻ Worked for 2s"].join(
			"\n",
		);
		const sitting = new Sitting({ fullscreen: true })
			.shows(old, "", box())
			.sends("And now?", `${old}\n`)
			.shows(old, "", "▓❯ And now?", "", SPINNER, "", box())
			.shows(old, "", "", "● Something new.", "", box());
		expect(sitting.ends()).toMatchObject([
			{ prompt: { text: "And now?" }, items: [{ text: "Something new." }] },
		]);
	});

	it("is not the one before, though its prompt is gone for a moment and it is short", () => {
		const first = "● A first answer that is long enough to be known again when it stands there.";
		const sitting = new Sitting()
			.shows(box())
			.sends("First")
			.shows("{grey}> First{/}", "", first, "", box())
			.sends("Second", first)
			.shows(first, "", "{grey}> Second{/}", "", SPINNER, "", box())
			.shows(first, "", SPINNER, "", box())
			.shows(first, "", "{grey}> Second{/}", "", "● No.", "", box());
		expect(sitting.ends()).toMatchObject([
			{ items: [{ text: first.slice(2) }] },
			{ items: [{ text: "No." }] },
		]);
	});

	it("ends before a prompt that is drawn without its sign until it is echoed", () => {
		const first = ["{grey}> First{/}", "", "● One.", ""];
		const sitting = new Sitting()
			.shows(box())
			.sends("First")
			.shows(...first, box())
			.sends("And then?", first.join("\n"))
			.shows(...first, "  {dim}And then?{/}", "", SPINNER, box())
			.shows(...first, "{grey}> And then?{/}", "", "● Two.", "", box());
		expect(sitting.ends()).toMatchObject([{ items: [{ text: "One." }] }, { items: [{ text: "Two." }] }]);
	});

	it("begins below a prompt with a word in colour, whose sign is painted plainly", () => {
		const first = ["{dim}> First{/}", "", "● One.", ""];
		const second = "> {dim}What do you {grey}think{/}{dim}?{/}";
		const sitting = new Sitting()
			.shows(box())
			.sends("First")
			.shows(...first, box())
			.sends("What do you think?", first.join("\n"))
			.shows(...first, "{dim}> What do you think?{/}", "", SPINNER, box())
			.shows(...first, second, "", "● Two.", "", box());
		expect(sitting.ends()).toMatchObject([{ items: [{ text: "One." }] }, { items: [{ text: "Two." }] }]);
	});

	it("is not the rest of a printed output whose beginning never stood on the screen", () => {
		const rows = Array.from({ length: 14 }, (_, index) => `     row ${index + 40}`);
		const sitting = new Sitting({ fullscreen: true }).shows(box()).sends("!seq 53");
		sitting.shows("▓{grey}! seq 53{/}", "", SPINNER, box()).shows(...rows, "", box());
		sitting.shows(...rows.slice(2), "", "● Many rows.", "", box());
		const [turn] = sitting.ends();
		expect(turn).toMatchObject({ items: [{ kind: "tool", name: "Bash" }, { text: "Many rows." }] });
		expect(turn?.items[0]).toMatchObject({ output: expect.stringContaining("row 53") });
	});

	it("is not the short one before, though it begins with the same word and its prompt has left the screen", () => {
		const answer = "● Done. The next step is small, and it is the same as before.";
		const sitting = new Sitting({ rows: 8 }).shows(box()).sends("yes").shows("▓❯ yes", "● Done.", box());
		sitting.sends("continue", "● Done.").shows("● Done.", "▓❯ continue", SPINNER, box());
		sitting.shows(answer, "", box());
		expect(sitting.ends()).toMatchObject([
			{ prompt: { text: "yes" }, items: [{ text: "Done." }] },
			{ prompt: { text: "continue" }, items: [{ text: answer.slice(2) }] },
		]);
	});

	it("is no longer for what a resize left of it above the lines that are painted anew", () => {
		const notes = Array.from(
			{ length: 12 },
			(_, n) => `note ${n} is about the bed number ${n * 7} and its row ${n * 13}`,
		);
		const rows = notes.map((note, n) => (n === 0 ? `● ${note}` : `  ${note}`));
		const sitting = new Sitting()
			.shows(box())
			.sends("Tell me")
			.shows("▓❯ Tell me", "", ...rows, "", SPINNER, box());
		// The program goes up as many rows as it drew, though there are more by now, and paints its own rows again.
		sitting.resizes(38, 20);
		sitting.writes("\u001b[4;1H\u001b[J").prints(...rows.slice(5), "  and so it ends", "", box());
		const [turn] = sitting.ends();
		const said = turn?.items.map((item) => ("text" in item ? item.text.replace(/\s+/gu, " ") : ""));
		expect(said).toEqual([[...notes, "and so it ends"].join(" ")]);
	});

	it("begins below a prompt whose first word is painted in many colours, the background behind it alone", () => {
		const first = ["▓> First", "", "● One.", ""];
		const second = ["> {red}u{green}l{grey}tra{/} about the peas and what", "▓  they need in summer"];
		const sitting = new Sitting()
			.shows(box())
			.sends("First")
			.shows(...first, box())
			.sends("ultra about the peas and what they need in summer", first.join("\n"))
			.shows(...first, ...second, "", "● Two.", "", box());
		expect(sitting.ends()).toMatchObject([{ items: [{ text: "One." }] }, { items: [{ text: "Two." }] }]);
	});

	it("is not what a command of the person's own printed, when its prompt has scrolled away", () => {
		const rows = Array.from({ length: 30 }, (_, index) =>
			index === 0 ? "  ⎿ {grey} row 1{/}" : `     row ${index + 1}`,
		);
		const sitting = new Sitting()
			.shows(box())
			.sends("!seq 30")
			.shows("▓{grey}! seq 30{/}", ...rows, "", box());
		sitting.sends("What was that?", rows.slice(14).join("\n"));
		sitting.shows(...rows.slice(16), "", "▓❯ What was that?", "", SPINNER, box());
		sitting.shows(...rows.slice(18), "", "▓❯ What was that?", "", "● Thirty rows.", box());
		expect(sitting.ends()).toMatchObject([
			{ prompt: { text: "seq 30", kind: "bash" }, items: [{ kind: "tool", name: "Bash" }] },
			{ items: [{ text: "Thirty rows." }] },
		]);
	});

	it("gives no words of a menu that lies over its end", () => {
		const rows = Array.from(
			{ length: 8 },
			(_, index) => `  line ${index} of the answer, which has some words`,
		);
		const answer = ["▓❯ Tell me", "", "● Here it is:", ...rows];
		const menu = ["{grey}  ❯ /clear        Start anew{/}", "{grey}    /compact      Free up context{/}"];
		const sitting = new Sitting({ fullscreen: true })
			.shows(box())
			.sends("Tell me")
			.shows(...answer, "", box())
			.shows(...answer.slice(2, -2), ...menu, box("/c"));
		expect(sitting.ends()).toMatchObject([
			{ items: [{ text: ["Here it is:", ...rows.map((row) => row.trim())].join("\n") }] },
		]);
	});

	it("does not grow by what a key scrolls back to", () => {
		const rows = Array.from(
			{ length: 24 },
			(_, index) => `  line ${index} of the answer, which has some words`,
		);
		const sitting = new Sitting({ fullscreen: true })
			.shows(box())
			.sends("Tell me")
			.shows("▓❯ Tell me", "", "● Here:", ...rows.slice(0, 12), "", SPINNER, box())
			.shows(...rows.slice(8), "", box())
			.shows(...rows.slice(3, 18), SPINNER, box());
		expect(sitting.ends()).toMatchObject([
			{ items: [{ text: ["Here:", ...rows.map((row) => row.trim())].join("\n") }] },
		]);
	});

	it("keeps an answer when its prompt is pinned over the middle of it", () => {
		const rows = Array.from(
			{ length: 30 },
			(_, index) => `  line ${index} of the answer, which has some words`,
		);
		const sitting = new Sitting({ fullscreen: true })
			.shows(box())
			.sends("Tell me")
			.shows(
				"▓{grey}❯{/}\u001b[48;2;55;55;55m {white}Tell me",
				"",
				"● Here:",
				...rows.slice(0, 12),
				"",
				SPINNER,
				box(),
			)
			.shows(...rows.slice(8, 23), box())
			.shows(...rows.slice(17), "", box())
			.shows("▓{grey}❯ Tell me", ...rows.slice(20), "", box());
		expect(sitting.ends()).toMatchObject([
			{ items: [{ text: ["Here:", ...rows.map((row) => row.trim())].join("\n") }] },
		]);
	});

	it("is not ended by a prompt that only waits, however it is drawn", () => {
		const waiting = "▓{grey}❯ And then?{/}";
		const sitting = new Sitting({ fullscreen: true })
			.shows(box())
			.sends("Tell me")
			.shows("▓❯ Tell me", "", "● One", "", SPINNER, box())
			.shows("▓❯ Tell me", "", "● One", "", box("And then?"))
			.types("And then?\r")
			.shows(
				"▓❯ Tell me",
				"",
				"● One two",
				"",
				waiting,
				"{grey}  ⎿  Queued · press to send now{/}",
				box("", "  esc to interrupt"),
			)
			.shows("▓❯ Tell me", "", "● One two three", "", box());
		expect(sitting.ends()).toMatchObject([
			{ prompt: { text: "Tell me" }, items: [{ text: "One two three" }] },
		]);
	});

	it("marks a turn interrupted that Esc stopped", () => {
		const sitting = new Sitting()
			.shows(box())
			.sends("Count")
			.shows("▓❯ Count", "", "● One, two", "", SPINNER, box());
		sitting
			.types("\u001b")
			.shows(
				"▓❯ Count",
				"",
				"● One, two",
				"  {grey}⎿  Interrupted · What should Claude do instead?{/}",
				"",
				box(),
			);
		expect(sitting.ends()).toMatchObject([{ status: "interrupted", items: [{ text: "One, two" }] }]);
	});

	it("gives no turn to the menus that cover the box", () => {
		const sitting = new Sitting().shows(box()).sends("Hi").shows("▓❯ Hi", "", "● Hello.", "", box());
		sitting.shows("▓❯ Hi", "", "● Hello.", "", box("/", "  /clear   Start anew\n  /compact Keep a summary"));
		expect(sitting.ends()).toHaveLength(1);
	});
});

describe("tools", () => {
	const call = [
		"{green}●{/} {b}Bash{/}(ls -la)",
		"  {grey}⎿ {/} beds.txt",
		"     {grey}… +12 lines (ctrl+o to expand){/}",
	].join("\n");

	it("have their name, input, output, and what the screen held back", () => {
		const sitting = new Sitting().shows(box()).sends("Look").shows("▓❯ Look", "", SPINNER, box());
		sitting.shows("▓❯ Look", "", call, "", "● One file.", "", box());
		expect(sitting.ends()[0]?.items).toMatchObject([
			{ kind: "tool", name: "Bash", input: "ls -la", output: "beds.txt", truncated: true, status: "ok" },
			{ kind: "assistant", text: "One file." },
		]);
	});

	it("keep their call free of a result that hangs from a sign nobody knows", () => {
		const tool = ["{green}●{/} {b}Bash{/}(ls)", "  ↳  beds.txt", "     plan.md", "", "● Two files."];
		const sitting = new Sitting()
			.shows(box())
			.sends("List")
			.shows("▓❯ List", "", ...tool, "", box());
		expect(sitting.ends()[0]?.items).toMatchObject([
			{ kind: "tool", name: "Bash", input: "ls" },
			{ kind: "notice", text: "↳  beds.txt\n   plan.md", confidence: 0.4 },
			{ kind: "assistant", text: "Two files." },
		]);
	});

	it("are as many as the helpers that worked at once", () => {
		const group = [
			"{green}●{/} 2 agents finished",
			"   ├ Count beds · 0 tool uses",
			"   │ ⎿  Done",
			"   └ Sow · 3 tool uses",
		];
		const sitting = new Sitting()
			.shows(box())
			.sends("Help")
			.shows("▓❯ Help", "", ...group, "", "● Done.", "", box());
		expect(sitting.ends()[0]?.items).toMatchObject([
			{ kind: "tool", name: "Task", input: "Count beds" },
			{ kind: "tool", name: "Task", input: "Sow" },
			{ kind: "assistant", text: "Done." },
		]);
	});

	it("of an old look are stopped where nobody refused them", () => {
		const tool = ["{green}●{/} {b}Bash{/}(sleep 30)", "  ⎿  No (tell Claude what to do differently)"];
		const sitting = new Sitting()
			.shows(box())
			.sends("Wait")
			.shows("▓❯ Wait", "", ...tool, "", box());
		expect(sitting.ends()).toMatchObject([{ status: "interrupted" }]);
	});

	it("that were folded keep the names they showed while they ran", () => {
		const folded = (text: string, below: readonly string[] = []) => [
			"▓❯ Look",
			"",
			`  {grey}${text}{/}`,
			...below,
			"",
			SPINNER,
			box(),
		];
		const sitting = new Sitting().shows(box()).sends("Look").shows("▓❯ Look", "", SPINNER, box());
		sitting.shows(...folded("Reading 1 file…", ["  {grey}⎿  beds.txt{/}"]));
		sitting.shows(...folded("Reading 1 file, running 1 shell command…", ["  {grey}⎿  $ wc -l beds.txt{/}"]));
		sitting.shows("▓❯ Look", "", "  {grey}Read 1 file, ran 1 shell command{/}", "", "● Two beds.", "", box());
		expect(sitting.ends()[0]?.items).toMatchObject([
			{ kind: "tool", name: "Read", input: "beds.txt" },
			{ kind: "tool", name: "Bash", input: "wc -l beds.txt" },
			{ kind: "assistant", text: "Two beds." },
		]);
	});
});

describe("permission dialogs", () => {
	const above = ["▓❯ Protect it", "", "{green}●{/} {b}Bash{/}(chmod 600 beds.txt)"].join("\n");
	const asked = () =>
		new Sitting({ rows: 24 })
			.shows(box())
			.sends("Protect it")
			.shows("▓❯ Protect it", "", SPINNER, box())
			.shows(above, "", dialog(0));
	const after = [above, "  {grey}⎿ {/} (No output)", "", "● It is safe now.", "", box()];

	it("tell the question, the options, the choice and how long it took", () => {
		const [turn] = asked()
			.types("\r")
			.shows(...after)
			.ends();
		expect(turn?.items.find((item) => item.kind === "permission")).toMatchObject({
			question: "Do you want to proceed?",
			tool: "Bash",
			options: ["Yes", "Yes, and don’t ask again for: chmod *", "No"],
			choice: "Yes",
			decisionMs: 1000,
		});
	});

	it("tell the option under the cursor when Enter took it", () => {
		const [turn] = asked()
			.types("\u001b[B")
			.shows(above, "", dialog(1))
			.types("\r")
			.shows(...after)
			.ends();
		expect(turn?.items.find((item) => item.kind === "permission")).toMatchObject({
			choice: "Yes, and don’t ask again for: chmod *",
		});
	});

	it("tell the option whose number was typed", () => {
		const [turn] = asked()
			.types("3")
			.shows(...after)
			.ends();
		expect(turn?.items.find((item) => item.kind === "permission")).toMatchObject({ choice: "No" });
	});

	it("tell no choice when Esc dismissed them", () => {
		const [turn] = asked()
			.types("\u001b")
			.shows(...after)
			.ends();
		expect(turn?.items.find((item) => item.kind === "permission")).not.toHaveProperty("choice");
	});

	it("belong to the prompt that was sent, though its echo is drawn only after them", () => {
		const first = "▓❯ Hi\n\n● Hello.";
		const sitting = new Sitting({ rows: 26 }).shows(box()).sends("Hi").shows(first, "", box());
		sitting.sends("Protect it", first).shows(first, "", SPINNER, "", box()).shows(first, "", dialog(0));
		sitting
			.shows(first, "", above, "", dialog(0))
			.types("\r")
			.shows(first, "", ...after);
		expect(
			sitting.ends().map((turn) => turn.items.filter((item) => item.kind === "permission").length),
		).toEqual([0, 1]);
	});

	it("tell the words of a refusal whole, though their end is drawn after Enter", () => {
		const saying = (words: string) => dialog(2).replace("3. No", `3. No, ${words}`);
		const asking = asked().types("\u001b[B\u001b[B").shows(above, "", saying("keep i"));
		const [turn] = asking
			.types("t\r")
			.shows(above, "", saying("keep it"))
			.shows(...after)
			.ends();
		expect(turn?.items.find((item) => item.kind === "permission")).toMatchObject({ choice: "No, keep it" });
	});

	it("are one however often a resize takes them away and paints them anew", () => {
		const asked = "▓❯ Protect it\n\n{green}●{/} {b}Bash{/}(chmod 600 beds.txt)\n";
		const sitting = new Sitting()
			.shows(box())
			.sends("Protect it")
			.shows(asked, dialog(0))
			.shows(asked, box())
			.shows(asked, dialog(0))
			.types("\r")
			.shows(asked, "  ⎿  done", "", box());
		const permissions = sitting.ends()[0]?.items.filter((item) => item.kind === "permission");
		expect(permissions).toMatchObject([{ question: "Do you want to proceed?", choice: "Yes" }]);
	});

	it("about a plan stand below a rule of their own", () => {
		const plan = [
			"▔".repeat(60),
			"",
			"   {b}Exit plan mode?{/}",
			"",
			"    Claude wants to exit plan mode",
			"",
			"    ❯ 1. Yes, and switch to default",
			"      2. No",
		];
		const asked = ["▓❯ Plan it", "", "● I would sort the beds.", ""];
		const sitting = new Sitting({ fullscreen: true })
			.shows(box())
			.sends("Plan it")
			.shows(...asked, ...plan)
			.types("\r")
			.shows(...asked, "{green}●{/} Exited plan mode", "", "● I begin.", "", box());
		expect(sitting.ends()[0]?.items).toMatchObject([
			{ kind: "assistant", text: "I would sort the beds." },
			{ kind: "permission", tool: "ExitPlanMode", choice: "Yes, and switch to default" },
			{ kind: "notice", text: "Exited plan mode" },
			{ kind: "assistant", text: "I begin." },
		]);
	});

	it("are one when a resize left half of them and they are painted below it", () => {
		const [turn] = asked()
			.resizes(38, 24)
			.prints(dialog(0))
			.resizes(60, 24)
			.prints(dialog(0))
			.types("\r")
			.ends();
		const items = turn?.items.filter((item) => item.kind === "permission");
		expect(items).toMatchObject([{ choice: "Yes" }]);
	});

	it("are two where the same is asked again", () => {
		const tool = "{green}●{/} {b}Bash{/}(chmod 600 beds.txt)";
		const once = `▓❯ Protect it\n\n${tool}\n  ⎿  done\n`;
		const sitting = new Sitting()
			.shows(box())
			.sends("Protect it")
			.shows("▓❯ Protect it", "", tool, dialog(0))
			.shows(once, box())
			.shows(once, "", tool, dialog(0))
			.shows(once, "", tool, "  ⎿  done", "", box());
		expect(sitting.ends()[0]?.items.filter((item) => item.kind === "permission")).toHaveLength(2);
	});

	it("are in the turn while they are open, without a choice", () => {
		expect(asked().turns[0]?.items.find((item) => item.kind === "permission")).not.toHaveProperty("choice");
	});
});
