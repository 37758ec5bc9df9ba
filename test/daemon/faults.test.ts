/** The real daemon as a process, and everything that can happen to it. */
import { execFileSync } from "node:child_process";
import {
	closeSync,
	existsSync,
	mkdirSync,
	openSync,
	readFileSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
	writeSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { readSavedState } from "../../src/daemon/saved-state.ts";
import { buildFaultyDaemon, daemonScene, eventually, isAlive } from "./daemon-scene.ts";

// Dozens of processes: on a machine that is busy with other things they take their time.
vi.setConfig({ testTimeout: 60_000 });

let script: string;
beforeAll(() => {
	script = buildFaultyDaemon();
});
afterAll(() => rmSync(script, { force: true }));

const countLines = (path: string) =>
	existsSync(path) ? readFileSync(path, "utf8").split("\n").length - 1 : 0;

describe("components", () => {
	test("one that throws, crashes or hangs does not touch the others, and says what is wrong without quoting", async () => {
		using scene = daemonScene(script);
		const daemon = scene.start("steady,thrower,crasher,hanger");
		expect(await daemon.news).toEqual({ pid: daemon.pid });
		await eventually(async () => (await scene.component("hanger")).failures > 0);
		const { components } = await scene.status();
		const codes = components.map(({ name, lastFailure }) => [name, lastFailure?.code]);
		expect(Object.fromEntries(codes)).toEqual({
			steady: undefined,
			thrower: "internal",
			crasher: "crashed",
			hanger: "timeout",
		});
		for (const { failures, problem } of components)
			expect(failures > 0).toBe(problem?.hint !== undefined && problem.what !== "");
		expect(await scene.component("steady")).toMatchObject({ failures: 0, queue: 7 });
		const before = (await scene.component("steady")).runs;
		await eventually(async () => (await scene.component("steady")).runs > before + 2);
		const told = scene.log() + JSON.stringify(await scene.status());
		expect(told).not.toContain("phrase");
	});

	test("one whose own code throws behind its back fails alone", async () => {
		using scene = daemonScene(script);
		await scene.start("steady,uncaught").news;
		await eventually(async () => (await scene.component("uncaught")).lastFailure?.code === "crashed");
		expect(await scene.component("steady")).toMatchObject({ failures: 0 });
		expect(scene.log()).not.toContain("phrase");
	});

	test("what a watcher sees is worked on at once, also when what it watches appears only later", async () => {
		using scene = daemonScene(script);
		const daemon = scene.start("watched");
		await daemon.news;
		await eventually(() => scene.events().includes("watch-failed"));
		await eventually(async () => (await scene.component("watched")).runs === 1);
		writeFileSync(join(scene.home, "watch-me"), "");
		expect(await scene.ask({ ask: "reload" })).toEqual({ kind: "reloaded", changed: [] });
		utimesSync(join(scene.home, "watch-me"), 1, 1);
		await eventually(async () => (await scene.component("watched")).runs > 1);
	});

	test("a run that a person asks for begins at once, and its end is told", async () => {
		using scene = daemonScene(script);
		await scene.start("watched,thrower").news;
		expect(await scene.ask({ ask: "run", component: "watched" })).toEqual({
			kind: "ran",
			counts: { done: 1 },
		});
		expect(await scene.ask({ ask: "run", component: "thrower" })).toMatchObject({ code: "internal" });
		expect(await scene.ask({ ask: "run", component: "nobody" })).toMatchObject({ reason: "component" });
	});
});

describe("the end", () => {
	test("SIGTERM finishes what is in hand, and cuts off what does not end, within five seconds", async () => {
		using scene = daemonScene(script);
		const daemon = scene.start("slow,hanger");
		await daemon.news;
		await eventually(
			() => existsSync(join(scene.home, "slow-began")) && existsSync(join(scene.home, "hanging")),
		);
		const pids = (await scene.status()).components.map(({ pid }) => pid ?? 0);
		const asked = performance.now();
		daemon.kill("SIGTERM");
		expect(await daemon.exited).toBe(0);
		expect(performance.now() - asked).toBeLessThan(5_000);
		expect(existsSync(join(scene.home, "slow-finished"))).toBe(true);
		expect(pids.filter(isAlive)).toEqual([]);
		expect(existsSync(scene.places.socket)).toBe(false);
		expect(readSavedState(scene.places.state)).toMatchObject({ stoppedAt: expect.any(Number) });
	});

	test("an error nobody foresaw is told by its place, and ends it in order", async () => {
		using scene = daemonScene(script);
		writeFileSync(join(scene.home, "break-daemon"), "");
		const daemon = scene.start("steady");
		expect(await daemon.exited).toBe(1);
		expect(scene.events().filter((event) => !event.startsWith("run-"))).toEqual([
			"started",
			"uncaught",
			"stopping",
			"stopped",
		]);
		expect(scene.log()).not.toContain("phrase");
	});

	test("killed at random moments it loses nothing: the next one starts at once, and its components were gone", async () => {
		using scene = daemonScene(script);
		let done = 0;
		for (let round = 0; round < 8; round += 1) {
			const daemon = scene.start("steady,slow");
			if (round % 4 !== 0) expect(await daemon.news).toEqual({ pid: daemon.pid });
			if (round % 2 === 1) await eventually(async () => (await scene.component("steady")).runs > round / 2);
			const pids = round % 2 === 1 ? (await scene.status()).components.flatMap(({ pid }) => pid ?? []) : [];
			daemon.kill("SIGKILL");
			expect(await daemon.exited).toBe("SIGKILL");
			await eventually(() => !pids.some(isAlive));
			expect(readSavedState(scene.places.state)).not.toBe("damaged");
			const now = countLines(join(scene.home, "steady"));
			expect(now).toBeGreaterThanOrEqual(done);
			done = now;
		}
		const last = scene.start("steady");
		expect(await last.news).toEqual({ pid: last.pid });
		expect(scene.events()).toContain("predecessor-died");
		expect((await scene.component("steady")).lastSuccess).toBeDefined();
	});
});

describe("one per user", () => {
	test("a second one says so and ends with its own code", async () => {
		using scene = daemonScene(script);
		const first = scene.start();
		await first.news;
		const second = scene.start();
		expect(await second.news).toMatchObject({
			code: "daemon-runs",
			text: expect.stringContaining(`already runs (pid ${first.pid})`),
		});
		expect(await second.exited).toBe(4);
	});

	test("of fifty started at once exactly one runs", { timeout: 60_000 }, async () => {
		using scene = daemonScene(script);
		const all = Array.from({ length: 50 }, () => scene.start("watched"));
		const news = await Promise.all(all.map((one) => one.news));
		const winners = news.filter(({ pid }) => pid !== undefined);
		expect(winners).toHaveLength(1);
		expect(news.filter(({ code }) => code === "daemon-runs")).toHaveLength(49);
		expect((await scene.status()).pid).toBe(winners[0]?.pid);
	});

	test("a removed lock does not make room for a second one", async () => {
		using scene = daemonScene(script);
		const first = scene.start();
		await first.news;
		rmSync(scene.places.lock);
		const second = scene.start();
		expect(await second.exited).toBe(4);
		expect((await scene.status()).pid).toBe(first.pid);
	});
});

describe("what lies in its way", () => {
	test("rubbish in lock, state, log and socket is got over", async () => {
		using scene = daemonScene(script);
		const { folder, logs, lock, state, socket } = scene.places;
		mkdirSync(folder, { recursive: true, mode: 0o755 });
		mkdirSync(logs, { recursive: true });
		for (const path of [lock, state, socket, join(logs, "daemon.log")])
			writeFileSync(path, Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 37) % 256)));
		const daemon = scene.start();
		expect(await daemon.news).toEqual({ pid: daemon.pid });
		expect(scene.events()).toContain("state-reset");
		expect(statSync(folder).mode & 0o777).toBe(0o700);
		expect(statSync(socket).mode & 0o777).toBe(0o600);
		expect(await scene.start().exited).toBe(4);
	});

	test("a directory where a file should be is named as what it is", async () => {
		using scene = daemonScene(script);
		mkdirSync(scene.places.lock, { recursive: true });
		const daemon = scene.start();
		expect(await daemon.news).toMatchObject({ code: "permission" });
		expect(await daemon.exited).toBe(1);
	});

	test("a directory in the place of the socket is told as what it is, and the lock is free again", async () => {
		using scene = daemonScene(script);
		mkdirSync(scene.places.socket, { recursive: true });
		const daemon = scene.start();
		const { code, text } = await daemon.news;
		expect({ code, isNamed: text?.includes(scene.places.folder) }).toEqual({
			code: "permission",
			isNamed: true,
		});
		expect(await daemon.exited).toBe(1);
		rmSync(scene.places.socket, { recursive: true });
		const next = scene.start();
		expect(await next.news).toEqual({ pid: next.pid });
	});

	test("a socket that a dead process left behind is replaced", async () => {
		using scene = daemonScene(script);
		mkdirSync(scene.places.folder, { recursive: true });
		const program = `require("net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))`;
		expect(() => execFileSync(process.execPath, ["-e", program, scene.places.socket])).toThrow();
		expect(statSync(scene.places.socket).isSocket()).toBe(true);
		const daemon = scene.start();
		expect(await daemon.news).toEqual({ pid: daemon.pid });
	});

	test("a home whose path is longer than a socket's address does not matter", async () => {
		using scene = daemonScene(
			script,
			Array.from({ length: 12 }, () => "a-folder-with-a-long-name").join("/"),
		);
		expect(scene.places.socket.length).toBeGreaterThan(300);
		const daemon = scene.start();
		expect(await daemon.news).toEqual({ pid: daemon.pid });
		expect((await scene.status()).pid).toBe(daemon.pid);
		expect(await scene.start().exited).toBe(4);
		daemon.kill("SIGTERM");
		expect(await daemon.exited).toBe(0);
		expect(existsSync(scene.places.socket)).toBe(false);
	});
});

