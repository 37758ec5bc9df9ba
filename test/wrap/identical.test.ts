/** The wrapped command cannot be told from the bare one: every byte and the end are compared, from outside, on a real terminal. */
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Outside, type OutsideExit, temporaryHome, wrapped } from "../support/outside.ts";

interface Program {
	readonly name: string;
	readonly argv: readonly string[];
	/** What the person at the terminal does. */
	readonly play?: (at: Outside) => Promise<void>;
	/** Makes the output of a program that never says the same thing twice comparable. */
	readonly normalise?: (text: string) => string;
	/** A program that a bare machine may lack. */
	readonly needs?: string;
}

const home = temporaryHome();
const env = { CTRACE_HOME: join(home.path, "ctrace"), HOME: home.path, ENV: "", PS1: "$ " };
const node = process.execPath;
const program = (name: string) => resolve("test/wrap/programs", name);
const shell = (script: string, ...args: string[]) => ["sh", "-c", script, "sh", ...args];
const seed = join(home.path, "seed.bin");
const page = join(home.path, "page.txt");

const PROGRAMS: readonly Program[] = [
	{
		name: "an interactive shell",
		argv: ["sh", "-i"],
		play: async (at) => {
			await at.untilText("$ ");
			at.type("echo $((6*7))\r");
			await at.untilText("\n42\r\n$ ");
			at.type("exit 3\r");
		},
	},
	{
		name: "vim",
		needs: "vim",
		argv: ["vim", "-u", "NONE", "-i", "NONE", "-n", page],
		play: async (at) => {
			await at.untilText("line 10");
			at.type("ohello");
			await at.untilText("hello");
			at.type("\x1b:q!\r");
		},
	},
	{
		name: "less",
		needs: "less",
		argv: ["less", page],
		play: async (at) => {
			await at.untilText("line 10");
			at.type("G");
			await at.untilText("line 300");
			at.type("q");
		},
	},
	{
		name: "top",
		needs: "top",
		argv: ["top", "-b", "-n", "1", "-p", "1"],
		normalise: (text) =>
			text
				.replace(/[\d.,:]+/g, "#")
				.replace(/[# ]+/g, " ")
				.replace(/min|user(s|)|day(s|)/g, ""),
	},
	{
		name: "a full-screen program",
		argv: [node, program("full-screen.mjs")],
		play: async (at) => {
			await at.untilText("\x1b[6n");
			at.type("\x1b[2;1R");
			await at.untilText("2;1R");
			at.resize(100, 30);
			await at.untilText("100x30");
			at.type("\x1b[200~pasted\x1b[201~");
			await at.untilText("pasted");
			at.type("q");
		},
	},
	{
		name: "a dialog answered with arrow keys",
		argv: [node, program("menu.mjs")],
		play: async (at) => {
			await at.untilText("No");
			at.type("\x1b[B");
			await at.untilText("❯ Yes, always");
			at.type("\x1b[B");
			await at.untilText("❯ No");
			at.type("\r");
		},
	},
	{ name: "a fast flood", argv: ["seq", "1", "200000"] },
	{ name: "binary output", argv: ["cat", seed] },
	{ name: "a program that dies by SIGKILL", argv: shell("echo bye; kill -KILL $$") },
	{ name: "a program that dies by SIGSEGV", argv: shell("echo bye; kill -SEGV $$") },
	{ name: "a program that dies by SIGTERM", argv: shell("echo bye; kill -TERM $$") },
	{ name: "a program that aborts", argv: shell("echo bye; kill -ABRT $$") },
	{
		name: "a program interrupted with Ctrl-C",
		argv: shell("echo waiting; exec sleep 100"),
		play: async (at) => {
			await at.untilText("waiting");
			at.type("\x03");
		},
	},
	{
		name: "a program that asks for a password",
		argv: shell(
			"printf 'Password: '; stty -echo; printf '\\n* '; read p; stty echo; printf '\\n'; printf %s \"$p\" | wc -c",
		),
		play: async (at) => {
			await at.untilText("* ");
			at.type("sesame\r");
		},
	},
	{ name: "stty -a", argv: ["stty", "-a"] },
	{ name: "ls at a terminal", argv: ["ls", "-C", "src", "src/core"] },
	{
		name: "the Python prompt",
		needs: "python3",
		argv: ["env", "PYTHON_BASIC_REPL=1", "python3", "-q", "-I"],
		play: async (at) => {
			await at.untilText(">>> ");
			at.type("print('sum', 1 + 2)\r");
			await at.untilText("sum 3");
			at.type("\x04");
		},
	},
	{
		name: "cat, typed into",
		argv: shell("echo ready; exec cat"),
		play: async (at) => {
			await at.untilText("ready");
			at.type("first\r");
			await at.untilText("first\r\nfirst\r\n");
			at.type("second\r");
			await at.untilText("second\r\nsecond\r\n");
			at.type("\x04");
		},
	},
	{
		name: "a reaction to a new size",
		argv: shell("trap 'stty size; exit 5' WINCH; echo set; while :; do sleep 0.05; done"),
		play: async (at) => {
			await at.untilText("set");
			at.resize(91, 33);
			await at.untilText("33 91");
		},
	},
	{
		name: "wide and combined characters",
		argv: ["printf", "日本語 한국어 👩‍👩‍👧 e\u0301 \u202Eabc\\n\\r\\t\\b\\a\\f\\v\\n"],
	},
	{
		name: "a program that leaves the terminal raw",
		argv: shell("stty raw -echo; printf 'left\\nbehind\\n'"),
	},
	{ name: "a slow dribble", argv: [node, program("dribble.mjs")] },
	{ name: "no output at all", argv: ["true"] },
	{ name: "the highest exit code", argv: shell("exit 255") },
	{
		name: "writing to /dev/tty and to the error output",
		argv: shell("echo a; echo b >/dev/tty; echo c >&2; echo d"),
	},
	{ name: "a hidden cursor left on purpose", argv: ["printf", "\\033[?25l\\033[?1h\\033="] },
	{
		name: "strange arguments",
		argv: shell(
			'for a; do printf "<%s>\\n" "$a"; done',
			"--help",
			"",
			" x ",
			"a\nb",
			"*",
			"--",
			"$HOME",
			"é",
		),
	},
	{ name: "the environment", argv: shell("env | grep -v '^CTRACE_SESSION=' | sort; pwd; umask; echo $0") },
	{
		name: "another terminal's settings",
		argv: [...shell('stty -ixon erase ^H -echoctl; "$@"'), "wrapped:", ...shell("sleep 0.2; exec stty -a")],
	},
];

beforeAll(() => {
	writeFileSync(seed, randomBytes(300_000));
	writeFileSync(page, Array.from({ length: 300 }, (_, index) => `line ${index + 1}\n`).join(""));
});
afterAll(() => home.remove());

describe("a wrapped program", () => {
	for (const one of PROGRAMS) {
		const reason =
			one.needs !== undefined && !isInstalled(one.needs) ? ` (skipped: no ${one.needs} here)` : "";
		it.skipIf(reason !== "")(`sends the same bytes and ends the same way: ${one.name}${reason}`, async () => {
			const bare = await run(
				one,
				one.argv.filter((word) => word !== "wrapped:"),
			);
			const under = await run(one, wrapArgv(one.argv));
			if (one.normalise === undefined) expect(under.bytes.length).toBe(bare.bytes.length);
			const normalise = one.normalise ?? ((text: string) => text);
			// Compared outside `expect`: the difference of two floods would take minutes to print.
			expect(firstDifference(normalise(under.bytes), normalise(bare.bytes))).toBeUndefined();
			expect(under.exit).toEqual(bare.exit);
		});
	}

	it("is proved by at least twelve programs that every machine has", () => {
		expect(PROGRAMS.filter((one) => one.needs === undefined).length).toBeGreaterThanOrEqual(12);
	});
});

/** Wraps the whole command, or only what comes after the word `wrapped:`. */
function wrapArgv(argv: readonly string[]): string[] {
	const split = argv.indexOf("wrapped:");
	return split === -1 ? wrapped(...argv) : [...argv.slice(0, split), ...wrapped(...argv.slice(split + 1))];
}

/** The surroundings of the first byte that differs. */
function firstDifference(got: string, wanted: string): { got: string; wanted: string } | undefined {
	if (got === wanted) return undefined;
	let at = 0;
	while (got[at] === wanted[at]) at += 1;
	const around = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 40), at + 40));
	return { got: around(got), wanted: around(wanted) };
}

async function run(one: Program, argv: readonly string[]): Promise<{ bytes: string; exit: OutsideExit }> {
	const at = new Outside(argv, { env });
	await one.play?.(at);
	const exit = await at.exited;
	return { bytes: at.bytes.toString("latin1"), exit };
}

function isInstalled(name: string): boolean {
	try {
		execFileSync("sh", ["-c", `command -v ${name}`], { stdio: "ignore" });
		return true;
	} catch {
		return false;
	}
}
