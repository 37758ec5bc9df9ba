// Calls of a server's tools and questions of the model's, as newer versions show them: folded, and by names for people.
import { describe, expect, it } from "vitest";
import { box, Sitting } from "../support/sitting.ts";

const SPINNER = "{grey}✻ Thinking… (esc to interrupt){/}";
const ASKED = "▓❯ How many beds?";

function dialog(selected: number, ...asked: readonly string[]): string {
	const options = ["Yes", "Yes, and don't ask again for garden", "No"];
	const rows = options.map((text, index) => ` ${index === selected ? "❯" : " "} ${index + 1}. ${text}`);
	return ["────", ...asked, "", " Do you want to proceed?", ...rows, "", " Esc to cancel"].join("\n");
}

const BY_CALL = [
	" {b}Tool use{/}",
	"",
	'   garden - count_beds(side: "north") (MCP)',
	"   {grey}Counts beds{/}",
];
const DOTS = "╌".repeat(60);
const BY_NAME = [
	" {b}Tool use{/}",
	" {b}garden — Count Beds Tool: (MCP){/}",
	DOTS,
	' side: "north"',
	DOTS,
	" About the garden — Count Beds Tool:",
	" │ Counts beds",
];

function asking(title: readonly string[], running: string): Sitting {
	return new Sitting({ rows: 26 })
		.shows(box())
		.sends("How many beds?")
		.shows(ASKED, "", SPINNER, "", box())
		.shows(ASKED, "", "● I count.", "", running, "", dialog(0, ...title));
}

const CALL = { kind: "tool", name: "mcp__garden__count_beds", input: 'side: "north"' };

describe("a call of a server's tool", () => {
	const looks = [
		[
			"below its title",
			BY_CALL,
			"  Calling garden… (ctrl+o to expand)",
			"  {grey}Called garden (ctrl+o to expand){/}",
		],
		[
			"in a title further down",
			[
				" {b}Tool use{/}",
				"",
				"   {b}garden — Count Beds Tool: (MCP){/}",
				"",
				'   {grey}side:{/} "north"',
				"",
				"   About it:",
			],
			"  Calling garden…",
			"  {grey}Called{/} {grey}garden{/}",
		],
		["in its title", BY_NAME, "{grey}●{/} Calling garden…", "  {grey}Called{/} {grey}garden{/}"],
	] as const;

	it.each(looks)(
		"that a dialog names %s has Claude Code's own name, and its group is no answer",
		(_, title, running, done) => {
			const sitting = asking(title, running).types("\r");
			sitting.shows(ASKED, "", "● I count.", "", done, "", "● Seven beds.", "", box());
			expect(sitting.ends()[0]?.items).toMatchObject([
				{ kind: "assistant", text: "I count." },
				{ kind: "permission", tool: CALL.name, choice: "Yes" },
				{ ...CALL, status: "ok" },
				{ kind: "assistant", text: "Seven beds." },
			]);
		},
	);

	it("is rejected where the dialog was answered with no, though a folded group does not say so", () => {
		const refused = [
			"  {grey}Did not run 1 call{/}",
			'  {grey}⎿ {/} {grey}garden - count_beds (MCP)(side: "north"){/}',
			"  {grey}⎿ {/} {grey}Interrupted · What should Claude do instead?{/}",
		];
		const sitting = asking(BY_NAME, "{grey}●{/} Calling garden…").types("3");
		sitting.shows(ASKED, "", "● I count.", "", ...refused, "", box());
		expect(sitting.ends()[0]?.items).toMatchObject([
			{ kind: "assistant", text: "I count." },
			{ kind: "permission", tool: CALL.name, choice: "No" },
			{ ...CALL, status: "rejected" },
		]);
	});

	it("is a group where nobody was asked", () => {
		const sitting = new Sitting().shows(box()).sends("How many beds?");
		sitting.shows(
			ASKED,
			"",
			"  {grey}Called garden 2 times (ctrl+o to expand){/}",
			"",
			"● Seven.",
			"",
			box(),
		);
		expect(sitting.ends()[0]?.items).toMatchObject([
			{ kind: "tool", name: "Group", input: "Called garden 2 times" },
			{ kind: "assistant", text: "Seven." },
		]);
	});

	it("is not what an answer says in plain words", () => {
		const sitting = new Sitting().shows(box()).sends("How many beds?");
		sitting.shows(ASKED, "", "● I asked.", "", "  Called garden", "", box());
		expect(sitting.ends()[0]?.items).toMatchObject([
			{ kind: "assistant", text: "I asked.\n\nCalled garden" },
		]);
	});
});