describe("the ground moves", () => {
	test("its vanished directory is put back, and it can be spoken to again", async () => {
		using scene = daemonScene(script);
		const daemon = scene.start();
		await daemon.news;
		rmSync(dirname(scene.places.folder), { recursive: true });
		daemon.kill("SIGHUP");
		await eventually(() => existsSync(scene.places.socket));
		expect((await scene.status()).pid).toBe(daemon.pid);
		expect(await scene.start().exited).toBe(4);
	});

	test("a clock that jumps is noticed, and what was due in between is done", async () => {
		using scene = daemonScene(script);
		const clock = join(scene.home, "clock.mjs");
		const offset = join(scene.home, "offset");
		writeFileSync(offset, "0");
		writeFileSync(
			clock,
			`import { readFileSync } from "node:fs"; const real = Date.now;
			Date.now = () => real() + Number(readFileSync(${JSON.stringify(offset)}, "utf8"));`,
		);
		await scene.start("watched,thrower", "background", ["--import", clock]).news;
		await eventually(async () => (await scene.component("watched")).lastSuccess !== undefined);
		const runAnother = () => scene.ask({ ask: "run", component: "thrower" });
		writeFileSync(offset, String(8 * 3600_000));
		await runAnother();
		await eventually(() => scene.events().includes("time-skipped"));
		await eventually(async () => (await scene.component("watched")).runs === 2);
		writeFileSync(offset, String(-8 * 3600_000));
		await runAnother();
		await eventually(() => scene.events().includes("clock-set-back"));
		expect((await scene.component("watched")).runs).toBe(2);
	});

	test("put to sleep and woken, as its machine may be, it goes on where it was", async () => {
		using scene = daemonScene(script);
		const daemon = scene.start("steady,watched");
		await daemon.news;
		await eventually(async () => (await scene.component("steady")).runs > 1);
		const components = (await scene.status()).components.flatMap(({ pid }) => pid ?? []);
		const all = [daemon.pid, ...components];
		for (const pid of all) process.kill(pid, "SIGSTOP");
		await eventually(() => all.every(isStopped));
		const done = countLines(join(scene.home, "steady"));
		for (const pid of [...all].reverse()) process.kill(pid, "SIGCONT");
		await eventually(() => countLines(join(scene.home, "steady")) > done + 2);
		const { problems, components: now } = await scene.status();
		expect([problems, now.map(({ failures }) => failures)]).toEqual([[], [0, 0]]);
		expect(now.flatMap(({ pid }) => pid ?? []).sort()).toEqual(components.sort());
	});

	test("a component's process that was put to sleep alone does not hold up the end", async () => {
		using scene = daemonScene(script);
		const daemon = scene.start("slow");
		await daemon.news;
		await eventually(() => existsSync(join(scene.home, "slow-began")));
		const [component = 0] = (await scene.status()).components.flatMap(({ pid }) => pid ?? []);
		process.kill(component, "SIGSTOP");
		await eventually(() => isStopped(component));
		const asked = performance.now();
		daemon.kill("SIGTERM");
		expect(await daemon.exited).toBe(0);
		expect(performance.now() - asked).toBeLessThan(5_000);
		expect(isAlive(component)).toBe(false);
	});

	test("a full disk is survived, told in the status, and got over by itself", async (context) => {
		using scene = daemonScene(script);
		const disk = dirname(scene.places.folder);
		mkdirSync(disk, { recursive: true });
		if (!mountSmallDisk(disk)) return context.skip("a small disk can only be mounted by root");
		try {
			const daemon = scene.start("steady");
			await daemon.news;
			fill(join(disk, "filling"));
			await eventually(async () => (await scene.status()).problems.length > 0);
			const [problem] = (await scene.status()).problems;
			expect(problem?.what).toContain("disk is full");
			expect((await scene.component("steady")).failures).toBe(0);
			rmSync(join(disk, "filling"));
			await eventually(async () => (await scene.status()).problems.length === 0);
			daemon.kill("SIGTERM");
			expect(await daemon.exited).toBe(0);
			expect(readSavedState(scene.places.state)).toMatchObject({ stoppedAt: expect.any(Number) });
		} finally {
			execFileSync("umount", ["--lazy", disk]);
		}
	});
});

