// Pictures that were painted halfway, never had room for all, or look like their neighbours.
import { describe, expect, it } from "vitest";
import { box, paint, Sitting } from "../support/sitting.ts";

const SPINNER = "{grey}✻ Thinking… (esc to interrupt){/}";

function painted(...drawings: readonly string[]): string {
	return new TextDecoder().decode(paint(drawings.join("\n"), 60)).replace("\u001b[H\u001b[2J", "");
}

describe("an odd picture", () => {
	it("takes an interruption back that the program painted over and worked on after", () => {
		const stopped = ["  {grey}⎿  Interrupted · What should Claude do instead?{/}", ""];
		const before = ["▓❯ Count", "", "● One, two", ...stopped];
		const sitting = new Sitting({ fullscreen: true })
			.shows(box())
			.sends("Count")
			.shows("▓❯ Count", "", "● One, two", "", SPINNER, box());
		sitting.types("\u001b").shows(...before, box());
		// The new prompt's picture, half painted: below it stands what was there before.
		sitting.sends("Go on").shows(...before, "▓❯ Go on", "", ...stopped, box("Go on"));
		sitting.shows(...before, "▓❯ Go on", "", SPINNER, box("", "  esc to interrupt"));
		sitting.shows(...before, "▓❯ Go on", "", "● Three.", "", box());
		expect(sitting.ends()).toMatchObject([
			{ status: "interrupted" },
			{ status: "complete", items: [{ text: "Three." }] },
		]);
	});

	it("gives a turn to an answer whose prompt a small window never had room for, nor anybody at work", () => {
		const before = ["  first frost of the season arrives, and", "  our tired postman waters the north.", ""];
		const sitting = new Sitting({ fullscreen: true, cols: 40, rows: 8 })
			.shows(box())
			.sends("Tell me more")
			.shows("▓❯ Tell me more", "", SPINNER, box())
			.shows(...before, box())
			.sends("Enough", before.join("\n"))
			.shows("", "● Even ten rows can be a lot.", "", "{grey}✻ Crunched for 0s{/}", box());
		expect(sitting.ends()).toMatchObject([
			{ prompt: { text: "Tell me more" } },
			{ prompt: { text: "Enough" }, items: [{ text: "Even ten rows can be a lot." }] },
		]);
	});

	it("is read once where the whole conversation was printed several times in it", () => {
		const welcome = ["╭─────────────╮", "│ ✻ Welcome to Claude Code! │", "╰─────────────╯", ""];
		const before = [...welcome, "{grey}> First{/}", "", "● One.", ""];
		const sitting = new Sitting({ rows: 7 })
			.shows(...welcome, box())
			.sends("First")
			.shows(...before, box())
			.types("Enough\r");
		const asked = [...before, "{grey}> Enough{/}", ""];
		const wipe = "\u001b[2J\u001b[3J\u001b[H";
		sitting.writes(
			[
				[...asked, SPINNER, "", box()],
				[...asked, "● Yes.", "", SPINNER, "", box()],
				[...asked, "● Yes.", "", box()],
			]
				.map((rows) => `${wipe}${painted(...rows)}`)
				.join(""),
		);
		expect(sitting.ends()).toMatchObject([
			{ prompt: { text: "First" } },
			{ prompt: { text: "Enough" }, items: [{ text: "Yes." }] },
		]);
	});

	it("gives a turn to an answer that stands below the one before, its prompt off the screen again", () => {
		const before = ["● One, two, three, four, five, six and seven.", "", "{grey}✻ Crunched for 2s{/}", ""];
		const sitting = new Sitting({ fullscreen: true, rows: 14 })
			.shows(box())
			.sends("Count")
			.shows("▓❯ Count", "", SPINNER, "", box())
			.shows(...before, box())
			.sends("Is that all?", before.join("\n"))
			.shows(...before, "● Nothing was lost.", "", "{grey}✻ Crunched for 0s{/}", "", box());
		expect(sitting.ends()).toMatchObject([
			{ prompt: { text: "Count" }, items: [{ text: "One, two, three, four, five, six and seven." }] },
			{ prompt: { text: "Is that all?" }, items: [{ text: "Nothing was lost." }] },
		]);
	});

	it("gives thinking to the answer where it is as grey as the prompt above it", () => {
		const sitting = new Sitting()
			.shows(box())
			.sends("When?")
			.shows(
				"{grey}> When?{/}",
				"",
				"{grey}✻ Thinking…{/}",
				"",
				"  {grey}About frost.{/}",
				"",
				SPINNER,
				"",
				box(),
			)
			.shows(
				"{grey}> When?{/}",
				"",
				"{grey}✻ Thinking…{/}",
				"",
				"  {grey}About frost.{/}",
				"",
				"● Late.",
				"",
				box(),
			);
		expect(sitting.ends()).toMatchObject([
			{
				prompt: { text: "When?" },
				items: [
					{ kind: "thinking", text: "About frost." },
					{ kind: "assistant", text: "Late." },
				],
			},
		]);
	});
});
