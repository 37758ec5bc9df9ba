// The person's own patterns and the shipped programs: a file that does not load, and one that changes while a session runs.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cleanEnvironment, Outside, temporaryHome } from "../support/outside.ts";

const PLACE = resolve(".cache", `privacy-files-${process.pid}`);
const WRAP = join(PLACE, "dist", "wrap.cjs");
const CLI = join(PLACE, "dist", "cli.cjs");

beforeAll(() => {
	execFileSync(process.execPath, ["scripts/build.mjs", join(PLACE, "dist")]);
	cpSync("patterns", join(PLACE, "patterns"), { recursive: true });
});
afterAll(() => rmSync(PLACE, { recursive: true, force: true }));

function scene(privacy: string) {
	const home = temporaryHome();
	const file = join(home.path, "ct", "config", "privacy.yml");
	mkdirSync(join(home.path, "ct", "config"), { recursive: true });
	writeFileSync(file, privacy);
	const env = { ...cleanEnvironment(), HOME: home.path, CTRACE_HOME: join(home.path, "ct") };
	const ctrace = (...words: string[]) =>
		spawnSync(process.execPath, [CLI, ...words], { env, encoding: "utf8" });
	return { home, file, env, ctrace, data: join(home.path, "ct", "data") };
}

function childrenOf(pid: number): string {
	const all = execFileSync("ps", ["-A", "-o", "ppid=,args="], { encoding: "utf8" }).split("\n");
	return all.filter((line) => line.trim().startsWith(`${pid} `)).join("\n");
}

test("with a pattern file that does not load nothing is recorded, and the command runs as ever", async () => {
	const { home, env, ctrace, data } = scene("custom_patterns: [{ pattern: '(?=a)b' }]\n");
	const outside = new Outside(
		[process.execPath, WRAP, "sh", "-c", "echo from the command; read GO; exit 3"],
		{
			env,
		},
	);
	await outside.untilText("from the command");
	const starting = join(home.path, "ct", "state", "starting");
	const hasTried = () => existsSync(starting) && readdirSync(starting).length === 0;
	await expect.poll(hasTried, { timeout: 15_000 }).toBe(true);
	await expect.poll(() => childrenOf(outside.pid), { timeout: 15_000 }).not.toContain("recorder.js");
	outside.type("\r");
	const exit = await outside.exited;
	expect(exit.code).toBe(3);
	expect(outside.text).toMatch(
		/^from the command\r\n\r\nctrace: [^\n]*not recorded[^\n]*privacy\.yml:1: look-around/u,
	);
	const stored = existsSync(data)
		? readdirSync(data).map((name) => readFileSync(join(data, name), "latin1"))
		: [];
	expect(stored.join("")).not.toContain("from the command");
	const doctor = ctrace("doctor");
	expect(doctor.status).toBe(1);
	expect(doctor.stdout).toContain("privacy.yml:1: look-around");
	home.remove();
});

test("a file that breaks while a session runs leaves the old patterns in force, and the session says so", async () => {
	const { home, file, env, ctrace } = scene(
		"custom_patterns: [{ pattern: 'EMU-[0-9]{4}', replacement: '<bird>' }]\n",
	);
	const outside = new Outside(
		[process.execPath, WRAP, "sh", "-c", "echo ready; read GO; echo EMU-1234 again; sleep 1"],
		{ env },
	);
	await outside.untilText("ready");
	const listed = () => ctrace("sessions", "list", "--json").stdout;
	await expect.poll(listed, { timeout: 15_000, interval: 300 }).toContain('"running"');
	writeFileSync(file, "custom_patterns: [{ pattern: '(' }]\n# broken\n");
	const said = () => JSON.parse(ctrace("sessions", "show", "last", "--json").stdout || "{}");
	await expect
		.poll(() => JSON.stringify(said().session?.gaps ?? []), { timeout: 15_000, interval: 300 })
		.toContain("patterns not changed: ");
	outside.type("\r");
	await outside.exited;
	const shown = ctrace("sessions", "show", "last").stdout;
	expect(shown).toContain("<bird> again");
	expect(shown).not.toContain("EMU-1234");
	expect(shown).toContain("privacy.yml:1");
	home.remove();
});