test("who does not speak its language is refused, and costs nothing", async () => {
	using scene = daemonScene(script);
	await scene.start().news;
	const raw = (text: string) =>
		execFileSync(process.execPath, [
			"-e",
			`const c = require("net").connect(process.argv[1]); c.end(process.argv[2]); c.pipe(process.stdout); c.on("error", () => {})`,
			scene.places.socket,
			text,
		]).toString();
	const refused = '{"kind":"refused","reason":"request"}\n';
	expect(raw("hello\n")).toBe(refused);
	expect(raw('{"ask":"status","more":1}\n')).toBe(refused);
	expect(raw("x".repeat(100_000))).toBe(refused);
	expect(raw('{"ask":"run","component":"../x"}\n')).toBe(refused);
	expect((await scene.status()).pid).toBeGreaterThan(0);
});

test("somebody else's socket in the place of the daemon's is no daemon", async () => {
	using scene = daemonScene(script);
	mkdirSync(scene.places.folder, { recursive: true });
	const impostor = createServer((socket) => socket.end("hello\n"));
	await new Promise<void>((resolve) => impostor.listen(scene.places.socket, resolve));
	await expect(scene.ask({ ask: "status" })).rejects.toMatchObject({ code: "daemon" });
	impostor.close();
});

function isStopped(pid: number): boolean {
	return execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).startsWith("T");
}

function mountSmallDisk(path: string): boolean {
	try {
		execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", path], { stdio: "ignore" });
		return true;
	} catch {
		return false;
	}
}

function fill(path: string): void {
	const page = Buffer.alloc(4096);
	const fd = openSync(path, "w");
	try {
		for (;;) writeSync(fd, page);
	} catch {
		closeSync(fd); // full
	}
}
