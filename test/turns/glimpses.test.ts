import { describe, expect, it } from "vitest";
import type { Entry, EntryKind } from "../../src/turns/entry.ts";
import { addGlimpse, type Glimpses, noteGlimpses, runOrdinals } from "../../src/turns/glimpses.ts";
import { look } from "../support/sitting.ts";

const entry = (kind: EntryKind, results: readonly string[] = [], isRunning = true): Entry => ({
	kind,
	pattern: kind,
	text: kind,
	results: results.map((text) => ({ text })),
	isRunning,
});

function noted(...screens: readonly (readonly Entry[])[]) {
	return screens.reduce<Glimpses>((known, entries) => noteGlimpses(look(), known, entries), new Map());
}

describe("the tools that a folded group names for a moment", () => {
	it("are remembered in the order they were seen, a command by its dollar sign", () => {
		const seen = noted(
			[entry("group", ["beds.txt"])],
			[entry("group", ["$ wc -l beds.txt"])],
			[entry("group", ['"frost"'])],
		);
		expect(seen.get(0)).toEqual([
			{ name: "Read", input: "beds.txt" },
			{ name: "Bash", input: "wc -l beds.txt" },
			{ name: "Grep", input: "frost" },
		]);
	});

	it("are commands also where no dollar sign says so", () => {
		const seen = noted(
			[entry("group", ["wc -l shed-5.txt; echo counted"])],
			[entry("group", ["notes/a.md"])],
		);
		expect(seen.get(0)).toEqual([
			{ name: "Bash", input: "wc -l shed-5.txt; echo counted" },
			{ name: "Read", input: "notes/a.md" },
		]);
	});

	it("are one when the same name is seen again, cut by the edge or whole", () => {
		const cut = addGlimpse(new Map(), 0, { name: "Bash", input: "python3 plan.py --har…" });
		const whole = addGlimpse(cut, 0, { name: "Bash", input: "python3 plan.py --harvest" });
		expect(whole.get(0)).toEqual([{ name: "Bash", input: "python3 plan.py --harvest" }]);
		expect(addGlimpse(whole, 0, { name: "Bash", input: "python3 plan…" })).toBe(whole);
	});

	it("are no tools when the line says how it goes, or when the group no longer runs", () => {
		for (const words of [
			"Waiting…",
			"Interrupted · What should Claude do instead?",
			"… +3 lines",
			"Error: Exit code 1",
		]) {
			expect(noted([entry("group", [words])]).size).toBe(0);
		}
		expect(noted([entry("group", ["beds.txt"], false)]).size).toBe(0);
	});

	it("belong to their own run of tools: an answer between two groups ends the first", () => {
		const entries = [
			entry("assistant"),
			entry("group"),
			entry("tool"),
			entry("notice"),
			entry("group"),
			entry("assistant"),
			entry("group"),
		];
		expect(runOrdinals(entries)).toEqual([undefined, 0, 0, undefined, 0, undefined, 1]);
	});
});
