/** A wrapped command at a terminal: what is recorded, and what the user is left with, whatever dies. */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { readLinuxState } from "../../src/terminal/process-state.ts";
import { killAtOnce } from "../support/kill.ts";
import { Outside, temporaryHome, wrapped } from "../support/outside.ts";
import { bytesOf, recorded, sessionsIn, untilLines } from "../support/recorded.ts";

const home = temporaryHome();
let store = "";
let count = 0;

beforeEach(() => {
	count += 1;
	store = join(home.path, `store-${count}`);
});
afterAll(() => home.remove());

function open(argv: readonly string[], options: { env?: NodeJS.ProcessEnv; blind?: boolean } = {}): Outside {
	const env = { CTRACE_HOME: store, HOME: home.path, ENV: "", PS1: "$ ", ...options.env };
	return new Outside(argv, { ...options, env });
}

describe("the record of a session", () => {
	it("has output, keys, sizes and the end, in order", async () => {
		const at = open(wrapped("sh", "-c", "echo ready; read a; stty size; exit 3"));
		await at.untilText("ready");
		at.resize(100, 30);
		await untilLines(store, (lines) => lines.some((line) => line.kind === "resize"));
		at.type("abc\r");
		expect(await at.exited).toEqual({ code: 3 });
		const lines = await recorded(store);
		expect(lines[0]?.start).toMatchObject({ attachment: "pty", transcripts: true });
		expect(bytesOf(lines, "output").equals(at.bytes)).toBe(true);
		expect(bytesOf(lines, "input").toString()).toBe("abc\r");
		expect(lines.find((line) => line.kind === "resize")).toMatchObject({ cols: 100, rows: 30 });
		expect(lines.at(-2)).toMatchObject({ kind: "exit", code: 3 });
		expect(lines.at(-1)).toMatchObject({ kind: "close", status: "complete" });
		const times = lines.slice(1).map((line) => line.at ?? Number.NaN);
		expect(times).toEqual([...times].sort((a, b) => a - b));
	});

	it("keeps every byte of a flood that ends at once, and so does the terminal, time after time", async () => {
		for (let round = 0; round < 3; round += 1) {
			store = join(home.path, `flood-${round}`);
			const at = open(wrapped("head", "-c", "3000000", "/dev/zero"));
			await at.exited;
			expect(at.bytes.length).toBe(3_000_000);
			const lines = await recorded(store);
			const lost = lines.reduce((sum, line) => sum + (line.lostBytes ?? 0), 0);
			expect(bytesOf(lines, "output").length + lost).toBe(3_000_000);
		}
	});

	it("says how the command died", async () => {
		const at = open(wrapped("sh", "-c", "kill -HUP $$"));
		expect(await at.exited).toEqual({ signal: "SIGHUP" });
		expect((await recorded(store)).at(-2)).toMatchObject({ kind: "exit", signal: "SIGHUP" });
	});

	it("has the piped input of Claude Code beside the keys of its keyboard", async () => {
		const folder = join(home.path, "bin");
		mkdirSync(folder, { recursive: true });
		const script =
			'#!/bin/sh\nwhile read -r l; do echo "piped $l"; done\nread -r k </dev/tty; echo "typed $k"; test -t 1 && echo tty\n';
		writeFileSync(join(folder, "claude"), script);
		chmodSync(join(folder, "claude"), 0o755);
		const env = { PATH: `${folder}:${process.env.PATH}` };
		const words = wrapped("claude")
			.map((word) => `'${word}'`)
			.join(" ");
		const at = open(["sh", "-c", `printf 'one\\ntwo\\n' | ${words}`], { env });
		await at.untilText("piped two");
		at.type("key\r");
		await at.exited;
		expect(at.text).toMatch(/piped one\r\npiped two\r\n(key\r\n)?typed key\r\ntty\r\n$/);
		expect(bytesOf(await recorded(store), "input").toString()).toBe("one\ntwo\nkey\r");
	});

	it("leaves an error output that goes elsewhere where it goes", async () => {
		const file = join(home.path, "errors");
		const words = wrapped("sh", "-c", "echo out; echo err >&2")
			.map((word) => `'${word}'`)
			.join(" ");
		const at = open(["sh", "-c", `${words} 2>'${file}'; cat '${file}'`]);
		await at.exited;
		expect(at.text).toBe("out\r\nerr\r\n");
	});
});

