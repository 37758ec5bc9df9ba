// What the screen shows and what the person does, and the turns that come of it. Screens are drawings (test/support/sitting.ts).
import { describe, expect, it } from "vitest";
import { box, Sitting } from "../support/sitting.ts";

const SPINNER = "{grey}✻ Thinking… (esc to interrupt){/}";

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
		for (const note of ["  ⎿  Queued · press to send now", "  ctrl+x ctrl+s to send now"]) {
			const sitting = new Sitting({ fullscreen: true })
				.shows(box())
				.sends("Tell me")
				.shows("▓❯ Tell me", "", "● One", "", SPINNER, box())
				.shows("▓❯ Tell me", "", "● One", "", box("And then?"))
				.types("And then?\r")
				.shows("▓❯ Tell me", "", "● One two", "", waiting, `{grey}${note}{/}`, box("", "  esc to interrupt"))
				.shows("▓❯ Tell me", "", "● One two three", "", box());
			expect(sitting.ends(), note).toMatchObject([
				{ prompt: { text: "Tell me" }, items: [{ text: "One two three" }] },
			]);
		}
	});

	describe("with a tool at work", () => {
		const running = [
			"▓❯ Wait",
			"",
			"{green}●{/} {b}Bash{/}(sleep 30)",
			"  {grey}⎿ {/} Running…",
			"",
			SPINNER,
			"",
			box(),
		];
		const folded = ["▓❯ Wait", "", "  {grey}Ran 1 shell command{/}", "", box()];
		const waiting = () =>
			new Sitting()
				.shows(box())
				.sends("Wait")
				.shows(...running);

		it("is interrupted where Esc stopped it, though no word is left of that", () => {
			expect(
				waiting()
					.types("\u001b")
					.shows(...folded)
					.ends(),
			).toMatchObject([{ status: "interrupted" }]);
		});

		it("is complete where the tool ended by itself", () => {
			expect(
				waiting()
					.shows(...folded)
					.ends(),
			).toMatchObject([{ status: "complete" }]);
		});
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
