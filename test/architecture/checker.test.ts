// Proves the checker itself: small invented trees, each breaking one rule, and next to each the way that is allowed.
import { expect, test } from "vitest";
import { checkArchitecture } from "./check.ts";
import { MAX_LINES } from "./rules.ts";
import { readSource } from "./syntax.ts";
import { report } from "./violation.ts";

const DEPENDENCIES = ["better-sqlite3", "yargs", "zod", "left-over"];

function check(tree: Record<string, string>): string {
	return report(checkArchitecture({ sources: new Map(Object.entries(tree)), dependencies: DEPENDENCIES }));
}

interface Case {
	readonly rule: string;
	/** The file that breaks it; every case is checked as `src/<at>`. */
	readonly at: string;
	readonly bad: string;
	readonly good: string;
	/** What the report says besides file and line. */
	readonly says: string;
	readonly line?: number;
	readonly beside?: Record<string, string>;
}

const A_STAGE = {
	"src/screen/screen.ts": "export class Screen {}\n",
	"src/store/store.ts": "export class Store {}\n",
};

const CASES: readonly Case[] = [
	{
		rule: "a stage does not import a later one",
		at: "screen/settle.ts",
		bad: 'import type { Screen } from "./screen.ts";\nimport { Store } from "../store/store.ts";\nexport type A = Screen | Store;\n',
		good: 'import { Screen } from "./screen.ts";\nexport const make = () => new Screen();\n',
		says: 'imports "../store/store.ts": screen may import core, terminal (types), and not store',
		line: 2,
		beside: A_STAGE,
	},
	{
		rule: "a stage sees the types of the one before it and calls nothing of it",
		at: "turns/stitch.ts",
		bad: 'import { Screen } from "../screen/screen.ts";\nexport const make = () => new Screen();\n',
		good: 'import type { Screen } from "../screen/screen.ts";\nexport type Of = Screen;\n',
		says: "turns may see screen's types only",
		beside: A_STAGE,
	},
	{
		rule: "readers of the store do not import one another, not even a type",
		at: "sync/plan.ts",
		bad: 'import type { Page } from "../web/page.ts";\nexport type Of = Page;\n',
		good: 'import type { Store } from "../store/store.ts";\nexport type Of = Store;\n',
		says: 'imports the types of "../web/page.ts": sync may import core, store (types), and not web',
		beside: { ...A_STAGE, "src/web/page.ts": "export interface Page {}\n" },
	},
	{
		rule: "a type named with import(…) counts like any other import",
		at: "screen/settle.ts",
		bad: 'export type A = import("../store/store.ts").Store;\n',
		good: 'export type A = import("./screen.ts").Screen;\n',
		says: 'imports the types of "../store/store.ts"',
		beside: A_STAGE,
	},
	{
		rule: "a re-export and a dynamic import count like any other import",
		at: "screen/settle.ts",
		bad: 'export * from "../store/store.ts";\nexport const later = () => import("../store/store.ts");\n',
		good: 'export * from "./screen.ts";\nexport const later = () => import("./screen.ts");\n',
		says: "src/screen/settle.ts:2",
		beside: A_STAGE,
	},
	{
		rule: "the wrapper does not load the store",
		at: "wrap/main.ts",
		bad: 'import { Store } from "../store/store.ts";\nnew Store();\n',
		good: 'import { relay } from "../terminal/relay.ts";\nrelay();\n',
		says: "wrap may import core, config, terminal, and not store",
		beside: { ...A_STAGE, "src/terminal/relay.ts": "export function relay() {}\n" },
	},
	{
		rule: "nothing imports composition",
		at: "store/path.ts",
		bad: 'import { run } from "../cli/run.ts";\nexport const go = () => run();\n',
		good: 'import { Store } from "./store.ts";\nexport const go = () => new Store();\n',
		says: "cli puts stages together: nothing imports it from store",
		beside: { ...A_STAGE, "src/cli/run.ts": "export function run() {}\n" },
	},
	{
		rule: "a new folder needs a row in the table",
		at: "magic/wand.ts",
		bad: "export const wand = 1;\n",
		good: "",
		says: 'stage "magic" is unknown',
	},
	{
		rule: "a package has one owner",
		at: "recorder/pipe.ts",
		bad: 'import Database from "better-sqlite3";\nexport const open = () => new Database("x");\n',
		good: 'import { z } from "zod";\nexport const shape = z.string();\n',
		says: 'imports "better-sqlite3": only src/store may import it',
	},
	{
		rule: "a part of a package belongs to the package's owner",
		at: "store/args.ts",
		bad: 'import { hideBin } from "yargs/helpers";\nexport const args = (argv: string[]) => hideBin(argv);\n',
		good: 'import { z } from "zod/v4";\nexport const shape = z.string();\n',
		says: "only src/cli may import it",
	},
	{
		rule: "a package nobody owns yet is not used",
		at: "store/pad.ts",
		bad: 'import { pad } from "left-over";\nexport const padded = () => pad(1);\n',
		good: "",
		says: "left-over has no owner yet",
	},
	{
		rule: "a package that users do not get is not imported",
		at: "store/pad.ts",
		bad: 'import { test } from "vitest";\nexport const padded = () => test;\n',
		good: "",
		says: "vitest is not in package.json's dependencies",
	},
	{
		rule: "Node's modules carry their prefix",
		at: "store/path.ts",
		bad: 'import { join } from "path";\nexport const at = () => join("a");\n',
		good: 'import { join } from "node:path";\nexport const at = () => join("a");\n',
		says: '"node:path"',
	},
	{
		rule: "relative imports carry .ts",
		at: "store/path.ts",
		bad: 'import { Store } from "./store";\nexport const make = () => new Store();\n',
		good: 'import { Store } from "./store.ts";\nexport const make = () => new Store();\n',
		says: "names the file, with .ts",
		beside: A_STAGE,
	},
	{
		rule: "a relative import leads to a file",
		at: "store/path.ts",
		bad: 'import { Store } from "./gone.ts";\nexport const make = () => new Store();\n',
		good: "",
		says: "there is no src/store/gone.ts",
	},
	{
		rule: "sources import nothing outside src",
		at: "cli/version.ts",
		bad: 'import manifest from "../../package.json";\nexport const version = manifest;\n',
		good: "",
		says: "src imports nothing outside src",
	},
	{
		rule: "no circles, types included",
		at: "store/a.ts",
		bad: 'import type { B } from "./b.ts";\nexport interface A { b: B }\n',
		good: "export interface A { b: string }\n",
		says: "src/store/a.ts → src/store/b.ts → src/store/c.ts → src/store/a.ts",
		beside: {
			"src/store/b.ts": 'import type { C } from "./c.ts";\nexport interface B { c: C }\n',
			"src/store/c.ts": 'import type { A } from "./a.ts";\nexport interface C { a: A }\n',
		},
	},
	...["node:fs", "node:crypto", "node:path"].map((name) => ({
		rule: `turns import nothing of Node's (${name})`,
		at: "turns/read.ts",
		bad: `import * as it from "${name}";\nexport const use = () => it;\n`,
		good: `// "${name}" in a comment, and in a string:\nexport const use = () => 'import "${name}"';\n`,
		says: `imports "${name}": turns is pure`,
	})),
	...[
		"Date.now()",
		"new Date()",
		"Date()",
		"Math.random()",
		"performance.now()",
		"process.env",
		"setTimeout(() => {}, 1)",
		"globalThis.x",
		"(process as { pid: number }).pid",
		"({ process })",
	].map((code) => ({
		rule: `pure code does not say ${code}`,
		at: "masking/find.ts",
		bad: `export function find(): unknown {\n\treturn ${code};\n}\n`,
		good: "export const find = (at: { process: number; now(): number }) => [new Date(at.now()), at.process, Math.max(1)];\n",
		says: "masking is pure",
		line: 2,
	})),
	{
		rule: "the plan of a sync is pure",
		at: "sync/plan.ts",
		bad: "export const plan = () => Date.now();\n",
		good: "export const plan = (now: number) => now;\n",
		says: "src/sync/plan.ts:1: uses `Date.now`: a sync plan is decided purely",
	},
	...["process.env.HOME", "Date.now()", "Math.random()", "new Date()"].map((code) => ({
		rule: `only composition says ${code}`,
		at: "store/open.ts",
		bad: `export const open = () => ${code};\n`,
		good: "export const open = (env: NodeJS.Process['env'], wait: typeof setTimeout) => [env, wait];\n",
		says: "only composition asks the process, the clock or chance",
	})),
	{
		rule: "only composition takes random bytes",
		at: "store/open.ts",
		bad: 'import { randomBytes } from "node:crypto";\nexport const open = () => randomBytes(4);\n',
		good: 'import { createHash } from "node:crypto";\nexport const open = () => createHash("sha256");\n',
		says: 'imports "node:crypto": only composition',
	},
	{
		rule: "only composition imports the process as a module",
		at: "terminal/raw.ts",
		bad: 'import { stdin } from "node:process";\nexport const raw = () => stdin;\n',
		good: 'import type { ReadStream } from "node:tty";\nexport const raw = (stdin: ReadStream) => stdin;\n',
		says: 'imports "node:process": only composition',
	},
	...[
		'console.log("loaded");',
		"await Promise.resolve();",
		"if (1 < 2) throw new Error();",
		"for (const x of [1]) x;",
		'import { mkdirSync } from "node:fs";\nexport const made = mkdirSync("x");',
		'import * as fs from "node:fs";\nexport const read = [{ text: fs.promises.readFile("x") }];',
		"export const timer = setTimeout(() => {}, 1);",
		"export const now = (() => fetch('x'))();",
		"export class A {\n\tstatic {\n\t\tA.name;\n\t}\n}",
	].map((code) => ({
		rule: `importing a module does nothing: ${code.split("\n").at(-1)}`,
		at: "store/open.ts",
		bad: `${code}\n`,
		good: 'import { mkdirSync } from "node:fs";\nimport { join } from "node:path";\nexport const PLACES = new Set([join("a", "b")]);\nexport const make = () => mkdirSync("x");\nexport class A {\n\tat = mkdirSync("y");\n}\n',
		says: "importing a module does nothing",
	})),
	{
		rule: "no mutable state at the top of a module",
		at: "store/open.ts",
		bad: "let count = 0;\nexport const next = () => ++count;\n",
		good: "export const next = (count: number) => count + 1;\n",
		says: "no mutable state",
	},
	{
		rule: "a main.ts may act; no other file of its folder may",
		at: "wrap/run.ts",
		bad: "process.exitCode = 1;\n",
		good: "export const end = () => process.exit(1);\n",
		says: "only a main.ts acts",
		beside: { "src/wrap/main.ts": "process.exitCode = 1;\n" },
	},
	{
		rule: "a file has at most three hundred lines",
		at: "store/long.ts",
		bad: "// line\n".repeat(MAX_LINES + 1),
		good: "// line\n".repeat(MAX_LINES),
		says: `${MAX_LINES + 1} lines`,
		line: MAX_LINES + 1,
	},
	...[
		"export default class Store {}",
		"export default () => 1;",
		"const a = 1;\nexport { a as default };",
	].map((code) => ({
		rule: `no default exports: ${code}`,
		at: "store/open.ts",
		bad: `${code}\n`,
		good: "export const a = 'export default';\n",
		says: "no default exports",
	})),
	...[
		"export const a: any = 1;",
		"export const a = (x: any[]) => x;",
		"export type A = Record<string, any>;",
	].map((code) => ({
		rule: `no any: ${code}`,
		at: "store/open.ts",
		bad: `${code}\n`,
		good: "/** any: */\nexport const any = 'x as any';\n",
		says: "no any",
	})),
	...["x as unknown as string", "x as never as string", "(x as unknown) as string"].map((code) => ({
		rule: `no closing both of the compiler's eyes: ${code}`,
		at: "store/open.ts",
		bad: `export const a = (x: number) => ${code};\n`,
		good: "export const a = (x: unknown) => x as string;\n",
		says: "no `as unknown as`",
	})),
	...["as Masked<string>", "as readonly Masked<string>[]", "as { text: Masked<string> }"].map((cast) => ({
		rule: `only masking says that something is masked: ${cast}`,
		at: "store/open.ts",
		bad: `export const a = (x: never) => x ${cast};\n`,
		good: "export const a = (x: Masked<string>): Masked<string> => x;\n",
		says: "only src/masking makes a Masked value",
	})),
	{
		rule: "a type guard cannot make a Masked value either",
		at: "store/open.ts",
		bad: "export const a = (x: unknown): x is Masked<string> => true;\n",
		good: "export const a = (x: unknown): x is string => true;\n",
		says: "only src/masking makes a Masked value",
	},
	...["store/utils.ts", "store/helpers/a.ts", "turns/common.ts"].map((at) => ({
		rule: `a file's name says what is inside: ${at}`,
		at,
		bad: "export const a = 1;\n",
		good: "",
		says: "no utils, helpers, common",
	})),
	{
		rule: "file names are kebab-case",
		at: "store/openStore.ts",
		bad: "export const a = 1;\n",
		good: "",
		says: "kebab-case",
	},
	...[
		"class TurnManager {}",
		"interface SyncService {}",
		"const maskHelper = 1;",
		"function storeHelpers() {}",
	].map((code) => ({
		rule: `a name says what the thing does: ${code}`,
		at: "store/open.ts",
		bad: `export ${code}\n`,
		good: "export class TurnStitcher {}\n",
		says: "no Manager, Service, Helper",
	})),
	{
		rule: "no enums",
		at: "store/open.ts",
		bad: "export enum Kind { a }\n",
		good: 'export type Kind = "a";\n',
		says: "no enums",
	},
];

test.each(CASES)("the checker knows the rule: $rule", ({ at, bad, good, says, line, beside }) => {
	const path = `src/${at}`;
	const broken = check({ ...beside, [path]: bad });
	expect(broken).toContain(says);
	expect(broken).toContain(`${path}:${line ?? ""}`);
	if (good !== "") expect(check({ ...beside, [path]: good })).toBe("");
});

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
