import type { Case } from "./cases.ts";
import { MAX_LINES } from "./rules.ts";

export const DIALECT_CASES: readonly Case[] = [
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
