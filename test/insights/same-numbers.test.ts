/** Every figure on the page, in `ctrace stats` and in the report is the same number. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Statistics } from "../../src/insights/statistics/statistics.ts";
import {
	ANALYTICS_NAMES,
	type AnalyticsAnswer,
	type AnalyticsName,
	analyticsAnswers,
} from "../../src/web/api/analytics.ts";
import { API_ROOT } from "../../src/web/api/routes.ts";
import { buildCli, type CliScene, cliScene } from "../cli/run-built-cli.ts";
import { fillStatistics } from "../support/invented-work.ts";
import { addSession, makeTurn } from "../support/stored-session.ts";

// Dozens of processes: on a machine that is busy with other things they take their time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const CLI = buildCli();
const FIRST = "2026-04-02";
const LAST = "2026-06-20";
const DAYS = ["--since", FIRST, "--until", LAST] as const;
const RANGE = `since=${FIRST}T00:00:00Z&until=2026-06-21T00:00:00Z`;

let place: CliScene;
let origin = "";
let token = "";
let end = () => {};
let stats: Statistics;

beforeAll(async () => {
	place = cliScene(CLI);
	fillStatistics(place.scene.store, place.scene.ids, { sessions: 80, now: Date.UTC(2026, 5, 30, 12) });
	for (const status of ["lost", "failed"] as const)
		for (const day of [Date.UTC(2026, 4, 1, 12), Date.UTC(2026, 2, 1, 12)])
			addSession(place.scene, { status, startedAt: day }, [makeTurn(1, { startedAt: day })]);
	stats = JSON.parse(place.run("stats", ...DAYS, "--json", "--limit", "1000").out) as Statistics;
	const child = spawn(process.execPath, [CLI, "web", "--no-open", "--port", "0"], { env: place.env });
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
	place[Symbol.dispose]();
});

async function page<Name extends AnalyticsName>(name: Name, more = ""): Promise<AnalyticsAnswer<Name>> {
	const found = await fetch(`${origin}${API_ROOT}/analytics/${name}?${RANGE}${more}`, {
		headers: { authorization: `Bearer ${token}` },
	});
	return analyticsAnswers[name].parse(await found.json()) as AnalyticsAnswer<Name>;
}

function sum<Row>(rows: readonly Row[], of: (row: Row) => number): number {
	return rows.reduce((total, row) => total + of(row), 0);
}

test("there is something of everything", () => {
	const { totals, previousTotals, time, ...lists } = stats;
	for (const numbers of [totals, previousTotals, time])
		for (const [name, value] of Object.entries(numbers))
			if (name !== "unpricedResponses") expect([name, value > 0]).toEqual([name, true]);
	for (const name of [
		"tools",
		"models",
		"projects",
		"permissions",
		"files",
		"repeatedPrompts",
		"masked",
	] as const)
		expect([name, lists[name].length > 0]).toEqual([name, true]);
});

test("each headline number of the page is that of stats, these days and the days before", async () => {
	const now: Record<string, unknown> = { ...stats.totals, ...stats.time };
	const before: Record<string, unknown> = { ...stats.previousTotals, ...stats.previousTime };
	const seen = new Set<string>();
	for (const table of ANALYTICS_NAMES) {
		const answer: { readonly figures: readonly { name: string; value: number; previous?: number }[] } =
			await page(table);
		for (const { name, value, previous } of answer.figures) {
			seen.add(name);
			expect([table, name, value, previous]).toEqual([table, name, now[name], before[name]]);
		}
	}
	expect(seen.size).toBeGreaterThan(10);
});

test("each row of the page is that of stats", async () => {
	expect(
		(await page("days")).rows.map(({ day, sessions, turns, tokens, costUsd }) => [
			day,
			sessions,
			turns,
			tokens,
			costUsd,
		]),
	).toEqual(
		stats.activity.days.map(({ date, sessions, turns, totalTokens, costUsd }) => [
			date,
			sessions,
			turns,
			totalTokens,
			costUsd,
		]),
	);
	expect((await page("hours")).rows.map(({ turns }) => turns)).toEqual(stats.activity.hours.flat());
	expect(
		(await page("tools")).rows.map(({ name, uses, errors, rejected, interrupted, meanMs, totalMs }) => [
			name,
			uses,
			errors,
			rejected,
			interrupted,
			meanMs,
			totalMs,
		]),
	).toEqual(
		stats.tools.map(({ name, calls, failures, refusals, interruptions, meanMs, totalMs }) => [
			name,
			calls,
			failures,
			refusals,
			interruptions,
			meanMs,
			totalMs,
		]),
	);
	expect(
		(await page("permissions")).rows.map(({ tool, subject, asked, allowed, refused }) => [
			tool,
			subject,
			asked,
			allowed,
			refused,
		]),
	).toEqual(
		stats.permissions.map(({ about, rule, asked, allowed, refused }) => [
			about,
			rule ?? "",
			asked,
			allowed,
			refused,
		]),
	);
	expect(
		(await page("corrections")).rows.map(({ sessionId, turn, corrections }) => [
			sessionId,
			turn,
			corrections,
		]),
	).toEqual(
		stats.correctedPrompts.map(({ sessionId, turnSeq, corrections }) => [sessionId, turnSeq, corrections]),
	);
	expect((await page("masked")).rows.map(({ rule, masked }) => [rule, masked])).toEqual(
		stats.masked.map(({ rule, count }) => [rule, count]),
	);
});

test("the page's days, projects and models add up to what stats tells", async () => {
	const { totals, time } = stats;
	const times = (await page("time")).rows;
	expect(sum(times, (row) => row.thinkingMs)).toBe(time.thinkingMs);
	expect(sum(times, (row) => row.streamingMs)).toBe(time.streamingMs);
	expect(sum(times, (row) => row.toolMs)).toBe(time.toolMs);
	expect(sum(times, (row) => row.waitingForPermissionMs)).toBe(time.permissionMs);
	expect(sum(times, (row) => row.waitingForUserMs)).toBe(time.userMs);
	for (const by of ["", "&by=project", "&by=model"]) {
		const { rows } = await page("totals", by);
		expect([by, sum(rows, (row) => row.outputTokens)]).toEqual([by, totals.outputTokens]);
		expect([by, sum(rows, (row) => row.cacheReadTokens)]).toEqual([by, totals.cacheReadTokens]);
		expect(sum(rows, (row) => row.costUsd)).toBeCloseTo(totals.costUsd, 6);
	}
	const byModel = (await page("totals", "&by=model")).rows;
	for (const { model, inputTokens } of stats.models)
		expect(
			sum(
				byModel.filter(({ key }) => key === model),
				(row) => row.inputTokens,
			),
		).toBe(inputTokens);
	const [busiest] = stats.projects;
	const byProject = (await page("totals", "&by=project")).rows;
	expect(
		sum(
			byProject.filter(({ key }) => key === busiest?.cwd),
			(row) => row.turns,
		),
	).toBe(busiest?.turns);
	const cache = (await page("cache")).rows;
	expect(sum(cache, (row) => row.cacheReadTokens)).toBe(totals.cacheReadTokens);
});

/** As the report writes numbers, done anew. */
const whole = (value: number) => String(value).replace(/\B(?=(?:\d{3})+$)/gu, ",");
const usd = (value: number) => `$${(Math.round(value * 100) / 100).toFixed(2)}`;

