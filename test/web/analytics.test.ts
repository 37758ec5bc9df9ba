// What the page draws is what `ctrace stats` prints.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Statistics } from "../../src/insights/statistics/statistics.ts";
import {
	ANALYTICS_NAMES,
	type AnalyticsAnswer,
	type AnalyticsName,
	analyticsAnswers,
	analyticsRows,
} from "../../src/web/api/analytics.ts";
import { insightsAnswer } from "../../src/web/api/insights.ts";
import { API_ROOT } from "../../src/web/api/routes.ts";
import { buildCli, type CliScene, cliScene } from "../cli/run-built-cli.ts";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, answer, makeTurn } from "../support/stored-session.ts";

const CLI = buildCli();
const DAY = 86_400_000;
const FIRST = Date.UTC(2026, 2, 2, 9);
const RANGE = "since=2026-03-02T00:00:00Z&until=2026-03-05T00:00:00Z";

let scene: CliScene;
let origin = "";
let token = "";
let end = () => {};

beforeAll(async () => {
	scene = cliScene(CLI);
	for (let day = -3; day < 3; day += 1) addDay(day);
	const child = spawn(process.execPath, [CLI, "web", "--no-open", "--port", "0"], { env: scene.env });
	end = () => void child.kill("SIGKILL");
	for await (const line of createInterface({ input: child.stdout })) {
		const found = /^(http:\/\/\S+)\/\?token=(\S+)$/.exec(line);
		if (found === null) continue;
		[, origin = "", token = ""] = found;
		break;
	}
});
afterAll(() => {
	end();
	scene[Symbol.dispose]();
});

function addDay(day: number): void {
	const startedAt = FIRST + day * DAY;
	const project = day % 2 === 0 ? "/w/even" : "/w/odd";
	const id = addSession(
		scene.scene,
		{ startedAt, endedAt: startedAt + 60_000, status: "complete", cwd: project, maskedCount: { jwt: 2 } },
		[1, 2].map((seq) =>
			makeTurn(seq, {
				startedAt: startedAt + seq * 1000,
				endedAt: startedAt + seq * 1000 + 500,
				durations: { thinkingMs: 100, streamingMs: 200, toolMs: 50, waitingForPermissionMs: 25 },
				maskedCount: { jwt: 1 },
				items: [
					{
						kind: "permission",
						question: "May I?",
						tool: "Bash",
						options: ["Yes", "No"],
						choice: "Yes",
						decisionMs: 25,
						source: "terminal",
					},
					{
						kind: "tool",
						name: "Bash",
						input: { command: "npm test" },
						status: seq === 1 ? "error" : "ok",
						durationMs: 50,
						source: "both",
					},
					answer("done"),
				],
			}),
		),
	);
	scene.scene.store.transcripts.addResponses(id, [
		{
			fingerprint: `f${day}`,
			model: markMasked(day % 2 === 0 ? "claude-a" : "claude-b"),
			response: {
				at: startedAt + 1000,
				inputTokens: 10,
				outputTokens: 20,
				cacheReadTokens: 70,
				cacheWrite5mTokens: 20,
				cacheWrite1hTokens: 0,
				isSubagent: false,
				costUsd: 0.5,
			},
		},
	]);
}

function ask(path: string): Promise<Response> {
	return fetch(`${origin}${API_ROOT}/analytics/${path}`, { headers: { authorization: `Bearer ${token}` } });
}

async function get<Name extends AnalyticsName>(name: Name, more = ""): Promise<AnalyticsAnswer<Name>> {
	const found = await ask(`${name}?${RANGE}${more}`);
	const body: unknown = await found.json();
	if (found.status !== 200) throw new Error(JSON.stringify(body));
	return analyticsAnswers[name].parse(body) as AnalyticsAnswer<Name>;
}

async function insights(more = "") {
	const headers = { authorization: `Bearer ${token}` };
	const found = await fetch(`${origin}${API_ROOT}/insights?${RANGE}${more}`, { headers });
	return insightsAnswer.parse(await found.json());
}

const statistics = (): Statistics => {
	const { out } = scene.run(
		"stats",
		"--since",
		"2026-03-02",
		"--until",
		"2026-03-04",
		"--json",
		"--limit",
		"100",
	);
	return JSON.parse(out);
};
const figureOf = (
	found: {
		readonly figures: readonly {
			readonly name: string;
			readonly value: number;
			readonly previous?: number;
		}[];
	},
	name: string,
) => found.figures.find((figure) => figure.name === name);

