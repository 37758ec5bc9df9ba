import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Session } from "../../src/core/session.ts";
import { addSession, makeTurn, STARTED_AT } from "../support/stored-session.ts";
import { type WebScene, webScene } from "./web-scene.ts";

const MINUTE = 60_000;

/** Sessions a minute apart, the first one first. */
function addMany(web: WebScene, many: readonly Partial<Session>[]): string[] {
	return many.map((changes, n) =>
		addSession(web.scene, { startedAt: STARTED_AT + n * MINUTE, status: "complete", ...changes }, [
			makeTurn(1),
		]),
	);
}

const idsOf = ({ sessions }: { readonly sessions: readonly { readonly id: string }[] }) =>
	sessions.map(({ id }) => id);

/** Page by page; a session begins after the first one. */
async function readPages(web: WebScene, query: string): Promise<string[]> {
	const paged: string[] = [];
	let cursor: string | undefined;
	do {
		const page = await web.get(
			"sessions",
			`${query}&limit=2${cursor === undefined ? "" : `&cursor=${cursor}`}`,
		);
		paged.push(...idsOf(page));
		cursor = page.nextCursor;
		if (paged.length === 2) addSession(web.scene, { startedAt: STARTED_AT - MINUTE, status: "complete" });
	} while (cursor !== undefined);
	return paged;
}

