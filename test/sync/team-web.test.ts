// The dashboard over the team's project: what each may see, by the project's own rules, through the real server.
import { expect, test } from "vitest";
import { readerOf, teamSource } from "../../src/cli/web/team-parts.ts";
import { createSupabaseRemote, notePauses } from "../../src/sync/supabase-remote.ts";
import { pushAll } from "../../src/sync/sync-engine.ts";
import { createTeamQueries } from "../../src/sync/team-queries.ts";
import { createTeams } from "../../src/sync/teams.ts";
import type { LiveEvent } from "../../src/web/api/live.ts";
import type { StackUser } from "../../test-stack/src/stack.ts";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, answer, makeTurn } from "../support/stored-session.ts";
import { webScene } from "../web/web-scene.ts";
import { clientOf } from "./clients.ts";
import { type Machine, startMachine } from "./machine.ts";
import { describeWithStack } from "./with-stack.ts";

describeWithStack("the team's sessions in the browser", (stack) => {
	function readerFor(user: StackUser, now: () => number) {
		const client = clientOf(stack(), user);
		const remote = createSupabaseRemote(client, notePauses(fetch, { now }));
		return readerOf(teamSource(createTeamQueries(client, remote)), { home: "/home/ada", now });
	}

	async function team() {
		const [ada, sam] = [await stack().createUser("ada"), await stack().createUser("sam")];
		const teamId = await createTeams(clientOf(stack(), ada)).create("Garden");
		const code = await createTeams(clientOf(stack(), ada)).invite(teamId, sam.email, "member");
		await createTeams(clientOf(stack(), sam)).join(code);
		return { ada, sam, teamId };
	}

	const share = (machine: Machine, id: string, teamId: string | null) =>
		machine.store.sync.setShareRule({ kind: "session", value: id }, teamId);

	test("lists, opens and finds what is shared, leaves out what is not known, and shows nothing else", async () => {
		const { ada, sam, teamId } = await team();
		using hers = startMachine(stack(), ada);
		const shared = addSession(
			hers,
			{
				title: "Beds",
				cwd: "~/garden",
				git: { branch: "main" },
				status: "complete",
				maskedCount: { jwt: 2 },
			},
			[1, 2, 3].map((seq) => makeTurn(seq, { items: [answer(`the quokka ${seq}`)] })),
		);
		const own = addSession(hers, { title: "Private", status: "complete" }, [makeTurn(1)]);
		share(hers, shared, teamId);
		await pushAll(hers.parts);
		await using web = await webScene({ parts: { reader: readerFor(sam, () => Date.now()) } });
		const { sessions, total } = await web.get("sessions", "/sessions?project=~/garden&branch=main");
		expect([total, sessions[0]]).toMatchObject([
			1,
			{ id: shared, title: "Beds", firstPrompt: "question 1", turns: 3, masked: 2, branch: "main" },
		]);
		expect(sessions[0]).not.toHaveProperty("tools");
		const { totals, facets } = await web.get("facets", "/facets");
		expect([totals.sessions, totals.turns, facets.project?.values]).toEqual([
			1,
			3,
			[{ value: "~/garden", sessions: 1 }],
		]);
		expect((await web.get("session", `/sessions/${shared}`)).session).toMatchObject({ hasRecording: false });
		expect((await web.get("outline", `/sessions/${shared}/outline`)).turns.map(({ seq }) => seq)).toEqual([
			1, 2, 3,
		]);
		const page = await web.get("turns", `/sessions/${shared}/turns?after=1&limit=1`);
		expect([page.turns[0]?.items[0], page.total, page.hasBefore, page.hasAfter]).toMatchObject([
			{ text: "the quokka 2" },
			3,
			true,
			true,
		]);
		expect((await web.get("turn", `/sessions/${shared}/turns/3`)).turn.prompt.text).toBe("question 3");
		expect((await web.get("find", `/sessions/${shared}/find?q=QUOKKA`)).matches).toBe(3);
		const { hits } = await web.get("search", "/search?q=question+2");
		expect(hits).toMatchObject([{ sessionId: shared, turn: 2, kind: "prompt", title: "Beds" }]);
		expect((await web.ask(`/sessions/${own}`)).status).toBe(404);
		expect((await web.ask(`/sessions/${own}/turns`)).status).toBe(404);
		expect((await web.get("search", "/search?q=100%25")).hits).toEqual([]);
		expect(web.failures).toEqual([]);
	});

	test("what changes is told; what is not shared any more is gone", async () => {
		const { ada, sam, teamId } = await team();
		using hers = startMachine(stack(), ada);
		const id = addSession(hers, { status: "running" }, [makeTurn(1)]);
		share(hers, id, teamId);
		await pushAll(hers.parts);
		const reader = readerFor(sam, () => Date.now());
		const ended = new AbortController();
		const told = reader.watch(id, ended.signal)[Symbol.asyncIterator]();
		const next = async (event: LiveEvent["event"]) => {
			for (;;) {
				const { value, done } = await told.next();
				if (done === true) throw new Error(`it ended before ${event}`);
				if (value.event === event) return value.data;
			}
		};
		expect(await next("hello")).toMatchObject({ running: [{ id, turns: 1 }] });
		hers.store.saveTurn(id, markMasked(makeTurn(2, { items: [answer("new")] })));
		await pushAll(hers.parts);
		expect(await next("session")).toMatchObject({ session: { id, turns: 2 } });
		expect(await next("turn")).toMatchObject({ sessionId: id, turn: { seq: 2, items: [{ text: "new" }] } });
		share(hers, id, null);
		await pushAll(hers.parts);
		expect(await next("deleted")).toEqual({ id });
		ended.abort();
		await expect(async () => reader.session(id)).rejects.toMatchObject({ code: "not-found" });
	});

	test("a project that cannot be reached is said to be so, and asked again", async () => {
		const { sam } = await team();
		let now = 0;
		await using web = await webScene({ parts: { reader: readerFor(sam, () => now) } });
		expect((await web.ask("/sessions")).status).toBe(200);
		stack().setFault(() => ({ kind: "refuse" }));
		now += 60_000;
		const { status, body } = await web.ask("/sessions");
		expect([status, JSON.parse(body).error.code]).toEqual([502, "offline"]);
		stack().setFault(undefined);
		expect((await web.ask("/sessions")).status).toBe(200);
		expect(web.failures).toEqual([]);
	});
});
