import { describe, expect, it } from "vitest";
import { optionFor, readDialog } from "../live/dialog.ts";

const PLAIN = `
 Bash command
   rm -f beds.txt
 Do you want to proceed?
   1. Yes
 ❯ 2. Yes, and don't ask again for rm commands in
   /home/ada/garden
   3. No

 Esc to cancel · Tab to amend`;

const BOXED = `
│ Do you want to create plan.md?            │
│ ❯ 1. Yes                                  │
│   2. No, and tell Claude what to do (esc) │
╰───────────────────────────────────────────╯`;

describe("reading a permission dialog", () => {
	it("finds the question, the options over all their rows, and the selected one", () => {
		const dialog = readDialog(PLAIN);
		expect(dialog?.question).toBe("Do you want to proceed?");
		expect(dialog?.options.map((option) => option.label)).toEqual([
			"Yes",
			"Yes, and don't ask again for rm commands in /home/ada/garden",
			"No",
		]);
		expect(dialog?.options.find((option) => option.isSelected)?.digit).toBe("2");
	});

	it("reads the one that older versions draw in a box", () => {
		const dialog = readDialog(BOXED);
		expect(dialog === undefined ? "" : optionFor(dialog, "no")?.digit).toBe("2");
		expect(dialog === undefined ? "" : optionFor(dialog, "always")).toBeUndefined();
	});

	it("goes on past a blank row that a long option leaves before the next one", () => {
		const gap = PLAIN.replace("commands in\n   /home/ada/garden", "commands in /home/ada/garden\n");
		expect(readDialog(gap)?.options.map((option) => option.digit)).toEqual(["1", "2", "3"]);
	});

	it("takes an unfinished dialog or a question in prose for none", () => {
		expect(readDialog(PLAIN.slice(0, PLAIN.indexOf("3. No")))).toBeUndefined();
		expect(readDialog("Do you want to proceed? That is a question.\n❯ ")).toBeUndefined();
	});
});
