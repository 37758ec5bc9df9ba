/** The real daemon as a process, and everything that can happen around it: its files, its disk, its machine, its callers. */
import { execFileSync } from "node:child_process";
import {
	closeSync,
	existsSync,
	mkdirSync,
	openSync,
	rmSync,
	statSync,
	writeFileSync,
	writeSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { readSavedState } from "../../src/daemon/saved-state.ts";
import { buildFaultyDaemon, countLines, daemonScene, eventually, isAlive } from "./daemon-scene.ts";

// Dozens of processes: on a machine that is busy with other things they take their time.
vi.setConfig({ testTimeout: 60_000 });

let script: string;
beforeAll(() => {
	script = buildFaultyDaemon();
});
afterAll(() => rmSync(script, { force: true }));

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
