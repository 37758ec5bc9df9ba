/** Syncing in the background: the shipped daemon, a store, and a project that is there, away or hangs. */
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createIdMaker } from "../../src/core/ids.ts";
import { daemonStatusSchema } from "../../src/daemon/protocol.ts";
import { openStore } from "../../src/store/open-store.ts";
import { PUBLISHABLE_KEY } from "../../test-stack/src/stack.ts";
import { eventually, isAlive } from "../daemon/daemon-scene.ts";
import { markMasked } from "../support/mark-masked.ts";
import { cleanEnvironment, temporaryHome } from "../support/outside.ts";
import { makeSession, makeTurn } from "../support/stored-session.ts";
import { describeWithStack } from "./with-stack.ts";

vi.setConfig({ testTimeout: 90_000 });

const PLACE = resolve(".cache", `daemon-sync-${process.pid}`);
const CTRACE = join(PLACE, "bin", "ctrace.js");
const PASSWORD = `pass-${"word"}-for-tests`;

describeWithStack(
	"the daemon with a project",
	(stack) => {
		beforeAll(() => {
			execFileSync(process.execPath, ["scripts/build.mjs", join(PLACE, "dist")]);
			for (const folder of ["patterns", "bin"]) cpSync(folder, join(PLACE, folder), { recursive: true });
		});
		afterAll(() => rmSync(PLACE, { recursive: true, force: true }));

		function person(name: string) {
			const temporary = temporaryHome();
			const home = realpathSync(temporary.path);
			const env = { ...cleanEnvironment(), HOME: home, CTRACE_HOME: join(home, "ct") };
			mkdirSync(join(home, "ct", "config"), { recursive: true });
			writeFileSync(
				join(home, "ct", "config", ".env"),
				`SUPABASE_URL=${stack().url}\nSUPABASE_KEY=${PUBLISHABLE_KEY}\n`,
			);
			// Not waited for in this thread: the project's gateway lives in it.
			const run = (words: readonly string[], input = "") =>
				new Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>(
					(settle) => {
						const child = spawn(process.execPath, [CTRACE, ...words], { env });
						let [out, err] = ["", ""];
						child.stdout.on("data", (text) => {
							out += text;
						});
						child.stderr.on("data", (text) => {
							err += text;
						});
						child.on("close", (code) => settle({ code, out, err }));
						child.stdin.end(input);
					},
				);
			const status = async () =>
				daemonStatusSchema.parse(JSON.parse((await run(["status", "--json"])).out).daemon);
			return {
				run,
				signUp: () => run(["login", `${name}@example.com`, "--new"], `${PASSWORD}\n`),
				start: async () => Number(/pid (\d+)/.exec((await run(["start", "--daemon"])).out)?.[1]),
				sync: async () => {
					const found = (await status()).components.find((one) => one.name === "sync");
					if (found === undefined) throw new Error("no sync");
					return found;
				},
				/** A session with so many turns, put into the store as another process would. */
				record: (turns: number) => {
					const clock = { now: () => Date.now() };
					const ids = createIdMaker(clock, (count) => crypto.getRandomValues(new Uint8Array(count)));
					using store = openStore({ path: join(home, "ct", "data", "ctrace.db"), clock, ids });
					const id = ids();
					store.transaction(() => {
						store.beginSession(markMasked(makeSession(id, { status: "complete" })), { pid: 1 });
						for (let seq = 1; seq <= turns; seq += 1) store.saveTurn(id, markMasked(makeTurn(seq)));
					});
					return id;
				},
				[Symbol.asyncDispose]: async () => {
					stack().setFault(undefined);
					await run(["stop"]);
					temporary.remove();
				},
			};
		}

		const there = async () =>
			(await stack().db.query("select count(*)::int as turns from turns where not is_withdrawn")).rows[0]
				.turns;
		const forget = () => stack().db.query("truncate sessions cascade");

		test("sends what waits, says how much still does, and what to do when it cannot", async () => {
			await using ada = person("ada");
			await forget();
			ada.record(3);
			await ada.start();
			await eventually(async () => (await ada.sync()).failures > 0);
			expect(await ada.sync()).toMatchObject({
				queue: 4,
				lastFailure: { code: "signed-out" },
				problem: { hint: expect.stringContaining("ctrace login") },
			});
			expect((await ada.run(["status"])).code).toBe(1);
			expect(await ada.signUp()).toMatchObject({ code: 0 });
			stack().setFault(() => ({ kind: "refuse" }));
			expect(await ada.run(["daemon", "run", "sync"])).toMatchObject({ code: 1 });
			expect(await ada.sync()).toMatchObject({ queue: 4, lastFailure: { code: "offline" } });
			stack().setFault(undefined);
			// The pause that it takes itself is kept by whoever asks on its behalf.
			await eventually(async () => (await ada.run(["daemon", "run", "sync"])).code === 0);
			expect(await ada.sync()).toMatchObject({
				failures: 0,
				queue: 0,
				lastSuccess: { at: expect.any(Number) },
			});
			expect(await there()).toBe(3);
			expect((await ada.run(["status"])).out).toMatch(
				/\nsync +waiting .* 0 +sends what your Supabase project/,
			);
			ada.record(2);
			expect(await ada.run(["daemon", "run", "sync"])).toMatchObject({ out: "sync: sent 3, aside 0\n" });
		});

		test("with a project that hangs it is gone within five seconds of SIGTERM, and nothing is lost", async () => {
			await using ada = person("bea");
			await forget();
			expect(await ada.signUp()).toMatchObject({ code: 0 });
			ada.record(3);
			let isAsked = false;
			stack().setFault(() => {
				isAsked = true;
				return { kind: "delay", ms: 60_000 };
			});
			const pid = await ada.start();
			await eventually(() => isAsked);
			const asked = performance.now();
			process.kill(pid, "SIGTERM");
			await eventually(() => !isAlive(pid));
			expect(performance.now() - asked).toBeLessThan(5_000);
			stack().setFault(undefined);
			await ada.start();
			await eventually(async () => (await there()) === 3);
		});

		test("killed in the middle of a backlog it loses and doubles nothing", async () => {
			await using ada = person("cyd");
			await forget();
			expect(await ada.signUp()).toMatchObject({ code: 0 });
			for (let n = 0; n < 30; n += 1) ada.record(100);
			for (let round = 0; round < 3; round += 1) {
				const pid = await ada.start();
				const before = await there();
				await eventually(async () => (await there()) > before || before === 3000);
				process.kill(pid, "SIGKILL");
				await eventually(() => !isAlive(pid));
			}
			await ada.start();
			await eventually(async () => (await ada.sync()).queue === 0);
			expect(await there()).toBe(3000);
			expect((await stack().db.query("select count(*)::int as n from items")).rows[0].n).toBe(3000);
		});
	},
	{ auth: {} },
);
