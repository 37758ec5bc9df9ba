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

	it("is no turn's where a draft is given up beside an answer that grows, though nobody recorded the keys", () => {
		const rows = ["● One", "  two", "  three", "  four"];
		const busy = box("", "  esc to interrupt");
		const sitting = new Sitting({ fullscreen: true }).shows(box()).shows(box("Count"));
		sitting.shows("▓❯ Count", "", ...rows.slice(0, 1), "", busy);
		sitting.shows("▓❯ Count", "", ...rows.slice(0, 3), "", box("a draft"));
		sitting.shows("▓❯ Count", "", ...rows, "", busy);
		expect(sitting.prompts).toEqual(["Count"]);
	});

	it("is the last one where the command that ends the program stood in the box, though nobody recorded the keys", () => {
		const sitting = new Sitting().shows(box()).shows(box("/exit"));
		expect(sitting.ends()).toMatchObject([{ prompt: { kind: "slash", text: "/exit" }, items: [] }]);
	});

	it("is of a prompt that was typed faster than it was painted", () => {
		const sitting = new Sitting({ fullscreen: true, cols: 40, rows: 8 })
			.shows(box())
			.types("Sho")
			.shows(box("S"))
			.types("w me more\r")
			.shows("  our tired postman waters the north.", "", SPINNER, box());
		expect(sitting.prompts).toEqual(["Show me more"]);
	});

	it("belongs to the prompt that is pinned above it, also when a later answer reads much like it", () => {
		const beds = ["bean", "pea", "leek", "kale", "beet", "dill", "mint", "sage"];
		const row = (n: number, bed: string) => beds.map((each) => `${each}${bed}${n}`).join(" ");
		const notes = (place: string) =>
			Array.from({ length: 8 }, (_, n) => [`${place} ${n}:`, row(n, "a"), row(n, "b"), row(n, "c")])
				.flat()
				.map((text) => `  ${text}`);
		const [cellar, attic] = [notes("cellar"), notes("attic")];
		const away = "                    Jump to bottom (ctrl+End) ↓";
		const sitting = new Sitting({ fullscreen: true })
			.shows(box())
			.sends("The cellar")
			.shows("▓❯ The cellar", "", "● Here:", ...cellar.slice(0, 12), "", SPINNER, box())
			.shows(...cellar.slice(6, 20), "", SPINNER, box())
			.shows(...cellar.slice(16, 32), "", SPINNER, box())
			.shows(...cellar.slice(25), "", box())
			.sends("The attic", cellar.slice(25).join("\n"))
			.shows("▓❯ The attic", "", "● Here:", ...attic.slice(0, 12), "", SPINNER, box())
			.shows("▓❯ The cellar", ...cellar.slice(5, 18), away, box())
			.shows(...attic.slice(10, 24), "", SPINNER, box())
			.shows(...attic.slice(16, 32), "", SPINNER, box())
			.shows(...attic.slice(25), "", box());
		const words = (texts: readonly string[]) => texts.join(" ").trim().split(/\s+/u);
		const said = sitting.ends().map(({ items }) => items.map((item) => ("text" in item ? item.text : "")));
		expect(said.map(words)).toEqual([words(["Here:", ...cellar]), words(["Here:", ...attic])]);
	});

	it("is read once where the program began it anew, half painted, and its first rows had scrolled off", () => {
		const rows = Array.from(
			{ length: 20 },
			(_, n) => `  row ${n} has words of its own, such as ${n * n + 7}`,
		);
		const sitting = new Sitting({ rows: 12 })
			.shows(box())
			.sends("Tell me")
			.writes(`\u001b[H\u001b[2J${painted("▓❯ Tell me", "", "● Here:", ...rows)}`)
			.shows(...rows.slice(6), box());
		expect(sitting.ends()).toMatchObject([
			{ items: [{ text: ["Here:", ...rows.map((row) => row.trim())].join("\n") }] },
		]);
	});

	it("asks nothing again that only stood in the box on the way to an older prompt", () => {
		const before = ["▓❯ Roses?", "", "● Sun.", "", "▓❯ Lilies?", "", "● Sun, too.", ""];
		const sitting = new Sitting()
			.shows(box())
			.sends("Roses?")
			.shows(...before.slice(0, 4), box())
			.sends("Lilies?", before.slice(0, 4).join("\n"))
			.shows(...before, box());
		sitting.types("\u001b[A").shows(...before, box("Lilies?"));
		sitting.types("\u001b[A").shows(...before, box("Roses?"));
		sitting.types("\r").shows(...before, "▓❯ Roses?", "", SPINNER, box());
		// Taken off the screen for a moment, with all that stands below it.
		sitting.shows(...before).shows(...before, "▓❯ Roses?", "", "● Still sun.", "", box());
		expect(sitting.prompts).toEqual(["Roses?", "Lilies?", "Roses?"]);
	});

	it("is of the prompt sent last where it showed a bullet before any word, and an older answer reads the same", () => {
		const before = ["▓❯ continue", "", "● Done. The next step is small.", ""];
		const sitting = new Sitting()
			.shows(box())
			.sends("continue")
			.shows(...before, box())
			.sends("yes", before.join("\n"))
			.shows(...before, "▓❯ yes", "", "● Yes.", "", box())
			.sends("continue", [...before, "▓❯ yes", "", "● Yes.", ""].join("\n"))
			.shows("▓❯ yes", "", "● Yes.", "", "▓❯ continue", "", SPINNER, box())
			.shows("▓❯ yes", "", "● Yes.", "", "▓❯ continue", "", "{white}●{/}", "", SPINNER, box())
			.shows(...before, box());
		expect(sitting.ends().map(({ items }) => items.length)).toEqual([1, 1, 1]);
		expect(sitting.turns.at(-1)).toMatchObject({ items: [{ text: "Done. The next step is small." }] });
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