describe("a page to be fetched", () => {
	it("is one call, though its dialog says its address otherwise than its line", () => {
		const title = [" {b}Fetch{/}", "", '   url: "https://example.org/weather", prompt: "Tell the weather"'];
		const line = "{green}●{/} {b}Fetch{/}(https://example.org/weather)";
		const sitting = new Sitting({ rows: 26, cols: 80 })
			.shows(box())
			.sends("How many beds?")
			.shows(ASKED, "", SPINNER, "", box())
			.shows(ASKED, "", "● I look.", "", line, "", dialog(0, ...title))
			.types("\r")
			.shows(ASKED, "", "● I look.", "", line, "  {grey}⎿ {/} Received 2KB", "", "● Rain.", "", box());
		expect(sitting.ends()[0]?.items).toMatchObject([
			{ kind: "assistant", text: "I look." },
			{ kind: "permission", tool: "WebFetch", choice: "Yes" },
			{ kind: "tool", name: "WebFetch", input: "https://example.org/weather", status: "ok" },
			{ kind: "assistant", text: "Rain." },
		]);
	});
});

describe("questions of the model's", () => {
	it.each([
		"{white}●{/} User declined to answer questions",
		"{grey}●{/} Declined to answer Claude's questions:",
	])("are a refused call where they were not answered: %s", (line) => {
		const sitting = new Sitting().shows(box()).sends("How many beds?");
		sitting.shows(ASKED, "", line, "", box());
		expect(sitting.ends()[0]?.items).toMatchObject([{ name: "AskUserQuestion", status: "rejected" }]);
	});

	it.each([
		["alone", " ☐ Vegetable"],
		["of several", "←  ☐ Vegetable  ☐ Water  ✔ Submit  →"],
	])("are no permissions, whatever their words, %s", (_, tabs) => {
		const options = ["❯ 1. Beans", "     They climb", "  2. Leeks", "  3. Type something.", ""];
		const asks = [
			"────",
			tabs,
			"",
			"Do you want beans or leeks?",
			"",
			...options,
			"Enter to select · Esc to cancel",
		];
		const sitting = new Sitting({ rows: 26 }).shows(box()).sends("How many beds?");
		sitting.shows(ASKED, "", SPINNER, "", box()).shows(ASKED, "", "● One question.", "", ...asks);
		sitting.types("\r").shows(ASKED, "", "● One question.", "", "● Beans.", "", box());
		expect(sitting.ends()[0]?.items).toMatchObject([
			{ kind: "assistant", text: "One question." },
			{ kind: "assistant", text: "Beans." },
		]);
	});

	it.each([
		["white", "{white}●{/}\u00a0User answered Claude's questions:"],
		["grey", "{grey}●{/} Answered Claude's questions:"],
	])("are a call with what was answered, below a bullet in %s", (_, title) => {
		const sitting = new Sitting().shows(box()).sends("How many beds?");
		const answer = "  {grey}⎿ {/} {grey}· Which bed? → The north one{/}";
		sitting.shows(ASKED, "", "● One question first.", "", title, answer, "", "● Seven.", "", box());
		expect(sitting.ends()[0]?.items).toMatchObject([
			{ kind: "assistant", text: "One question first." },
			{ kind: "tool", name: "AskUserQuestion", output: "· Which bed? → The north one", status: "ok" },
			{ kind: "assistant", text: "Seven." },
		]);
	});
});