describe("when the wrapper is killed", () => {
	it.each([0, 40, 150])(
		"after %i ms of output, the session is closed as lost, with what was shown",
		async (ms) => {
			const at = open(wrapped("sh", "-c", "i=0; while :; do echo line $i; i=$((i+1)); sleep 0.01; done"));
			await at.untilText("line 0");
			await new Promise((resolve) => setTimeout(resolve, ms)); // the moment is what is being tested
			const shown = at.text;
			// The copy follows the mirror: once a later line is shown, everything before it has been handed over.
			await at.until((text) => text.length > shown.length + "line 0000".length, "a later line");
			process.kill(at.pid, "SIGKILL");
			const lines = await recorded(store);
			expect(lines.at(-1)).toMatchObject({ kind: "close", status: "lost" });
			expect(bytesOf(lines, "output").toString()).toContain(shown);
		},
	);

	it("the command's terminal is closed under it: nobody else holds it", async () => {
		const at = open(wrapped("sh", "-c", "echo pid $$; while :; do sleep 0.05; done"));
		await at.until((text) => /pid \d+\r/.test(text), "a pid");
		const pid = Number(/pid (\d+)/.exec(at.text)?.[1]);
		process.kill(at.pid, "SIGKILL");
		await recorded(store);
		await until(() => readLinuxState(pid) === undefined);
	});
});

describe("when the recorder", () => {
	it("is killed, the command goes on undisturbed and one line says what is missing", async () => {
		const at = open(wrapped("sh", "-c", "echo ready; read a; seq 1 5000; read b; exit 4"));
		await at.untilText("ready");
		const [first] = await untilLines(store, (lines) => lines.length > 0);
		await killAtOnce(first?.recorderPid ?? 0);
		at.type("go\r");
		await at.untilText("5000\r\n");
		at.type("end\r");
		expect(await at.exited).toEqual({ code: 4 });
		const numbers = Array.from({ length: 5000 }, (_, index) => `${index + 1}\r\n`).join("");
		const notice =
			/ctrace: this session was not recorded after \d\d:\d\d:\d\d: the recorder stopped unexpectedly\r\n$/;
		expect(at.text.replace(notice, "")).toBe(`ready\r\ngo\r\n${numbers}end\r\n`);
		expect(at.text).toMatch(notice);
	});

	it.each([0, 70, 250])("is killed %i ms into the output, not a byte of it changes", async (ms) => {
		const script = "i=0; while [ $i -lt 60 ]; do i=$((i+1)); echo line $i; sleep 0.01; done";
		const at = open(wrapped("sh", "-c", script));
		await at.untilText("line 1");
		const [first] = await untilLines(store, (lines) => lines.length > 0);
		await new Promise((resolve) => setTimeout(resolve, ms)); // the moment is what is being tested
		process.kill(first?.recorderPid ?? 0, "SIGKILL");
		expect(await at.exited).toEqual({ code: 0 });
		const whole = Array.from({ length: 60 }, (_, index) => `line ${index + 1}\r\n`).join("");
		expect(at.text.replace(/ctrace: this session was not recorded after .*\r\n$/, "")).toBe(whole);
	});

	it("finds the disk full, one line says so after the command", async () => {
		const at = open(wrapped("sh", "-c", "echo one; read a; echo two"), {
			env: { TEST_RECORDER: "full-later" },
		});
		await at.untilText("one");
		await untilLines(store, (lines) => lines.some((line) => line.kind === "close"));
		at.type("\r");
		expect(await at.exited).toEqual({ code: 0 });
		expect(at.text).toMatch(/two\r\nctrace: this session was not recorded after .*: the disk is full\r\n$/);
	});

	it("could never write anything, that is said even for the shortest command", async () => {
		const file = join(home.path, "in-the-way");
		writeFileSync(file, "");
		const at = open(wrapped("true"), { env: { CTRACE_HOME: join(file, "ctrace") } });
		expect(await at.exited).toEqual({ code: 0 });
		expect(at.text).toMatch(/^ctrace: this session was not recorded: .*it is not a folder\r\n$/);
		expect(sessionsIn(store)).toEqual([]);
	});

	it("is slow to start, the shortest command does not wait for it", async () => {
		const at = open(wrapped("true"));
		expect(await at.exited).toEqual({ code: 0 });
		expect((await recorded(store)).at(-1)?.status).toBe("complete");
	});
});

