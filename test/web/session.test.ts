import { describe, expect, test } from "vitest";
import type { Item } from "../../src/core/turn.ts";
import { addSession, answer, makeTurn, STARTED_AT } from "../support/stored-session.ts";
import { webScene } from "./web-scene.ts";

const HOSTILE = [
	"<script>alert(1)</script>",
	'<img src=x onerror="alert(1)">',
	"[click](javascript:alert(1))",
	"\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007 \u001b[31mred",
	"\u202Eright to left\u2066 \u0000 \uFEFF",
	"</pre></body><svg onload=alert(1)>",
	"=cmd|' /C calc'!A0",
].join("\n");

describe("one session", () => {
	test("its head, outline and turns tell the same", async () => {
		await using web = await webScene();
		const id = addSession(web.scene, { host: "box", maskedCount: { jwt: 1 } }, [
			makeTurn(1, {
				prompt: { text: "first\n  prompt", kind: "prompt" },
				durations: { thinkingMs: 5, toolMs: 7 },
				usage: { inputTokens: 3, outputTokens: 4, costUsd: 0.25 },
				items: [
					{ kind: "tool", name: "Bash", status: "error", source: "both" },
					{ kind: "permission", question: "May I?", options: ["Yes"], choice: "Yes", source: "terminal" },
				],
			}),
			makeTurn(2),
		]);
		const { session } = await web.get("session", `/sessions/${id}`);
		expect(session).toMatchObject({
			id,
			host: "box",
			turns: 2,
			tools: 1,
			maskedCount: { jwt: 1 },
			hasRecording: false,
		});
		const { turns, revision } = await web.get("outline", `/sessions/${id}/outline`);
		expect(revision).toBe(session.revision);
		expect(turns).toMatchObject([
			{ seq: 1, prompt: "first prompt", tools: 1, errors: 1, permissions: 1, tokens: 7, costUsd: 0.25 },
			{ seq: 2, tools: 0, errors: 0, permissions: 0 },
		]);
		const { turn } = await web.get("turn", `/sessions/${id}/turns/1`);
		expect(turn).toMatchObject({ seq: 1, revision: 1, durations: { thinkingMs: 5, toolMs: 7 } });
	});

	test("turns come in pages, forwards and backwards", async () => {
		await using web = await webScene();
		const id = addSession(
			web.scene,
			{},
			Array.from({ length: 10 }, (_, n) => makeTurn(n + 1)),
		);
		const page = async (query: string) => {
			const { turns, ...rest } = await web.get("turns", `/sessions/${id}/turns?${query}`);
			return { seqs: turns.map(({ seq }) => seq), ...rest };
		};
		const edges = (hasBefore: boolean, hasAfter: boolean) => ({ total: 10, hasBefore, hasAfter });
		expect(await page("limit=3")).toEqual({ seqs: [1, 2, 3], ...edges(false, true) });
		expect(await page("after=3&limit=3")).toEqual({ seqs: [4, 5, 6], ...edges(true, true) });
		expect(await page("before=4&limit=2")).toEqual({ seqs: [2, 3], ...edges(true, true) });
		expect(await page("before=99&limit=2")).toEqual({ seqs: [9, 10], ...edges(true, false) });
		expect(await page("after=2&before=5")).toEqual({ seqs: [3, 4], ...edges(true, true) });
		expect(await page("after=10")).toMatchObject({ seqs: [], total: 10, hasAfter: false });
	});

	test("long texts are cut where many are shown, and whole where one is", async () => {
		await using web = await webScene();
		const long = `${"x".repeat(19_999)}😀${"y".repeat(10_000)}`;
		const items: readonly Item[] = [
			answer(long),
			{
				kind: "tool",
				name: "Task",
				input: { prompt: long },
				output: long,
				status: "ok",
				source: "both",
				items: [answer(long)],
			},
		];
		const id = addSession(web.scene, {}, [makeTurn(1, { prompt: { text: long, kind: "prompt" }, items })]);
		const { turns } = await web.get("turns", `/sessions/${id}/turns`);
		const [text, tool] = turns[0]?.items ?? [];
		expect(turns[0]?.prompt.clipped).toBe(long.length);
		expect(text).toMatchObject({ text: "x".repeat(19_999), clipped: { text: long.length } });
		expect(tool).toMatchObject({
			clipped: { output: long.length },
			items: [{ clipped: { text: long.length } }],
		});
		const { turn } = await web.get("turn", `/sessions/${id}/turns/1`);
		expect(turn.items[0]).toMatchObject({ text: long });
		expect((await web.get("turns", `/sessions/${id}/turns?full=true`)).turns[0]?.items).toEqual(turn.items);
	});

	test("a name of very many characters is cut, wherever it stands: nobody could look at it", async () => {
		await using web = await webScene();
		const long = "y\n".repeat(50_000);
		const question = {
			kind: "permission",
			question: long,
			options: [long],
			choice: long,
			tool: long,
		} as const;
		const id = addSession(
			web.scene,
			{
				title: long,
				cwd: long,
				git: { branch: long },
				agentVersion: long,
				command: [long],
				usage: { models: [long] },
			},
			[
				makeTurn(1, {
					usage: { models: [long] },
					items: [
						{ kind: "tool", name: long, status: "ok", source: "both" },
						{ ...question, source: "terminal" },
					],
				}),
			],
		);
		const bodies = await Promise.all(
			["/sessions", "/facets", "/search?q=y", `/sessions/${id}`, `/sessions/${id}/turns?full=true`].map(
				(path) => web.ask(path),
			),
		);
		for (const { status, body } of bodies) {
			expect(status).toBe(200);
			expect(body.length).toBeLessThan(60_000);
		}
		const { session } = await web.get("session", `/sessions/${id}`);
		expect(session.title).toHaveLength(4096);
		expect(session.title?.at(-1)).toBe("…");
	});

	test("find tells every place that holds a text, whatever its case, with what stands around it", async () => {
		await using web = await webScene();
		const id = addSession(web.scene, {}, [
			makeTurn(1, {
				prompt: { text: "Where is the Needle? A needle!", kind: "prompt" },
				items: [
					answer("no"),
					{
						kind: "tool",
						name: "Grep",
						input: "needle",
						output: `${"hay ".repeat(100)}NEEDLE`,
						status: "ok",
						source: "both",
					},
				],
			}),
		]);
		const found = await web.get("find", `/sessions/${id}/find?q=nEEdle`);
		expect(found).toMatchObject({ matches: 4, isCut: false });
		expect(found.places.map(({ turn, item, place, matches }) => [turn, item, place, matches])).toEqual([
			[1, undefined, "prompt", 2],
			[1, 1, "input", 1],
			[1, 1, "output", 1],
		]);
		for (const { snippet } of found.places)
			for (const [from, to] of snippet.highlights)
				expect(snippet.text.slice(from, to).toLowerCase()).toBe("needle");
		expect((await web.get("find", `/sessions/${id}/find?q=%25`)).places).toEqual([]);
	});

	test.each(["", "/outline", "/turns", "/turns/1", "/find?q=x", "/recording"])(
		"of one that is not there nothing is told: %s",
		async (path) => {
			await using web = await webScene();
			const { status, body } = await web.ask(`/sessions/01234567-89ab-7def-8123-456789abcdef${path}`);
			expect([status, JSON.parse(body).error.code]).toEqual([
				404,
				path === "/recording" ? "not-there-yet" : "not-found",
			]);
		},
	);

	test.each([
		"/sessions/last",
		"/sessions/..%2f..%2fetc%2fpasswd",
		"/sessions/x'--",
		"/sessions/a/turns/1e9x",
	])("what is no id is refused: %s", async (path) => {
		await using web = await webScene();
		expect((await web.ask(path)).status).toBe(400);
	});
});