describe("analytics", () => {
	test("every table has its range, the range before and the columns of its shape", async () => {
		for (const name of ANALYTICS_NAMES) {
			const found = await get(name);
			expect([name, found.range, found.previous, found.pending]).toEqual([
				name,
				{ since: "2026-03-02T00:00:00.000Z", until: "2026-03-05T00:00:00.000Z" },
				{ since: "2026-02-27T00:00:00.000Z", until: "2026-03-02T00:00:00.000Z" },
				0,
			]);
			const csv = await ask(`${name}?${RANGE}&format=csv`);
			expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
			const lines = (await csv.text()).trimEnd().split("\r\n");
			expect(lines[0]).toBe(Object.keys(analyticsRows[name].shape).join(","));
			expect(lines).toHaveLength(found.rows.length + 1);
		}
	});

	test("the numbers are those of ctrace stats", async () => {
		const { totals, previousTotals, time, activity, tools, masked } = statistics();
		const days = await get("days");
		expect(figureOf(days, "sessions")).toEqual({ name: "sessions", unit: "count", value: 3, previous: 3 });
		expect(figureOf(days, "totalTokens")).toMatchObject({
			value: totals.totalTokens,
			previous: previousTotals.totalTokens,
		});
		expect(
			days.rows.map(({ day, sessions, tokens, costUsd }) => ({ day, sessions, tokens, costUsd })),
		).toEqual(
			activity.days.map(({ date, sessions, totalTokens, costUsd }) => ({
				day: date,
				sessions,
				tokens: totalTokens,
				costUsd,
			})),
		);
		const hours = await get("hours");
		expect(hours.rows).toHaveLength(7 * 24);
		expect(hours.rows.reduce((sum, { turns }) => sum + turns, 0)).toBe(totals.prompts);
		const [bash] = (await get("tools")).rows;
		expect(bash).toMatchObject({
			name: "Bash",
			uses: tools[0]?.calls,
			errors: tools[0]?.failures,
			previousUses: 6,
			previousErrors: 3,
		});
		const spent = await get("time");
		expect(spent.rows.reduce((sum, { thinkingMs }) => sum + thinkingMs, 0)).toBe(time.thinkingMs);
		expect(figureOf(spent, "permissionMs")).toMatchObject({ value: time.permissionMs });
		expect((await get("masked")).rows).toMatchObject([
			{ rule: "jwt", masked: masked[0]?.count, sessions: 3 },
		]);
		expect(figureOf(await get("cache"), "cacheEfficiency")).toMatchObject({
			unit: "share",
			value: totals.cacheEfficiency,
		});
	});

	test("tokens and cost come by project and by model, and are narrowed by either", async () => {
		const sum = (rows: readonly { readonly key: string; readonly costUsd: number }[]) =>
			Object.fromEntries(
				[...new Set(rows.map(({ key }) => key))]
					.sort()
					.map((key) => [
						key,
						rows.filter((row) => row.key === key).reduce((cost, row) => cost + row.costUsd, 0),
					]),
			);
		expect(sum((await get("totals", "&by=project")).rows)).toEqual({ "/w/even": 1, "/w/odd": 0.5 });
		expect(sum((await get("totals", "&by=model")).rows)).toEqual({ "claude-a": 1, "claude-b": 0.5 });
		expect(sum((await get("totals", "&model=claude-b")).rows)).toEqual({ "": 0.5 });
		expect((await get("totals", "&project=/w/odd")).rows).toMatchObject([
			{ sessions: 1, turns: 2, cacheReadTokens: 70 },
		]);
		expect((await get("days", "&model=claude-b")).rows.map(({ costUsd }) => costUsd)).toEqual([0, 0.5, 0]);
		expect((await get("cache", "&model=claude-b")).rows).toMatchObject([
			{ model: "claude-b", hitShare: 0.7 },
		]);
		expect((await get("days", "&project=/nowhere")).figures).toMatchObject([
			{ value: 0 },
			{ value: 0 },
			{ value: 0 },
			{ value: 0 },
		]);
	});

	test.each([
		"since=2026-03-02T00:00:00Z",
		"since=2026-03-02T00:00:00Z&until=2026-03-02T00:00:00Z",
		`${RANGE}&by=day`,
		"since=x&until=y",
	])("what is no range is refused: %s", async (query) => {
		const found = await ask(`totals?${query}`);
		expect([found.status, ((await found.json()) as { error: { code: string } }).error.code]).toEqual([
			400,
			"input",
		]);
	});

	test("findings by rules are those of `ctrace insights`, with what they follow from", async () => {
		const { computed, lastRun, run, pending } = await insights();
		const { out } = scene.run(
			"insights",
			"--since",
			"2026-03-02",
			"--until",
			"2026-03-04",
			"--computed",
			"--json",
		);
		const { findings } = JSON.parse(out) as {
			findings: { title: string; evidence: { sessionId: string }[] }[];
		};
		expect(computed.map(({ title }) => title)).toEqual(findings.map(({ title }) => title));
		expect(computed).toContainEqual(
			expect.objectContaining({
				title: "You always allow Bash(npm test *)",
				by: "computed",
				evidence: [
					expect.objectContaining({
						sessionId: findings[0]?.evidence[0]?.sessionId,
						turn: expect.any(Number),
						startedAt: expect.stringMatching(/^2026-03-0/),
					}),
				],
			}),
		);
		expect([lastRun, pending, run.hasKey]).toEqual([undefined, 0, false]);
		expect((await insights("&project=/w/even")).run.words.join(" ")).toBe(
			"ctrace insights --since 2026-03-02 --until 2026-03-04 --project /w/even",
		);
		expect(run.words).toHaveLength(6);
	});

	test("what a model found the last time is told as such; a session that is gone is no link", async () => {
		const [line] = scene.scene.store.listSessions({ limit: 1 });
		const sessionId = line?.session.id ?? "";
		const gone = "01990000-0000-7000-8000-000000000000";
		const found = {
			title: "Say where the tests are",
			detail: "It looked for them.",
			suggestion: { kind: "claude-md", text: "Tests are in test/." },
			effect: "fewer calls",
			confidence: "medium",
		};
		const kept = {
			range: { from: "2026-01-01", to: "2026-01-07" },
			model: "claude-x",
			findings: [
				{ ...found, by: "model", evidence: [{ sessionId, turnSeq: 2 }, { sessionId: gone }] },
				{ ...found, by: "computed", evidence: [] },
			],
		};
		scene.scene.store.insights.saveFindings(markMasked(JSON.stringify(kept)));
		const { lastRun } = await insights();
		expect(lastRun).toMatchObject({ firstDay: "2026-01-01", lastDay: "2026-01-07", model: "claude-x" });
		expect(lastRun?.findings).toEqual([
			{
				...found,
				by: "model",
				evidence: [
					{ sessionId, turn: 2, title: expect.any(String), startedAt: expect.any(String) },
					{ sessionId: gone },
				],
			},
		]);
	});
});
