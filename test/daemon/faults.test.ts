/** The real daemon as a process: components that fail, its end, and only one of it. */
import { existsSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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
