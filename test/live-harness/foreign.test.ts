// Recordings made by others are judged by the truth that stands beside them.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { foreignRecordings, judgeForeign } from "../live/foreign.ts";
import { box, look, paint } from "../support/sitting.ts";

const folder = mkdtempSync(join(tmpdir(), "ctrace-foreign-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SCREENS = [
	box(),
	box("Which bed is free?"),
	["▓❯ Which bed is free?", "", "{green}●{/} {b}Read{/}(beds.txt)", "  ⎿  Read 2 lines", "", box()].join(
		"\n",
	),
	[
		"▓❯ Which bed is free?",
		"",
		"{green}●{/} {b}Read{/}(beds.txt)",
		"  ⎿  Read 2 lines",
		"",
		"● The north one.",
		"",
		box(),
	].join("\n"),
];

function write(name: string, turns: readonly object[]): string {
	const file = join(folder, name);
	const events = SCREENS.map((screen, index) =>
		JSON.stringify([index + 1, "o", new TextDecoder().decode(paint(screen, 60))]),
	);
	writeFileSync(file, [JSON.stringify({ version: 2, width: 60, height: 20 }), ...events].join("\n"));
	mkdirSync(join(folder, "truth"), { recursive: true });
	writeFileSync(
		join(folder, "truth", `${name}.json`),
		JSON.stringify({ claudeVersion: "2.1.49 (about)", turns }),
	);
	return file;
}

const asked = { role: "user", text: "Which bed is free?" };
const answered = { role: "assistant", text: "The north one." };

it("passes a recording that reads as the person wrote it down", () => {
	const file = write("good.cast", [asked, { role: "tool", tool: "Read", input: "beds.txt" }, answered]);
	writeFileSync(join(folder, "without-truth.cast"), "");
	expect(foreignRecordings(folder)).toEqual([file]);
	expect(judgeForeign(file, look())).toMatchObject({
		look: "2.1.49",
		scenario: "good.cast",
		outcome: { missed: [], score: { prompts: { found: 1, of: 1 }, tools: { found: 1, of: 1 }, recall: 1 } },
	});
});

it.each([
	["prompts", [{ ...asked, text: "Which bed is taken?" }, answered]],
	["recall", [asked, { ...answered, text: "The north one and the south one." }]],
	["tools", [asked, { role: "tool", tool: "Read", input: "paths.txt" }, answered]],
])("fails one whose %s are not as written", (column, turns) => {
	const { outcome } = judgeForeign(write("bad.cast", turns), look());
	expect(outcome).toMatchObject({ missed: expect.arrayContaining([column]) });
});
