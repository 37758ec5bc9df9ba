import fc from "fast-check";
import { expect, test } from "vitest";
import { setInDotenv, unsetInDotenv } from "../../src/cli/settings/edit-dotenv.ts";
import { parseDotenv } from "../../src/config/dotenv.ts";

test("a value takes the place of the old one, and every comment stays", () => {
	const text = "# mine\nLOG_LEVEL=info # for now\n\nexport CTRACE_COLLECT = 'own'   # why\n# end\n";
	const level = setInDotenv(text, "LOG_LEVEL", "debug");
	expect(level).toBe(text.replace("LOG_LEVEL=info", "LOG_LEVEL=debug"));
	expect(setInDotenv(level, "COLLECT", "off")).toBe(
		"# mine\nLOG_LEVEL=debug # for now\n\nexport CTRACE_COLLECT=off   # why\n# end\n",
	);
});

test("a new one stands behind the comment that explains it, else at the end", () => {
	const text = "# How much it tells\n# LOG_LEVEL=info\n\n# COLLECT=own\n";
	expect(setInDotenv(text, "LOG_LEVEL", "warn")).toBe(
		"# How much it tells\n# LOG_LEVEL=info\nLOG_LEVEL=warn\n\n# COLLECT=own\n",
	);
	expect(setInDotenv(text, "PAGER", "less -R")).toBe(`${text}PAGER=less -R\n`);
	expect(setInDotenv("", "PAGER", "")).toBe("PAGER=\n");
});

test("of several lines the one that counts is changed, and all are taken out", () => {
	const text = "LOG_LEVEL=info\nCTRACE_LOG_LEVEL=warn\nLOG_LEVEL=debug\nOTHER=1";
	expect(setInDotenv(text, "LOG_LEVEL", "error")).toBe(
		"LOG_LEVEL=info\nCTRACE_LOG_LEVEL=error\nLOG_LEVEL=debug\nOTHER=1\n",
	);
	expect(unsetInDotenv(text, "LOG_LEVEL")).toBe("OTHER=1\n");
});

test("whatever is written is read back, and nothing else changes", () => {
	const line = fc.string({ unit: "grapheme" }).filter((text) => !/[\p{Cc}\u2028\u2029]/u.test(text));
	const lines = fc.array(
		fc.oneof(
			line,
			fc.constantFrom("A=1", "A='x y' # z", 'export A="q\\"" #', "# A=2", "CTRACE_A=5", "B='#'"),
		),
	);
	fc.assert(
		fc.property(lines, line, (before, value) => {
			const text = before.join("\n");
			const after = setInDotenv(text, "A", value);
			const { A: _a, CTRACE_A: _prefixed, ...rest } = parseDotenv(text);
			const { A, CTRACE_A, ...restAfter } = parseDotenv(after);
			expect(CTRACE_A ?? A).toBe(value);
			expect(restAfter).toEqual(rest);
			const comments = (all: string) => all.split("\n").filter((one) => one.trimStart().startsWith("#"));
			expect(comments(after)).toEqual(comments(text));
		}),
	);
});