test("the report, in both forms, has the numbers of stats", () => {
	const { totals: t, previousTotals: b } = stats;
	const expected: readonly (readonly string[])[] = [
		["sessions", whole(t.sessions), whole(b.sessions)],
		["turns", whole(t.turns), whole(b.turns)],
		["tokens", whole(t.totalTokens), whole(b.totalTokens)],
		["cost", usd(t.costUsd), usd(b.costUsd)],
		["tool calls", whole(t.toolCalls), whole(b.toolCalls)],
		["tool calls that failed", whole(t.toolFailures), whole(b.toolFailures)],
		["interrupts", whole(t.interrupted), whole(b.interrupted)],
		["corrections", whole(t.corrections), whole(b.corrections)],
		["permissions asked", whole(t.permissions), whole(b.permissions)],
		["permissions refused", whole(t.refusals), whole(b.refusals)],
		["sessions failed", whole(t.failedSessions), whole(b.failedSessions)],
		["sessions lost", whole(t.lostSessions), whole(b.lostSessions)],
		["secrets masked", whole(t.masked), whole(b.masked)],
		...stats.models.map((one) => [one.model, whole(one.responses), whole(one.totalTokens), usd(one.costUsd)]),
		...stats.projects
			.slice(0, 10)
			.map((one) => [
				one.cwd,
				whole(one.sessions),
				whole(one.turns),
				whole(one.totalTokens),
				usd(one.costUsd),
			]),
		...stats.files.slice(0, 10).map((one) => [one.path, whole(one.edits), whole(one.reads)]),
	];
	const markdown = place.run("report", ...DAYS).out.replaceAll("\\", "");
	const html = place.run("report", ...DAYS, "--format", "html").out;
	for (const row of expected) {
		expect(markdown).toContain(`| ${row.join(" | ")} |`);
		expect(html).toContain(row.map((cell) => `<td>${cell}</td>`).join(""));
	}
});
