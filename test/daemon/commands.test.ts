/** start, stop, restart, status and logs, as a person types them: the shipped programs, in a home of their own. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { MODULE } from "../../scripts/bundle.mjs";
import { createIdMaker } from "../../src/core/ids.ts";
import { type DaemonStatus, daemonStatusSchema } from "../../src/daemon/protocol.ts";
import { openStore } from "../../src/store/open-store.ts";
import { cleanEnvironment, temporaryHome } from "../support/outside.ts";
import { addSession, temporaryStore } from "../support/stored-session.ts";
import { eventually, isAlive } from "./daemon-scene.ts";

// Dozens of processes: on a machine that is busy with other things they take their time.
vi.setConfig({ testTimeout: 60_000 });

const PLACE = resolve(".cache", `daemon-commands-${process.pid}`);
const CTRACE = join(PLACE, "bin", "ctrace.js");

beforeAll(() => {
	execFileSync(process.execPath, ["scripts/build.mjs", join(PLACE, "dist")]);
	for (const folder of ["patterns", "bin"]) cpSync(folder, join(PLACE, folder), { recursive: true });
});
afterAll(() => rmSync(PLACE, { recursive: true, force: true }));

function person(): Disposable & {
	readonly home: string;
	readonly run: (...words: string[]) => { code: number | null; out: string; err: string };
	readonly spawn: (...words: string[]) => ChildProcess;
	readonly status: () => DaemonStatus;
} {
	const temporary = temporaryHome();
	const env = {
		...cleanEnvironment(),
		HOME: temporary.path,
		CTRACE_HOME: join(temporary.path, "ct"),
		TZ: "UTC",
	};
	const run = (...words: string[]) => {
		const result = spawnSync(process.execPath, [CTRACE, ...words], { env, encoding: "utf8" });
		return { code: result.status, out: result.stdout, err: result.stderr };
	};
	return {
		home: temporary.path,
		run,
		spawn: (...words) => spawn(process.execPath, [CTRACE, ...words], { env }),
		status: () => daemonStatusSchema.parse(JSON.parse(run("status", "--json").out).daemon),
		[Symbol.dispose]: () => {
			run("stop");
			temporary.remove();
		},
	};
}

function pidIn(text: string): number {
	return Number(/pid (\d+)/.exec(text)?.[1] ?? 0);
}

describe("in the background", () => {
	test("start, status, run, restart and stop tell what they did; a second start has its own exit code", async () => {
		using ada = person();
		const started = ada.run("start", "--daemon");
		expect(started).toMatchObject({ code: 0, err: "" });
		const pid = pidIn(started.out);
		expect(isAlive(pid)).toBe(true);
		const again = ada.run("start", "-d");
		expect(again).toMatchObject({ code: 4, out: "" });
		expect(again.err).toContain(`already runs (pid ${pid})`);
		await eventually(() => ada.status().components[0]?.lastSuccess !== undefined);
		const status = ada.run("status");
		expect(status.code).toBe(0);
		expect(status.out).toMatch(new RegExp(`^The daemon runs, pid ${pid}, for .+\n  memory +\\d+ MB`));
		expect(status.out).toMatch(/\nupkeep +waiting +(?:just now|\S.* ago) +in \S.* closes sessions whose recorder died\n/);
		expect(ada.run("daemon", "run", "upkeep")).toMatchObject({ code: 0, out: "upkeep: closed 0\n" });
		expect(ada.run("daemon", "run", "upkeeep")).toMatchObject({ code: 2 });
		const restarted = ada.run("restart");
		expect(restarted.code).toBe(0);
		expect(pidIn(restarted.out)).not.toBe(pid);
		await eventually(() => !isAlive(pid));
		expect(ada.run("stop")).toEqual({ code: 0, out: "The daemon has stopped.\n", err: "" });
		await eventually(() => !isAlive(pidIn(restarted.out)));
		expect(ada.run("stop")).toEqual({ code: 0, out: "No daemon runs.\n", err: "" });
	});

	test("by its old name it starts as it always did", () => {
		using ada = person();
		const old = join(ada.home, "claude-tracer");
		symlinkSync(CTRACE, old);
		const env = { ...cleanEnvironment(), HOME: ada.home, CTRACE_HOME: join(ada.home, "ct") };
		expect(execFileSync(old, ["start", "--daemon"], { env, encoding: "utf8" })).toContain("The daemon runs");
	});

	test("status without a daemon tells of the last one, and whether it died", () => {
		using ada = person();
		expect(ada.run("status")).toMatchObject({
			code: 3,
			out: expect.stringContaining("It has not run here yet."),
		});
		const first = pidIn(ada.run("start", "--daemon").out);
		ada.run("stop");
		expect(ada.run("status")).toMatchObject({ code: 3, out: expect.stringContaining("was stopped") });
		process.kill(pidIn(ada.run("start", "--daemon").out), "SIGKILL");
		const after = ada.run("status");
		expect(after).toMatchObject({ code: 1, out: expect.stringContaining("died without a word") });
		expect(JSON.parse(ada.run("status", "--json").out)).toMatchObject({
			running: false,
			last: { version: "0.1.0" },
		});
		expect(first).toBeGreaterThan(0);
	});

	test("a daemon that is stopped in its tracks is told so, and stop still ends it", async () => {
		using ada = person();
		const pid = pidIn(ada.run("start", "--daemon").out);
		process.kill(pid, "SIGSTOP");
		const status = ada.run("status");
		expect(status).toMatchObject({ code: 1, out: expect.stringContaining("does not answer") });
		const stopping = ada.spawn("stop");
		const ended = new Promise((done) => stopping.on("exit", done));
		await eventually(() => isPending(pid, "SIGTERM"));
		process.kill(pid, "SIGCONT");
		expect(await ended).toBe(0);
		await eventually(() => !isAlive(pid));
	});

	test("settings are read anew on reload; wrong ones leave the old ones in force", () => {
		using ada = person();
		const settings = join(ada.home, "ct", "config", ".env");
		mkdirSync(join(ada.home, "ct", "config"), { recursive: true });
		ada.run("start", "--daemon");
		expect(ada.status().logLevel).toBe("info");
		writeFileSync(settings, "LOG_LEVEL=debug\n");
		expect(ada.run("daemon", "reload").out).toContain("LOG_LEVEL");
		expect(ada.status().logLevel).toBe("debug");
		writeFileSync(settings, "LOG_LEVEL=loud\n");
		const wrong = ada.run("status");
		expect(wrong.err).toContain('CTRACE_LOG_LEVEL must be error, warn, info, debug, not "loud"');
		writeFileSync(settings, "");
		expect(ada.status().logLevel).toBe("debug");
	});

	test("a session whose recorder died is closed without anybody looking at it", async () => {
		using ada = person();
		using scene = temporaryStore(join(ada.home, "ct", "data", "ctrace.db"));
		addSession(scene, { status: "running" });
		expect(scene.store.listSessions()[0]?.session.status).toBe("running");
		ada.run("start", "--daemon");
		expect(ada.run("daemon", "run", "upkeep").code).toBe(0);
		const clock = { now: () => Date.now() };
		using store = openStore({
			path: join(ada.home, "ct", "data", "ctrace.db"),
			clock,
			ids: createIdMaker(clock, (count) => new Uint8Array(count)),
		});
		expect(store.listSessions().map(({ session }) => session.status)).toEqual(["lost"]);
		expect(ada.run("logs").out).toContain("session lost");
	});
});

describe("in the foreground", () => {
	test("it shows its log and ends with Ctrl-C", async () => {
		using ada = person();
		const here = ada.spawn("start");
		let shown = "";
		here.stderr?.on("data", (part) => {
			shown += part;
		});
		await eventually(() => /info {3}daemon {4}started {2}pid \d+/.test(shown));
		expect(pidIn(shown)).toBe(here.pid);
		expect(ada.run("start", "--daemon").code).toBe(4);
		const ended = new Promise((done) => here.on("exit", done));
		here.kill("SIGINT");
		expect(await ended).toBe(0);
		expect(shown).toContain("stopped");
	});
});

describe("ctrace logs", () => {
	test("renders for people and for programs, by level, component and number", () => {
		using ada = person();
		expect(ada.run("logs")).toEqual({ code: 0, out: "", err: "There is no log yet.\n" });
		ada.run("start", "--daemon");
		ada.run("stop");
		const lines = ada.run("logs").out.trimEnd().split("\n");
		expect(lines[0]).toMatch(
			/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}info {3}daemon {4}started {2}pid \d+ {2}version 0\.1\.0$/,
		);
		expect(lines.at(-1)).toContain("stopped");
		expect(ada.run("logs", "-n", "1").out.trimEnd().split("\n")).toEqual(lines.slice(-1));
		expect(ada.run("logs", "-n", "0").out).toBe("");
		expect(ada.run("logs", "--level", "error").out).toBe("");
		expect(ada.run("logs", "--component", "upkeep").out).not.toContain("started");
		const json = ada
			.run("logs", "--json")
			.out.trimEnd()
			.split("\n")
			.map((line) => JSON.parse(line));
		expect(json[0]).toMatchObject({ level: "info", component: "daemon", event: "started" });
		expect(ada.run("logs", "--level", "loud").code).toBe(2);
	});

	test("-f goes on showing what comes", async () => {
		using ada = person();
		ada.run("start", "--daemon");
		const following = ada.spawn("logs", "-f", "-n", "1");
		let shown = "";
		following.stdout?.on("data", (part) => {
			shown += part;
		});
		await eventually(() => shown !== "");
		ada.run("stop");
		await eventually(() => shown.includes("stopped"));
		following.kill("SIGTERM");
	});
});

test("no other command loads anything of the daemon", async () => {
	const { metafile } = await build({
		...MODULE,
		entryPoints: ["src/cli/main.ts"],
		outdir: PLACE,
		splitting: true,
		metafile: true,
		write: false,
	});
	const outputs = metafile.outputs;
	const entry = Object.keys(outputs).find((name) => outputs[name]?.entryPoint === "src/cli/main.ts") ?? "";
	const loaded = new Set<string>();
	const follow = (name: string) => {
		if (loaded.has(name)) return;
		loaded.add(name);
		for (const one of outputs[name]?.imports ?? []) if (one.kind === "import-statement") follow(one.path);
	};
	follow(entry);
	const sources = [...loaded].flatMap((name) => Object.keys(outputs[name]?.inputs ?? {}));
	expect(sources.length).toBeGreaterThan(50);
	expect(sources.filter((path) => /^src\/(daemon|cli\/daemon)\//.test(path))).toEqual([]);
	expect(existsSync(join(PLACE, "dist", "daemon.js"))).toBe(true);
});

/** Whether the signal waits for a process that is stopped. Linux tells; elsewhere we take it for sent. */
function isPending(pid: number, signal: "SIGTERM"): boolean {
	if (process.platform !== "linux") return true;
	const status = execFileSync("cat", [`/proc/${pid}/status`], { encoding: "utf8" });
	const pending = BigInt(`0x${/^ShdPnd:\s+([0-9a-f]+)$/m.exec(status)?.[1] ?? "0"}`);
	return signal === "SIGTERM" && ((pending >> 14n) & 1n) === 1n;
}
