import { describe, expect, test } from "vitest";
import type { Command } from "../../src/cli/command.ts";
import { parseArguments } from "../../src/cli/parse-arguments.ts";

const COMMAND: Command = {
	path: ["look"],
	operands: "[WORD]",
	summary: "",
	examples: [],
	options: [
		{ name: "limit", letter: "n", value: "N", summary: "" },
		{ name: "status", value: "STATUS", choices: ["complete", "lost"], summary: "" },
		{ name: "json", letter: "j", summary: "" },
	],
	run: () => 0,
};

function parsed(...words: string[]) {
	const args = parseArguments(COMMAND, words);
	return [args.operands, args.text("limit"), args.text("status"), args.has("json")];
}

describe("a command's words", () => {
	test.each([
		[
			["a", "b"],
			[["a", "b"], undefined, undefined, false],
		],
		[
			["--limit", "3", "a"],
			[["a"], "3", undefined, false],
		],
		[
			["--limit=3", "a"],
			[["a"], "3", undefined, false],
		],
		[
			["-n", "3"],
			[[], "3", undefined, false],
		],
		[["-n3"], [[], "3", undefined, false]],
		[["-n=3"], [[], "3", undefined, false]],
		[
			["--limit", "-3"],
			[[], "-3", undefined, false],
		],
		[["--limit=--json"], [[], "--json", undefined, false]],
		[["--limit=a=b\nc"], [[], "a=b\nc", undefined, false]],
		[
			["--limit", "1", "--limit", "2"],
			[[], "2", undefined, false],
		],
		[
			["a", "--json", "b"],
			[["a", "b"], undefined, undefined, true],
		],
		[
			["-j", "--status", "lost"],
			[[], undefined, "lost", true],
		],
		[
			["-", "-1", "-.5"],
			[["-", "-1", "-.5"], undefined, undefined, false],
		],
		[
			["--json", "--", "--limit", "-x"],
			[["--limit", "-x"], undefined, undefined, true],
		],
		[
			["--limit", "-"],
			[[], "-", undefined, false],
		],
		[
			["", "007", "0x10", "true"],
			[["", "007", "0x10", "true"], undefined, undefined, false],
		],
	])("%j", (words, expected) => {
		expect(parsed(...words)).toEqual(expected);
	});

	test.each([
		[["--limit"], "--limit needs a value"],
		[["--limit="], "--limit needs a value"],
		[["--limit", "--json"], "--limit needs a value"],
		[["--limit", "--"], "--limit needs a value"],
		[["-n"], "--limit needs a value"],
		[["--json=yes"], "--json takes no value"],
		[["-jn"], "--json takes no value"],
		[["--no-json"], "unknown option --no-json"],
		[["--n", "3"], "unknown option --n"],
		[["-x"], "unknown option -x"],
		[["--__proto__"], "unknown option --__proto__"],
		[["--status", "found"], "--status cannot be"],
	])("%j is a mistake: %s", (words, message) => {
		expect(() => parsed(...words)).toThrow(message);
	});

	test("help is always an option", () => {
		expect(parseArguments(COMMAND, ["-h"]).has("help")).toBe(true);
		expect(parseArguments(COMMAND, ["--help"]).has("help")).toBe(true);
	});
});
