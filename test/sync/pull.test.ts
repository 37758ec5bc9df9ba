import { expect, test } from "vitest";
import type { Masked } from "../../src/core/masked.ts";
import { pullAll } from "../../src/sync/pull.ts";
import { pushAll } from "../../src/sync/sync-engine.ts";
import type { StackUser } from "../../test-stack/src/stack.ts";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, answer, makeTurn } from "../support/stored-session.ts";
import { type Machine, startMachine } from "./machine.ts";
import { describeWithStack } from "./with-stack.ts";

describeWithStack("pulling", (stack) => {
	const start = (user: StackUser) => startMachine(stack(), user);
	const pull = (machine: Machine, mask = <T>(value: T): Masked<T> => markMasked(value)) =>
		pullAll({ ...machine.parts, url: stack().url, mask });
	const ended = { status: "complete" } as const;

	function shown(machine: Machine, id: string) {
		const { session, turns } = machine.store.readSession(id);
		return { session, turns: turns.map(({ revision: _revision, updatedAt: _updatedAt, ...turn }) => turn) };
	}

	test("a session of one machine is on the other as it was, and goes nowhere from there", async () => {
		const user = await stack().createUser("ada");
		using laptop = start(user);
		using tower = start(user);
		const tool = {
			kind: "tool" as const,
			name: "Bash",
			input: { a: 1 },
			status: "ok" as const,
			source: "both" as const,
		};
		const turns = [
			makeTurn(1, { usage: { inputTokens: 3, models: ["m"] }, items: [answer("hi"), tool] }),
			makeTurn(2, {
				durations: { toolMs: 7 },
				recogniser: "claude-code/2.1",
				recording: { fromMs: 1, toMs: 2 },
			}),
		];
		const id = addSession(
			laptop,
			{ ...ended, user: "ada", exit: { code: 0 }, endedAt: 1_770_000_000_000 },
			turns,
		);
		await pushAll(laptop.parts);
		expect(await pull(tower)).toEqual({ sessions: 1, turns: 2, deletions: 0, waiting: 0 });
		expect(shown(tower, id)).toEqual(shown(laptop, id));
		expect(await pushAll(tower.parts)).toMatchObject({ kind: "done", sent: 0 });
		expect(await pull(laptop)).toMatchObject({ sessions: 0 });
		expect(tower.store.search(["hi"])).toHaveLength(1);
	});

	test("later turns and withdrawn ones come with the next pull, though the session itself did not change", async () => {
		const user = await stack().createUser("ada");
		using laptop = start(user);
		using tower = start(user);
		const id = addSession(laptop, ended, [makeTurn(1), makeTurn(2)]);
		await pushAll(laptop.parts);
		await pull(tower);
		laptop.store.withdrawTurn(id, 2);
		laptop.store.saveTurn(id, markMasked(makeTurn(3)));
		await pushAll(laptop.parts);
		await pull(tower);
		expect(shown(tower, id)).toEqual(shown(laptop, id));
		expect(tower.store.readSession(id).turns.map(({ seq }) => seq)).toEqual([1, 3]);
	});

	test("a running session waits until it has ended", async () => {
		const user = await stack().createUser("ada");
		using laptop = start(user);
		using tower = start(user);
		const id = addSession(laptop, {}, [makeTurn(1)]);
		await pushAll(laptop.parts);
		expect(await pull(tower)).toMatchObject({ sessions: 0 });
		laptop.store.updateSession(id, markMasked(ended));
		await pushAll(laptop.parts);
		expect(await pull(tower)).toMatchObject({ sessions: 1 });
	});

	test("what one machine deletes goes on the other too, also what came from there", async () => {
		const user = await stack().createUser("ada");
		using laptop = start(user);
		using tower = start(user);
		const [kept, gone] = [addSession(laptop, ended, [makeTurn(1)]), addSession(laptop, ended, [makeTurn(1)])];
		await pushAll(laptop.parts);
		await pull(tower);
		tower.store.deleteSession(gone);
		await pushAll(tower.parts);
		expect(await pull(laptop)).toMatchObject({ deletions: 1 });
		expect(laptop.store.listSessions().map(({ session }) => session.id)).toEqual([kept]);
		expect(await pushAll(laptop.parts)).toMatchObject({ kind: "done", sent: 0 });
		expect(await pull(laptop)).toMatchObject({ deletions: 0 });
	});

	test("a change of one's own that waits is not overwritten; it goes first", async () => {
		const user = await stack().createUser("ada");
		using laptop = start(user);
		using tower = start(user);
		const id = addSession(laptop, ended, [makeTurn(1)]);
		await pushAll(laptop.parts);
		await pull(tower);
		tower.store.updateSession(id, markMasked({ title: "of the tower" }));
		laptop.store.updateSession(id, markMasked({ title: "of the laptop" }));
		await pushAll(laptop.parts);
		expect(await pull(tower)).toMatchObject({ sessions: 0, waiting: 1 });
		expect(tower.store.readSession(id).session.title).toBe("of the tower");
		await pushAll(tower.parts);
		await pull(tower);
		await pull(laptop);
		expect([laptop, tower].map(({ store }) => store.readSession(id).session.title)).toHaveLength(2);
		expect(laptop.store.readSession(id).session.title).toBe(tower.store.readSession(id).session.title);
	});

	test("what comes is masked before it is stored, and nobody else's sessions come", async () => {
		using laptop = start(await stack().createUser("ada"));
		using other = start(await stack().createUser("sam"));
		addSession(laptop, ended, [makeTurn(1, { items: [answer("the word")] })]);
		await pushAll(laptop.parts);
		expect(await pull(other)).toMatchObject({ sessions: 0 });
		const user = { ...(await stack().createUser("x")), id: laptop.parts.userId };
		using third = startMachine(stack(), user, { remote: laptop.parts.remote });
		const mask = <T>(value: T): Masked<T> =>
			markMasked(JSON.parse(JSON.stringify(value).replaceAll("the word", "[[word:abc]]")));
		expect(await pull(third, mask)).toMatchObject({ sessions: 1 });
		expect(JSON.stringify(third.store.readSession(third.store.findSession("last")))).toContain(
			"[[word:abc]]",
		);
	});
});
