/** A pause as a person makes one: the shipped programs, on a real terminal. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Outside, temporaryHome } from "../support/outside.ts";

const PLACE = resolve(".cache", `pause-${process.pid}`);
const WRAP = join(PLACE, "dist", "wrap.cjs");
const CLI = join(PLACE, "dist", "cli.cjs");
/** Says what it was typed, key by key; `q` ends it. */
const PROGRAM = `process.stdin.setRawMode(true);
process.stdin.on("data", (data) => {
	for (const key of data.toString("latin1")) {
		if (key === "q") process.exit(0);
		process.stdout.write(key === "\\r" ? "\\r\\n" : key < " " ? "<" + key.charCodeAt(0) + ">" : key);
	}
});
console.log("ready");`;
/** Control and the closing bracket, then p. */
const CHORD = "\u001dp";
/** On a busy machine. */
const PATIENCE = { timeout: 60_000, interval: 200 } as const;
vi.setConfig({ testTimeout: 200_000 });

beforeAll(() => {
	execFileSync(process.execPath, ["scripts/build.mjs", join(PLACE, "dist")]);
	cpSync("patterns", join(PLACE, "patterns"), { recursive: true });
}, 60_000);
afterAll(() => rmSync(PLACE, { recursive: true, force: true }));

async function begin(settings: NodeJS.ProcessEnv = {}) {
	const home = temporaryHome();
	const env = { HOME: home.path, CTRACE_HOME: join(home.path, "ct"), ...settings };
	const outside = new Outside([process.execPath, WRAP, process.execPath, "-e", PROGRAM], { env });
	await outside.untilText("ready");
	const ctrace = (...args: string[]) =>
		spawnSync(process.execPath, [CLI, ...args], { env: { ...process.env, ...env }, encoding: "utf8" });
	const running = () => ctrace("sessions", "list", "--status", "running", "--json").stdout;
	await expect.poll(running, PATIENCE).toContain('"running"');
	const say = async (words: string) => {
		outside.type(`${words}\r`);
		await outside.untilText(words);
	};
	const gapsOf = () => ctrace("sessions", "show", "last", "--json").stdout;
	const paused = () => expect.poll(gapsOf, PATIENCE).toContain('"reason": "paused"');
	/** Says it until it is recorded, each time otherwise: what came in the pause is left out as long as it stands there. */
	const sayOn = (words: string) => {
		let times = 0;
		const record = () => {
			outside.type(`${words} ${++times}\r`);
			return ctrace("export", "last", "--format", "txt").stdout;
		};
		return expect.poll(record, PATIENCE).toContain(words);
	};
	const end = async () => {
		outside.type("q");
		const { code } = await outside.exited;
		const told = outside.text.split("\r\n").filter((line) => line.startsWith("ctrace: "));
		const { session, turns } = JSON.parse(ctrace("sessions", "show", "last", "--json").stdout);
		const cast = ctrace("export", "last", "--format", "cast").stdout;
		const text = ctrace("export", "last", "--format", "txt").stdout;
		home.remove();
		const gaps = (session.gaps as { reason: string }[]).map(({ reason }) => reason);
		return { code, told, gaps, record: JSON.stringify(turns) + cast + text, shown: outside.text };
	};
	return {
		ctrace,
		say,
		sayOn,
		paused,
		end,
		press: (keys: string) => outside.type(keys),
		seen: () => outside.text,
	};
}

describe("a pause", () => {
	test("from another terminal leaves a gap, nothing of what came, and a line at the end", async () => {
		const { ctrace, say, sayOn, paused, end } = await begin();
		await sayOn("before");
		expect(ctrace("pause").stdout).toMatch(/is not recorded from now on/u);
		await paused();
		await say("hidden words");
		expect(ctrace("resume-recording").stdout).toMatch(/is recorded again/u);
		await sayOn("afterwards");
		const { code, told, gaps, record, shown } = await end();
		expect(shown).toContain("hidden words");
		expect({ code, gaps }).toEqual({ code: 0, gaps: ["paused"] });
		expect(told).toEqual(["ctrace: this session was recorded, but for what was paused (once)"]);
		expect(record).toContain("before");
		expect(record).toContain("afterwards");
		expect(record).not.toContain("hidden");
	});

	test("by the keys that were chosen for it: the program gets them like all others", async () => {
		const { say, sayOn, paused, end, press, seen } = await begin({ CTRACE_PAUSE_KEYS: "ctrl-] p" });
		await sayOn("before");
		press("\u001d");
		await say("p");
		await paused();
		await say("hidden words");
		const { code, told, gaps, record } = await end();
		expect(seen()).toContain("<29>p");
		expect({ code, gaps }).toEqual({ code: 0, gaps: ["paused"] });
		expect(told).toEqual(["ctrace: this session was recorded until it was paused"]);
		expect(record).toContain("before");
		expect(record).not.toContain("hidden");
	});

	test("has no keys of its own: without a choice, every key is only the program's", async () => {
		const { say, end, press, seen } = await begin();
		press(`${CHORD}\u0000\u0010\u001c`);
		await say("all of it");
		const { told, gaps, record } = await end();
		expect(seen()).toContain("<29>p<0><16><28>all of it");
		expect({ told, gaps }).toEqual({ told: [], gaps: [] });
		expect(record).toContain("all of it");
	});
});
