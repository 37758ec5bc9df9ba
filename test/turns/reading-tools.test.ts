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

	it.each([
		['pattern: "*.txt"', "Glob"],
		['pattern: "src/**/*.ts", path: "src"', "Glob"],
		['pattern: "import .*from", path: "src"', "Grep"],
	])("that search are told apart by what they look for: %s", (input, name) => {
		const tool = [`{green}●{/} {b}Search{/}(${input})`, "  ⎿  Found 1 file"];
		const sitting = new Sitting().shows(box()).sends("Search");
		sitting.shows("▓❯ Search", "", ...tool, "", box());
		expect(sitting.ends()).toMatchObject([{ items: [{ kind: "tool", name, input }] }]);
	});

	it("of an old look are stopped where nobody refused them", () => {
		const tool = ["{green}●{/} {b}Bash{/}(sleep 30)", "  ⎿  No (tell Claude what to do differently)"];
		const sitting = new Sitting()
			.shows(box())
			.sends("Wait")
			.shows("▓❯ Wait", "", ...tool, "", box());
		expect(sitting.ends()).toMatchObject([{ status: "interrupted" }]);
	});

	it("that are folded while they run are named, though their bullet blinks and the window begins above them", () => {
		const group = (sign: string) => `${sign} Reading {b}1{/} file… {grey}(ctrl+o to expand){/}`;
		const above = ["▓❯ Read", "", "● I read."];
		const sitting = new Sitting().shows(box()).sends("Read");
		for (const rows of [[group("{grey}●{/}")], [group(" ")], [group("{grey}●{/}"), "  {grey}⎿ {/} frost.md"]])
			sitting.shows(...above, "", ...rows, "", SPINNER, "", box());
		sitting.shows(
			...above,
			"",
			"  {grey}Read 1 file{/} {grey}(ctrl+o to expand){/}",
			"",
			"● Done.",
			"",
			box(),
		);
		expect(sitting.ends()[0]?.items).toMatchObject([
			{ kind: "assistant", text: "I read." },
			{ kind: "tool", name: "Read", input: "frost.md" },
			{ kind: "assistant", text: "Done." },
		]);
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

describe("a folded group that says what was done", () => {
	it.each([
		"Committed 1a2b3c4, ran 1 shell command",
		"Pushed to main",
		"Created PR #12",
		"Ran agent · Count lines",
	])("is no answer in grey, and one in plain words: %s", (line) => {
		const said = (painted: string) => {
			const sitting = new Sitting().shows(box()).sends("Run");
			return sitting.shows("▓❯ Run", "", "● So:", "", `  ${painted}`, "", box()).ends()[0]?.items;
		};
		expect(said(`{grey}${line}{/}`)).toMatchObject([{ text: "So:" }, { kind: "tool", input: line }]);
		expect(said(line)).toMatchObject([{ kind: "assistant", text: `So:\n\n${line}` }]);
	});
});

describe("a folded group of which some failed", () => {
	const ended = (line: string) => {
		const sitting = new Sitting().shows(box()).sends("Run");
		return sitting.shows("▓❯ Run", "", `  {grey}${line}{/}`, "", "● Done.", "", box()).ends()[0]?.items[0];
	};

	it.each([
		["Ran 1 shell command · 1 failed", "error"],
		["Searched for 2 patterns, ran 1 shell command · 3 failed", "error"],
		["Ran 3 shell commands · 1 failed", "ok"],
		["Ran 3 shell commands", "ok"],
	])("%s: its calls ended with %s", (line, status) => {
		expect(ended(line)).toMatchObject({ kind: "tool", status });
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

	it("tell it without the sign that 1.0 sets behind what was taken", () => {
		const [turn] = asked()
			.types("\u001b[B")
			.shows(above, "", dialog(1))
			.types("\r")
			.shows(above, "", dialog(1).replace("chmod *", "chmod *✔"))
			.shows(...after)
			.ends();
		expect(turn?.items.find((item) => item.kind === "permission")).toMatchObject({
			options: ["Yes", "Yes, and don’t ask again for: chmod *", "No"],
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
			{ kind: "tool", name: "ExitPlanMode", status: "ok" },
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