describe("the list", () => {
	test("says of each session what a line of it shows", async () => {
		await using web = await webScene();
		const usage = {
			inputTokens: 10,
			outputTokens: 5,
			cacheReadTokens: 100,
			costUsd: 0.5,
			models: ["claude-x"],
		};
		const id = addSession(
			web.scene,
			{
				agentVersion: "2.1.0",
				cwd: "/home/ada/app",
				git: { branch: "main", commit: "abc" },
				title: "Fix it",
				usage,
				maskedCount: { email: 2, jwt: 1 },
				gaps: [{ at: STARTED_AT, reason: "full", lostBytes: 3 }],
			},
			[
				makeTurn(1, {
					endedAt: STARTED_AT + 90_000,
					items: [
						{ kind: "tool", name: "Bash", status: "error", source: "both" },
						{
							kind: "tool",
							name: "Task",
							status: "ok",
							source: "both",
							items: [{ kind: "tool", name: "Read", status: "ok", source: "transcript" }],
						},
					],
				}),
			],
		);
		const { sessions, total } = await web.get("sessions", "/sessions");
		expect(total).toBe(1);
		expect(sessions[0]).toMatchObject({
			id,
			agentVersion: "2.1.0",
			branch: "main",
			cwd: "~/app",
			title: "Fix it",
			firstPrompt: "question 1",
			status: "running",
			durationMs: 90_000,
			turns: 1,
			tools: 3,
			tokens: 115,
			masked: 3,
			gaps: 1,
			usage,
		});
	});

	test("narrows by each facet, by several values, by below a directory and by time", async () => {
		await using web = await webScene();
		const [a, b, c] = addMany(web, [
			{ cwd: "/w/app", git: { branch: "main" }, agentVersion: "1", usage: { models: ["x", "y"] } },
			{ cwd: "/w/app/lib", agentVersion: "2", status: "lost" },
			{ cwd: "/w/app-two", git: { branch: "dev" }, agent: "generic", usage: { models: ["y"] } },
		]);
		const found = async (query: string) => idsOf(await web.get("sessions", `/sessions?${query}`));
		expect(await found("project=/w/app")).toEqual([b, a]);
		expect(await found("project=/w/app/lib&project=/w/app-two")).toEqual([c, b]);
		expect(await found("branch=main&branch=dev")).toEqual([c, a]);
		expect(await found("branch=")).toEqual([b]);
		expect(await found("model=x")).toEqual([a]);
		expect(await found("model=y&status=complete")).toEqual([c, a]);
		expect(await found("model=")).toEqual([b]);
		expect(await found("agent=generic")).toEqual([c]);
		expect(await found("agentVersion=1&agentVersion=2")).toEqual([b, a]);
		expect(await found("status=lost")).toEqual([b]);
		const [from, to] = [1, 2].map((n) => new Date(STARTED_AT + n * MINUTE).toISOString());
		expect(await found(`since=${from}`)).toEqual([c, b]);
		expect(await found(`since=${from}&until=${to}`)).toEqual([b]);
	});

	test("comes in pages that miss nothing and repeat nothing, in every order, while sessions begin", async () => {
		await using web = await webScene();
		const chance = [3, 1, 2, 2, 1, 3, 2];
		const ids = addMany(
			web,
			chance.map((cost) => ({ usage: { costUsd: cost }, maskedCount: { email: cost } })),
		);
		for (const sort of ["startedAt", "costUsd", "masked", "turns", "durationMs"])
			for (const order of ["asc", "desc"]) {
				const query = `/sessions?sort=${sort}&order=${order}`;
				const known = (found: readonly string[]) => found.filter((id) => ids.includes(id));
				const all = known(idsOf(await web.get("sessions", query)));
				const paged = await readPages(web, query);
				expect([sort, order, known(paged)]).toEqual([sort, order, all]);
				expect(new Set(paged).size).toBe(paged.length);
			}
	});

	test("a page by offset is the same stretch of the whole", async () => {
		await using web = await webScene();
		const ids = addMany(
			web,
			Array.from({ length: 9 }, () => ({})),
		).reverse();
		const page = await web.get("sessions", "/sessions?offset=4&limit=3");
		expect([idsOf(page), page.offset, page.total]).toEqual([ids.slice(4, 7), 4, 9]);
		expect(idsOf(await web.get("sessions", "/sessions?offset=40"))).toEqual([]);
	});

	test.each([
		"limit=0",
		"limit=501",
		"limit=x",
		"offset=-1",
		"sort=name",
		"order=up",
		"status=odd",
		"since=yesterday",
		"cursor=*",
		"cursor=abc",
		"nothing=1",
		"sort=turns&sort=tools",
		`project=${"x".repeat(5000)}`,
	])("what is no input is refused and named: %s", async (query) => {
		await using web = await webScene();
		const { status, body } = await web.ask(`/sessions?${query}`);
		expect(status).toBe(400);
		expect(JSON.parse(body).error).toMatchObject({ code: "input" });
		expect(JSON.parse(body).error.fields[0].name).toBe(query.split("=")[0]);
	});

	test("a cursor of another order is refused", async () => {
		await using web = await webScene();
		addMany(web, [{}, {}, {}]);
		const { nextCursor } = await web.get("sessions", "/sessions?limit=1");
		expect((await web.ask(`/sessions?sort=turns&cursor=${nextCursor}`)).status).toBe(400);
	});

	test("what another process writes, changes and deletes is there with the next question", async () => {
		await using web = await webScene();
		const [a = "", b = ""] = addMany(web, [{}, {}]);
		expect((await web.get("sessions", "/sessions")).total).toBe(2);
		web.other.deleteSession(a);
		web.other.updateSession(b, { title: "renamed" } as never);
		const page = await web.get("sessions", "/sessions");
		expect(page.sessions).toMatchObject([{ id: b, title: "renamed" }]);
	});
});

