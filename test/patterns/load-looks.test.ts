import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compileLookFiles, loadLook } from "../../src/patterns/load-looks.ts";

const good = (match: string) =>
	`patterns:\n  - id: one\n    kind: prompt\n    seen: 2.0\n    match: '${match}'\n    examples: { yes: ['> a'] }\n`;

function directoryWith(text: string): string {
	const directory = mkdtempSync(join(tmpdir(), "ctrace-looks-"));
	writeFileSync(join(directory, "look.yml"), text);
	return directory;
}

const regexes = (directory: string) => loadLook(directory).patterns.prompt.map(({ regex }) => regex.source);

describe("the compiled looks", () => {
	it("are what the files say, and count only while the files are the same", () => {
		const directory = directoryWith(good("^> "));
		compileLookFiles(directory);
		expect(regexes(directory)).toEqual(["^> "]);
		writeFileSync(join(directory, "look.yml"), good("^> a"));
		expect(regexes(directory)).toEqual(["^> a"]);
	});

	it("are ignored when they are damaged", () => {
		const directory = directoryWith(good("^> "));
		writeFileSync(join(directory, "compiled.json"), "[");
		expect(regexes(directory)).toEqual(["^> "]);
	});
});

describe("a look that is wrong", () => {
	it("stops the load, naming the file or the pattern", () => {
		expect(() => loadLook(directoryWith("patterns: 3"))).toThrow(/look\.yml/);
		expect(() => loadLook(directoryWith(good("^x")))).toThrow(/one must match "> a"/);
		expect(() => loadLook("/nowhere/at/all")).toThrow(/cannot read the patterns/);
	});
});
