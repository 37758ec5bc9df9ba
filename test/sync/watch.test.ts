import { afterEach, expect, test } from "vitest";
import { createLiveSync } from "../../src/recorder/live-sync.ts";
import { TICK_MS } from "../../src/recorder/recorder.ts";
import { createProjectClient } from "../../src/sync/supabase-client.ts";
import { pushAll } from "../../src/sync/sync-engine.ts";
import { watchTurns } from "../../src/sync/watch.ts";
import { PUBLISHABLE_KEY, type StackUser } from "../../test-stack/src/stack.ts";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, answer, makeTurn } from "../support/stored-session.ts";
import { startMachine } from "./machine.ts";
import { describeWithStack } from "./with-stack.ts";

describeWithStack("watching", (stack) => {
	const endings: (() => Promise<void>)[] = [];
	afterEach(async () => {
		stack().setFault(undefined);
		await Promise.all(endings.splice(0).map((end) => end()));
	});

	/** What the person would see, in order; ready when the watch has begun. */
	async function watch(user: StackUser, userId?: string) {
		const tokens = { current: async () => user.token, renew: async () => undefined };
		const client = createProjectClient({ url: stack().url, key: PUBLISHABLE_KEY }, tokens, fetch);
		const ending = new AbortController();
		const shown: string[] = [];
		const connection: boolean[] = [];
		const watching = (async () => {
			for await (const { turn, items } of watchTurns(client, {
				userId,
				now: () => Date.now(),
				signal: ending.signal,
				onConnection: (isThere) => connection.push(isThere),
			}))
				shown.push(`${turn.prompt}: ${items.map(({ text }) => text).join(" ")}`);
		})();
		endings.push(async () => {
			ending.abort();
			await watching;
		});
		await expect.poll(() => connection).toEqual([true]);
		return { shown, connection };
	}

	const now = () => ({ startedAt: Date.now(), endedAt: Date.now() });

	test("a turn is shown once, with its answer, within three seconds of its end", async () => {
		const user = await stack().createUser("ada");
		using ada = startMachine(stack(), user);
		const id = addSession(ada, {}, [makeTurn(1, now())]);
		await pushAll(ada.parts);
		const { shown } = await watch(user, user.id);
		const ended = Date.now();
		ada.store.saveTurn(id, markMasked(makeTurn(2, { ...now(), items: [answer("new")] })));
		await pushAll(ada.parts);
		await expect.poll(() => shown, { timeout: 5000 }).toEqual(["question 2: new"]);
		expect(Date.now() - ended).toBeLessThan(3000);
		ada.store.saveTurn(id, markMasked(makeTurn(2, { ...now(), items: [answer("changed later")] })));
		ada.store.saveTurn(id, markMasked(makeTurn(3, now())));
		await pushAll(ada.parts);
		await expect.poll(() => shown).toEqual(["question 2: new", "question 3: answer 3"]);
	});

	test("a turn of a running session is at the project within two seconds of its end, on the screen within three", async () => {
		const user = await stack().createUser("ada");
		using ada = startMachine(stack(), user);
		const id = addSession(ada, { status: "running" });
		const { shown } = await watch(user, user.id);
		const live = createLiveSync({
			store: ada.store,
			sessionId: id,
			loadSender: async () => ({ push: (_store, options) => pushAll(ada.parts, options) }),
			wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
			now: () => Date.now(),
			restEveryMs: 0,
		});
		const ticking = setInterval(() => live.tick(), TICK_MS);
		try {
			for (let seq = 1; seq <= 3; seq += 1) {
				ada.store.saveTurn(id, markMasked(makeTurn(seq, now())));
				const ended = Date.now();
				const sql = `select 1 from turns where session_id = '${id}' and seq = ${seq}`;
				await expect.poll(async () => (await stack().db.query(sql)).rowCount, { timeout: 5000 }).toBe(1);
				expect(Date.now() - ended).toBeLessThan(2000);
				await expect.poll(() => shown.length, { timeout: 5000 }).toBe(seq);
				expect(Date.now() - ended).toBeLessThan(3000);
			}
		} finally {
			clearInterval(ticking);
			await live.finish();
		}
	});

	test("what came while the connection was gone is caught up, in order, and nothing comes twice", async () => {
		const user = await stack().createUser("ada");
		using ada = startMachine(stack(), user);
		const id = addSession(ada);
		const { shown, connection } = await watch(user, user.id);
		const expected: string[] = [];
		for (let seq = 1; seq <= 6; seq += 1) {
			ada.store.saveTurn(id, markMasked(makeTurn(seq, now())));
			expected.push(`question ${seq}: answer ${seq}`);
			await pushAll(ada.parts);
			if (seq % 2 === 0) stack().dropConnections();
		}
		await expect.poll(() => shown, { timeout: 15_000 }).toEqual(expected);
		stack().setFault(({ method }) => (method === "GET" ? { kind: "refuse" } : undefined));
		ada.store.saveTurn(id, markMasked(makeTurn(7, now())));
		await pushAll(ada.parts);
		await expect.poll(() => connection, { timeout: 10_000 }).toEqual([true, false]);
		expect(shown).toEqual(expected);
		stack().setFault(undefined);
		await expect.poll(() => shown, { timeout: 15_000 }).toEqual([...expected, "question 7: answer 7"]);
		expect(connection).toEqual([true, false, true]);
	}, 60_000);

	test("a team sees what is shared with it, and nothing else", async () => {
		const [boss, mate] = [await stack().createUser("boss"), await stack().createUser("mate")];
		const team = (await stack().db.query("insert into teams (name) values ('t') returning id")).rows[0].id;
		for (const [user, role] of [
			[boss, "owner"],
			[mate, "member"],
		] as const)
			await stack().db.query("insert into members (team_id, user_id, role) values ($1, $2, $3)", [
				team,
				user.id,
				role,
			]);
		using ada = startMachine(stack(), mate);
		const [open, hidden] = [addSession(ada, { cwd: "~/open" }), addSession(ada, { cwd: "~/hidden" })];
		ada.store.sync.setShareRule({ kind: "directory", value: "~/open" }, team);
		const { shown } = await watch(boss);
		ada.store.saveTurn(hidden, markMasked(makeTurn(1, now())));
		ada.store.saveTurn(open, markMasked(makeTurn(2, now())));
		await pushAll(ada.parts);
		await expect.poll(() => shown).toEqual(["question 2: answer 2"]);
		ada.store.sync.setShareRule({ kind: "directory", value: "~/open" }, undefined);
		await pushAll(ada.parts);
		ada.store.saveTurn(open, markMasked(makeTurn(3, now())));
		ada.store.sync.setShareRule({ kind: "session", value: hidden }, team);
		ada.store.saveTurn(hidden, markMasked(makeTurn(4, now())));
		await pushAll(ada.parts);
		await expect.poll(() => shown).toContain("question 4: answer 4");
		expect(shown).not.toContain("question 3: answer 3");
	});
});