describe("facets", () => {
	test("count each facet without its own filter, and add up what fits all", async () => {
		await using web = await webScene();
		addMany(web, [
			{ cwd: "/a", usage: { costUsd: 1, inputTokens: 5, models: ["x"] }, maskedCount: { email: 1 } },
			{ cwd: "/a", status: "lost", usage: { costUsd: 2, models: ["x", "y"] } },
			{ cwd: "/b", status: "lost" },
		]);
		const { totals, facets } = await web.get("facets", "/facets?project=/a&status=lost");
		expect(totals).toMatchObject({ sessions: 1, turns: 1, costUsd: 2, tokens: 0, running: 0 });
		const values = (facet: keyof typeof facets) =>
			Object.fromEntries(facets[facet].values.map(({ value, sessions }) => [value, sessions]));
		expect(values("project")).toEqual({ "/a": 1, "/b": 1 });
		expect(values("status")).toEqual({ complete: 1, lost: 1 });
		expect(values("model")).toEqual({ x: 1, y: 1 });
		expect((await web.get("facets", "/facets")).totals).toMatchObject({ sessions: 3, tokens: 5, masked: 1 });
	});

	test("whatever is asked, the list has as many as the totals say, and every value of a facet as many as it says", async () => {
		await using web = await webScene();
		const [cwds, versions, statuses] = [
			["/a", "/a/b", "/c"],
			["1", "2"],
			["complete", "lost", "failed"] as const,
		];
		addMany(
			web,
			Array.from({ length: 40 }, (_, n) => ({
				cwd: cwds[n % 3] ?? "",
				agentVersion: versions[n % 2] ?? "",
				status: statuses[(n >> 1) % 3] ?? "complete",
				...(n % 5 === 0 ? {} : { usage: { models: n % 4 === 0 ? ["x", "y"] : ["x"] } }),
			})),
		);
		const some = (from: readonly string[]) => fc.subarray([...from]);
		const filters = fc.record({
			agentVersion: some(versions),
			status: some(statuses),
			model: some(["x", "y", ""]),
		});
		await fc.assert(
			fc.asyncProperty(filters, async (filter) => {
				const pairs = Object.entries(filter).flatMap(([name, values]) =>
					values.map((value) => [name, value]),
				);
				const query = (more: readonly (readonly [string, string])[]) =>
					new URLSearchParams([...(pairs as [string, string][]), ...(more as [string, string][])]).toString();
				const { totals, facets } = await web.get("facets", `/facets?${query([])}`);
				expect((await web.get("sessions", `/sessions?${query([])}`)).total).toBe(totals.sessions);
				for (const { value, sessions } of facets.project.values) {
					const { sessions: all } = await web.get("sessions", `/sessions?${query([])}`);
					expect(all.filter(({ cwd }) => cwd === value)).toHaveLength(sessions);
				}
			}),
			{ numRuns: 25 },
		);
	});
});

describe("search", () => {
	test("finds words, phrases and beginnings, in the sessions that fit", async () => {
		await using web = await webScene();
		const add = (text: string, changes: Partial<Session>) =>
			addSession(web.scene, changes, [makeTurn(1, { prompt: { text, kind: "prompt" } })]);
		const a = add("open the red door", { cwd: "/a", title: "Doors" });
		const b = add("the door is red", { cwd: "/b", status: "lost" });
		const found = async (query: string) =>
			(await web.get("search", `/search?${query}`)).hits.map(({ sessionId }) => sessionId).sort();
		expect(await found("q=red+door")).toEqual([a, b].sort());
		expect(await found(`q=${encodeURIComponent('"red door"')}`)).toEqual([a]);
		expect(await found("q=do&project=/b")).toEqual([b]);
		expect(await found("q=door&status=complete")).toEqual([]);
		const { hits } = await web.get("search", `/search?q=${encodeURIComponent('"red door')}`);
		expect(hits).toMatchObject([
			{ title: "Doors", turn: 1, kind: "prompt", cwd: "/a", sessionStatus: "running" },
		]);
		const [hit] = hits;
		expect(hit?.snippet.highlights.map(([from, to]) => hit.snippet.text.slice(from, to))).toEqual([
			"red door",
		]);
	});

	test("says that there is more than it gives", async () => {
		await using web = await webScene();
		addMany(web, [{}, {}, {}]);
		expect(await web.get("search", "/search?q=question&limit=2")).toMatchObject({ isCut: true });
		expect(await web.get("search", "/search?q=question&limit=3")).toMatchObject({ isCut: false });
		expect((await web.ask("/search")).status).toBe(400);
		expect((await web.get("search", `/search?q=${encodeURIComponent("“ ”")}`)).hits).toEqual([]);
	});
});
