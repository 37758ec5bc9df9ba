import { expect, test } from "vitest";
import type { Turn } from "../../src/core/turn.ts";
import { pushAll } from "../../src/sync/sync-engine.ts";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, answer, makeTurn } from "../support/stored-session.ts";
import { startMachine } from "./machine.ts";
import { describeWithStack } from "./with-stack.ts";

describeWithStack("pushing", (stack) => {
	const query = async (sql: string, ...values: unknown[]) => (await stack().db.query(sql, values)).rows;
	const machine = async () => startMachine(stack(), await stack().createUser("ada"));
	const withText = (text: string): Partial<Turn> => ({ items: [answer(text)] });

	test("what was recorded is there, as it was, and the outbox is empty", async () => {
		using ada = await machine();
		const tool = {
			kind: "tool" as const,
			name: "Bash",
			input: { command: "ls", nested: { a: [1, "x"] } },
			output: "a\nb",
			status: "ok" as const,
			truncated: true,
			observedLines: 9,
			source: "both" as const,
		};
		const turn = makeTurn(1, {
			usage: { inputTokens: 12, outputTokens: 3, costUsd: 0.25, models: ["m"] },
			durations: { toolMs: 5 },
			items: [answer("hello"), tool],
		});
		const id = addSession(ada, { status: "complete", title: "a title", git: { remote: "r" } }, [
			turn,
			makeTurn(2),
		]);
		expect(await pushAll(ada.parts)).toMatchObject({ kind: "done", sent: 3, setAside: 0 });
		expect(
			await query("select title, git, status, team_id, user_id from sessions where id = $1", id),
		).toEqual([
			{
				title: "a title",
				git: { remote: "r" },
				status: "complete",
				team_id: null,
				user_id: ada.parts.userId,
			},
		]);
		expect(
			await query(
				"select seq, prompt, input_tokens, cost_usd, item_count, durations from turns where session_id = $1 order by seq",
				id,
			),
		).toEqual([
			{
				seq: 1,
				prompt: "question 1",
				input_tokens: "12",
				cost_usd: "0.25",
				item_count: 2,
				durations: { toolMs: 5 },
			},
			{ seq: 2, prompt: "question 2", input_tokens: null, cost_usd: null, item_count: 1, durations: null },
		]);
		expect(
			await query(
				"select kind, name, text, input, output, facts from items where session_id = $1 and turn_seq = 1 order by position",
				id,
			),
		).toEqual([
			{ kind: "assistant", name: null, text: "hello", input: null, output: null, facts: null },
			{
				kind: "tool",
				name: "Bash",
				text: null,
				input: tool.input,
				output: "a\nb",
				facts: { isInputJson: true, truncated: true, observedLines: 9 },
			},
		]);
		expect(await pushAll(ada.parts)).toMatchObject({ kind: "done", sent: 0 });
	});

	test("a turn that shrank leaves none of its old items behind; one taken back leaves no word", async () => {
		using ada = await machine();
		const id = addSession(ada, {}, [
			makeTurn(1, { items: [answer("a"), answer("b"), answer("c")] }),
			makeTurn(2),
		]);
		await pushAll(ada.parts);
		ada.store.saveTurn(id, markMasked(makeTurn(1, withText("a"))));
		ada.store.withdrawTurn(id, 2);
		await pushAll(ada.parts);
		expect(await query("select turn_seq, text from items where session_id = $1", id)).toEqual([
			{ turn_seq: 1, text: "a" },
		]);
		expect(
			await query("select prompt, is_withdrawn from turns where session_id = $1 and seq = 2", id),
		).toEqual([{ prompt: "", is_withdrawn: true }]);
	});

	test("a message that comes late or twice changes nothing, and brings nothing deleted back", async () => {
		using ada = await machine();
		const id = addSession(ada, {}, [makeTurn(1, { items: [answer("old"), answer("longer")] })]);
		const old = ada.store.sync.outbox.next({ changes: 9, bytes: 1e9 });
		ada.store.saveTurn(id, markMasked(makeTurn(1, withText("new"))));
		await pushAll(ada.parts);
		const { pushChanges } = await import("../../src/sync/push.ts");
		const context = { userId: ada.parts.userId, machineId: "m", rules: [], shareWith: undefined };
		await pushChanges({ ...ada.parts, context }, old);
		expect(await query("select text from items where session_id = $1", id)).toEqual([{ text: "new" }]);
		ada.store.deleteSession(id);
		await pushAll(ada.parts);
		await pushChanges({ ...ada.parts, context }, old);
		for (const [table, key] of [
			["sessions", "id"],
			["turns", "session_id"],
			["items", "session_id"],
		])
			expect(await query(`select 1 from ${table} where ${key} = $1`, id), table).toEqual([]);
	});

	test("a session that was deleted while offline is deleted there too, and in the end leaves only its tombstone", async () => {
		using ada = await machine();
		const id = addSession(ada, {}, [makeTurn(1)]);
		await pushAll(ada.parts);
		stack().setFault(() => ({ kind: "refuse" }));
		ada.store.deleteSession(id);
		expect(await pushAll(ada.parts)).toMatchObject({
			kind: "waiting",
			reason: "the project cannot be reached",
		});
		stack().setFault(undefined);
		ada.clock.advance(3_600_000);
		expect(await pushAll(ada.parts)).toMatchObject({ kind: "done", sent: 1 });
		expect(await query("select 1 from sessions where id = $1", id)).toEqual([]);
		expect(await query("select 1 from deletions where session_id = $1", id)).toHaveLength(1);
	});

	test("characters that the database cannot keep do not hold anything up", async () => {
		using ada = await machine();
		const id = addSession(ada, { title: "a\0b" }, [makeTurn(1, withText("x\0y \ud800 z")), makeTurn(2)]);
		expect(await pushAll(ada.parts)).toMatchObject({ kind: "done", sent: 3, setAside: 0 });
		expect(await query("select text from items where session_id = $1 order by turn_seq limit 1", id)).toEqual(
			[{ text: "x\ufffdy \ufffd z" }],
		);
	});

	test("a row that will never do is set aside with its reason; the rest goes on, and it goes too once it is mended", async () => {
		using ada = await machine();
		const turns = Array.from({ length: 9 }, (_, index) => makeTurn(index + 1));
		const id = addSession(ada, {}, turns);
		await query("alter table turns add constraint no_four check (prompt <> 'question 4')");
		try {
			expect(await pushAll(ada.parts)).toMatchObject({ kind: "done", sent: 9, setAside: 1 });
			const [poison] = ada.store.sync.outbox.listSetAside(9);
			expect(poison).toMatchObject({ sessionId: id, seq: 4 });
			expect(poison?.error).toBe("the project refused (answer 400, 23514)");
			expect(ada.store.sync.outbox.counts()).toMatchObject({ sessions: 0, turns: 0, setAside: 1 });
		} finally {
			await query("alter table turns drop constraint no_four");
		}
		ada.store.sync.outbox.retrySetAside();
		expect(await pushAll(ada.parts)).toMatchObject({ kind: "done", sent: 1 });
	});

	test("a session that somebody removed by hand at the remote side comes back with its next turn", async () => {
		using ada = await machine();
		const id = addSession(ada, {}, [makeTurn(1)]);
		await pushAll(ada.parts);
		await query("delete from sessions where id = $1", id);
		ada.store.saveTurn(id, markMasked(makeTurn(2)));
		expect(await pushAll(ada.parts)).toMatchObject({ kind: "done", sent: 2, setAside: 0 });
		expect(await query("select seq from turns where session_id = $1", id)).toEqual([{ seq: 2 }]);
	});

	test("the pause that a server asks for is kept, by the next process as well and whoever is impatient", async () => {
		using ada = await machine();
		addSession(ada);
		stack().setFault(() => ({ kind: "answer", status: 429, headers: { "retry-after": "120" } }));
		expect(await pushAll(ada.parts)).toMatchObject({ kind: "waiting", waitMs: 120_000 });
		stack().setFault(undefined);
		ada.clock.advance(119_000);
		expect(await pushAll(ada.parts, { isEager: true })).toMatchObject({ kind: "waiting", waitMs: 1000 });
		ada.clock.advance(1000);
		expect(await pushAll(ada.parts)).toMatchObject({ kind: "done", sent: 1 });
	});

	test("without a pause asked for, each one is up to twice as long, and a person need not wait", async () => {
		using ada = await machine();
		addSession(ada);
		stack().setFault(() => ({ kind: "answer", status: 503 }));
		const waits: number[] = [];
		for (let n = 0; n < 12; n += 1) {
			const outcome = await pushAll(ada.parts, { isEager: true });
			waits.push(outcome.kind === "waiting" ? outcome.waitMs : 0);
		}
		stack().setFault(undefined);
		expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16000, 32000, 64000, 128000, 150000, 150000, 150000]);
		expect(await pushAll(ada.parts)).toMatchObject({ kind: "waiting" });
		expect(await pushAll(ada.parts, { isEager: true })).toMatchObject({ kind: "done" });
	});

	test("what lacks a table or a grant is told, and nothing is set aside for it", async () => {
		using ada = await machine();
		addSession(ada);
		await query("revoke insert on sessions from authenticated");
		expect(await pushAll(ada.parts)).toMatchObject({ kind: "schema" });
		await query("grant insert on sessions to authenticated");
		expect(ada.store.sync.outbox.counts()).toMatchObject({ sessions: 1, setAside: 0 });
		expect(await pushAll(ada.parts)).toMatchObject({ kind: "done", sent: 1 });
	});

	test("while one process syncs, another keeps out", async () => {
		using ada = await machine();
		addSession(ada);
		const other = { ...ada.parts, process: { ...ada.parts.process, holder: "another" } };
		ada.store.sync.holdLease({ ...other.process, now: ada.clock.now(), lastsMs: 60_000 });
		expect(await pushAll(ada.parts)).toMatchObject({ kind: "busy", sent: 0 });
		ada.clock.advance(60_001);
		expect(await pushAll(ada.parts)).toMatchObject({ kind: "done", sent: 1 });
	});

	test("somebody who has no account is told to sign in", async () => {
		using ada = startMachine(stack(), { ...(await stack().createUser("eve")), token: "x.y.z" });
		addSession(ada);
		expect(await pushAll(ada.parts)).toMatchObject({ kind: "signed-out" });
	});
});
