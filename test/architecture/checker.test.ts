// Proves the checker itself: small invented trees, each breaking one rule, and next to each the way that is allowed.
import { expect, test } from "vitest";
import { ASKING_CASES } from "./cases-asking.ts";
import { DIALECT_CASES } from "./cases-dialect.ts";
import { IMPORT_CASES } from "./cases-imports.ts";
import { SINK_CASES } from "./cases-sinks.ts";
import { checkArchitecture } from "./check.ts";
import { readSource } from "./syntax.ts";
import { report } from "./violation.ts";

const DEPENDENCIES = ["better-sqlite3", "hono", "zod", "left-over"];

function check(tree: Record<string, string>): string {
	return report(checkArchitecture({ sources: new Map(Object.entries(tree)), dependencies: DEPENDENCIES }));
}

test.each([...IMPORT_CASES, ...ASKING_CASES, ...DIALECT_CASES, ...SINK_CASES])(
	"the checker knows the rule: $rule",
	({ at, bad, good, says, line, beside }) => {
		const path = `src/${at}`;
		const broken = check({ ...beside, [path]: bad });
		expect(broken).toContain(says);
		expect(broken).toContain(`${path}:${line ?? ""}`);
		if (good !== "") expect(check({ ...beside, [path]: good })).toBe("");
	},
);

test("masking itself may make Masked values", () => {
	expect(check({ "src/masking/mask.ts": "export const a = (x: string) => x as Masked<string>;\n" })).toBe("");
});

test("a circle of three files is told once", () => {
	const told = check({
		"src/store/a.ts": 'import { b } from "./b.ts";\nexport const a = () => b;\n',
		"src/store/b.ts": 'import { c } from "./c.ts";\nexport const b = () => c;\n',
		"src/store/c.ts": 'import { a } from "./a.ts";\nexport const c = () => a;\n',
	});
	expect(told.split("\n")).toHaveLength(1);
});

test("the report counts lines in a file with characters of every width", () => {
	const text = '// 日本語 🧭 é\r\n// ✻ second\nimport type { A } from "./gone.ts";\nexport type B = A;\n';
	expect(check({ "src/store/wide.ts": text })).toContain("src/store/wide.ts:3: imports the types of");
});

test("an import of which only types are taken is a type import however it is written", () => {
	const text =
		'import type { A } from "./a.ts";\nimport { type B } from "./b.ts";\nexport type { C } from "./c.ts";\n';
	expect(readSource("src/x.ts", text).imports.map((one) => one.typeOnly)).toEqual([true, true, true]);
});

test("one value among the types makes it an import of values", () => {
	const text = 'import { type A, b } from "./a.ts";\nexport { type C, d } from "./c.ts";\nimport "./e.ts";\n';
	expect(readSource("src/x.ts", text).imports.map((one) => one.typeOnly)).toEqual([false, false, false]);
});

test("a file that does not parse is an error and not an empty file", () => {
	expect(() => check({ "src/store/broken.ts": "import { from ;;\n" })).toThrow();
});
