/** `kill -9` at any moment of a drain: nothing is lost, nothing is there twice. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { PUBLISHABLE_KEY } from "../../test-stack/src/stack.ts";
import { bundleScript } from "../support/bundle-script.ts";
import { SOAK_FACTOR } from "../support/laws.ts";
import { markMasked } from "../support/mark-masked.ts";
import { answer, makeSession, makeTurn, temporaryStore } from "../support/stored-session.ts";
import { describeWithStack } from "./with-stack.ts";

/** `CTRACE_SOAK=20` makes it two hundred. */
const KILLS = 10 * SOAK_FACTOR;
const SESSIONS = 60;
const TURNS = 40;
/** A process is killed at some moment of its first so many milliseconds; a whole drain takes a little longer. */
const WITHIN_MS = 900;

describeWithStack("a drain that is killed", (stack) => {
	test(
		"leaves each turn there once in the end, with all its items",
		async () => {
			using scene = temporaryStore();
			const user = await stack().createUser("ada");
			const script = bundleScript("test/scripts/drain-outbox.ts");
			const text = "word ".repeat(120);
			const fill = () =>
				scene.store.transaction(() => {
					for (let n = 0; n < SESSIONS; n += 1) {
						const id = scene.ids();
						scene.store.beginSession(markMasked(makeSession(id, { status: "complete" })), { pid: 1 });
						for (let seq = 1; seq <= TURNS; seq += 1)
							scene.store.saveTurn(
								id,
								markMasked(makeTurn(seq, { items: [answer(text), answer(`${seq}`)] })),
							);
					}
				});
			/** Undefined: it was killed before it was done. */
			const drain = (killAfterMs: number | undefined) =>
				new Promise<string | undefined>((resolve) => {
					const args = [script, scene.path, stack().url, PUBLISHABLE_KEY, user.token, user.id];
					const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
					let last: string | undefined;
					createInterface({ input: child.stdout }).on("line", (line) => {
						last = line;
						if (line === "begun" && killAfterMs !== undefined)
							setTimeout(() => child.kill("SIGKILL"), killAfterMs);
					});
					child.on("close", (_code, signal) => resolve(signal === "SIGKILL" ? undefined : last));
				});
			fill();
			let [rounds, killed] = [1, 0];
			while (killed < KILLS) {
				if ((await drain(Math.random() * WITHIN_MS)) === undefined) killed += 1;
				else {
					rounds += 1;
					fill();
				}
			}
			expect(await drain(undefined)).toBe("done");
			const { rows } = await stack().db.query(
				`select count(*)::int as turns, count(distinct (session_id, seq))::int as distinct_turns,
				(select count(*)::int from items) as items, (select count(*)::int from sessions) as sessions,
				(select count(*)::int from turns t where t.item_count <> (
					select count(*) from items i where i.session_id = t.session_id and i.turn_seq = t.seq)) as torn
			from turns`,
			);
			const turns = rounds * SESSIONS * TURNS;
			expect(rows).toEqual([
				{ turns, distinct_turns: turns, items: turns * 2, sessions: rounds * SESSIONS, torn: 0 },
			]);
			expect(scene.store.sync.outbox.counts()).toMatchObject({ sessions: 0, turns: 0, setAside: 0 });
			expect(scene.store.checkHealth().damage).toEqual([]);
		},
		60_000 + KILLS * 6_000,
	);
});
