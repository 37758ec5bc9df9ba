import type { Case } from "./cases.ts";

export const SINK_CASES: readonly Case[] = [
	{
		rule: "nothing but the listed places writes a file",
		at: "recorder/notes.ts",
		bad: 'import { appendFileSync } from "node:fs";\nexport const note = (text: string) => appendFileSync("/var/log/x", text);\n',
		good: 'import { readFileSync } from "node:fs";\nexport const read = (path: string) => readFileSync(path, "utf8");\n',
		says: 'imports appendFileSync of "node:fs": bytes leave the process only where',
		line: 1,
	},
	{
		rule: "the whole of a module that writes is not taken either",
		at: "cli/all.ts",
		bad: 'import * as fs from "node:fs";\nexport const write = (text: string) => fs.writeFileSync("x", text);\n',
		good: "",
		says: 'imports "node:fs": bytes leave',
	},
	{
		rule: "no connection is opened",
		at: "cli/ask.ts",
		bad: 'export const ask = (text: string) => fetch("http://127.0.0.1", { body: text });\n',
		good: "",
		says: "calls fetch: bytes leave",
	},
	{
		rule: "no program is started",
		at: "recorder/run.ts",
		bad: 'import { spawn } from "node:child_process";\nexport const run = (text: string) => spawn("logger", [text]);\n',
		good: 'import type { ChildProcess } from "node:child_process";\nexport type Child = ChildProcess;\n',
		says: 'imports "node:child_process": bytes leave',
	},
	{
		rule: "one module of the store holds the connection",
		at: "store/second.ts",
		bad: 'import Database from "better-sqlite3";\nexport const open = (path: string) => new Database(path);\n',
		good: 'import type Database from "better-sqlite3";\nexport type Db = Database.Database;\n',
		says: 'imports "better-sqlite3": bytes leave',
	},
];