describe("the user's terminal", () => {
	it("is given back as it was, also when the command dies with everything switched on", async () => {
		const script =
			"printf '\\033[?1049h\\033[?1003h\\033[?2004h\\033[>1u\\033[?25l'; stty raw -echo; kill -KILL $$";
		const at = open([
			"sh",
			"-c",
			`stty -a > "$1"; shift; "$@"; stty -a > "$0"`,
			join(home.path, "after"),
			join(home.path, "before"),
			...wrapped("sh", "-c", script),
		]);
		await at.exited;
		expect(at.text).toMatch(/\x1b\[\?1003l\x1b\[\?2004l\x1b\[<1u\x1b\[\?1049l\x1b\[\?25h/);
		const { readFileSync } = await import("node:fs");
		expect(readFileSync(join(home.path, "after"), "utf8")).toBe(
			readFileSync(join(home.path, "before"), "utf8"),
		);
	});

	it("may be slow: Ctrl-C still reaches a command that floods it", async () => {
		const at = open(wrapped("sh", "-c", "trap 'exit 7' INT; while :; do echo flood; done"), { blind: true });
		await untilLines(store, (lines) => lines.filter((line) => line.kind === "output").length > 20);
		at.type("\x03");
		await untilLines(store, (lines) => lines.some((line) => line.kind === "input"));
		at.look();
		expect(await at.exited).toEqual({ code: 7 });
	});

	it("is free again although a background process keeps the command's terminal open", async () => {
		const at = open(wrapped("sh", "-c", "trap '' HUP; sleep 3 & echo done"));
		const started = Date.now();
		expect(await at.exited).toEqual({ code: 0 });
		expect(at.text).toBe("done\r\n");
		expect(Date.now() - started).toBeLessThan(2500);
	});

	it("stays while the command lives, even if that closes all its descriptors before the end", async () => {
		const at = open(wrapped("sh", "-c", "echo bye; exec <&- >&- 2>&-; sleep 0.3; exit 8"));
		expect(await at.exited).toEqual({ code: 8 });
		expect(at.text).toBe("bye\r\n");
	});

	it("passes on the signals that are sent to ctrace", async () => {
		const at = open(
			wrapped("sh", "-c", "trap 'echo caught; exit 5' TERM; echo ready; while :; do sleep 0.02; done"),
		);
		await at.untilText("ready");
		process.kill(at.pid, "SIGTERM");
		expect(await at.exited).toEqual({ code: 5 });
		expect(at.text).toBe("ready\r\ncaught\r\n");
	});

	it("dies for the command, too: it is told of the hang-up", async () => {
		const at = open(
			wrapped(
				"sh",
				"-c",
				`trap 'echo hup > "${home.path}/hup"; exit 1' HUP; echo ready; while :; do sleep 0.02; done`,
			),
		);
		await at.untilText("ready");
		process.kill(at.pid, "SIGHUP");
		expect(await at.exited).toEqual({ code: 1 });
	});
});

describe("a terminal window that is closed", () => {
	it("ends the command with a hang-up, and the record is complete", async () => {
		const at = open(wrapped("sh", "-c", "echo ready; while :; do sleep 0.02; done"));
		await at.untilText("ready");
		await untilLines(store, (lines) => lines.length > 1);
		at.closeWindow();
		const lines = await recorded(store);
		expect(lines.at(-2)).toMatchObject({ kind: "exit", signal: "SIGHUP" });
		expect(lines.at(-1)).toMatchObject({ kind: "close", status: "complete" });
	});
});

async function until(condition: () => boolean): Promise<void> {
	const end = Date.now() + 5000;
	while (!condition()) {
		if (Date.now() > end) throw new Error("it never happened");
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