test("hostile content is only ever JSON, and comes back as it was", async () => {
	await using web = await webScene();
	const id = addSession(web.scene, { title: HOSTILE, cwd: `/w/${HOSTILE}`, git: { branch: HOSTILE } }, [
		makeTurn(1, {
			prompt: { text: HOSTILE, kind: "prompt" },
			items: [
				answer(HOSTILE),
				{
					kind: "tool",
					name: HOSTILE,
					input: { [HOSTILE]: HOSTILE },
					output: HOSTILE,
					status: "ok",
					source: "both",
				},
				{ kind: "permission", question: HOSTILE, options: [HOSTILE], choice: HOSTILE, source: "terminal" },
			],
		}),
	]);
	const paths = ["/sessions", "/facets", "/search?q=script", `/sessions/${id}`, `/sessions/${id}/outline`];
	for (const path of [
		...paths,
		`/sessions/${id}/turns`,
		`/sessions/${id}/turns/1`,
		`/sessions/${id}/find?q=script`,
	]) {
		const { headers, body } = await web.ask(path);
		expect([path, headers["content-type"]]).toEqual([path, "application/json"]);
		expect(headers["x-content-type-options"]).toBe("nosniff");
		expect(() => JSON.parse(body)).not.toThrow();
	}
	const { turn } = await web.get("turn", `/sessions/${id}/turns/1`);
	expect(turn.prompt.text).toBe(HOSTILE);
	expect(turn.items[1]).toMatchObject({ name: HOSTILE, input: { [HOSTILE]: HOSTILE } });
	const { sessions } = await web.get("sessions", `/sessions?project=${encodeURIComponent(`/w/${HOSTILE}`)}`);
	expect(sessions).toMatchObject([{ id, title: HOSTILE }]);
	expect(new Date(STARTED_AT).toISOString()).toBe(sessions[0]?.startedAt);
});
