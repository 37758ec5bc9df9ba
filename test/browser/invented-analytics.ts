/** Invented statistics in the shapes of the API: the same for the same range. */
import type { AnalyticsQuery, Figure, TotalsQuery } from "../../src/web/api/analytics.ts";
import type { WebAnalytics } from "../../src/web/web-parts.ts";

const DAY_MS = 86_400_000;
const PROJECTS = ["/home/[[home-user:abcd2345]]/garden", "/home/[[home-user:abcd2345]]/orchard", "~/shed"];
const MODELS = ["claude-opus-5-5", "claude-sonnet-4"];
const SESSION = "00000000-0000-7000-8000-000000000001";

export function inventAnalytics(): WebAnalytics {
	return {
		days: (query) => ({
			...frame(query),
			rows: daysOf(query).map((day, index) => ({
				day,
				sessions: index % 4,
				turns: wave(index, 20),
				tokens: wave(index, 90_000),
				costUsd: wave(index, 9),
				activeMs: wave(index, 3_600_000),
			})),
		}),
		hours: (query) => ({ ...frame(query), rows: Array.from({ length: 168 }, (_, index) => hourRow(index)) }),
		totals: (query) => ({
			...frame(query),
			rows: daysOf(query).flatMap((day, index) =>
				keysOf(query).map((key, place) => totalsRow(day, key, index + place * 3)),
			),
		}),
		tools: (query) => ({
			...frame(query),
			rows: TOOLS.map((name, index) => toolRow(name, TOOLS.length - index)),
		}),
		time: (query) => ({
			...frame(query),
			rows: daysOf(query).map((day, index) => ({
				day,
				thinkingMs: wave(index, 900_000),
				streamingMs: wave(index + 2, 700_000),
				toolMs: wave(index + 4, 1_200_000),
				waitingForPermissionMs: wave(index + 1, 300_000),
				waitingForUserMs: wave(index + 3, 2_000_000),
			})),
		}),
		corrections: (query) => ({
			...frame(query),
			rows: [
				{
					sessionId: SESSION,
					turn: 3,
					at: query.since,
					prompt: "Move the beds <b>next</b> to the wall",
					corrections: 4,
					cwd: "~/shed",
				},
			],
		}),
		permissions: (query) => ({
			...frame(query),
			rows: [
				{
					tool: "Bash",
					subject: "npm test *",
					asked: 12,
					allowed: 12,
					refused: 0,
					waitedMs: 40_000,
					rule: "Bash(npm test:*)",
					previousAsked: 4,
				},
				{
					tool: "WebFetch",
					subject: "example.org",
					asked: 3,
					allowed: 1,
					refused: 2,
					waitedMs: 9000,
					previousAsked: 0,
				},
			],
		}),
		cache: (query) => ({
			...frame(query),
			rows: daysOf(query).flatMap((day, index) =>
				MODELS.map((model, place) => ({
					day,
					model,
					inputTokens: 1000,
					cacheReadTokens: wave(index, 20_000),
					cacheWriteTokens: 400,
					hitShare: 0.6 + ((index + place * 2) % 7) / 20,
				})),
			),
		}),
		masked: (query) => ({
			...frame(query),
			rows: [
				{ rule: "github-token", description: "GitHub token", masked: 7, sessions: 2, previousMasked: 1 },
			],
		}),
	};
}

const TOOLS = ["Bash", "Read", "Edit", "Grep", "Write", "Task", "WebFetch"];

function frame({ since, until }: AnalyticsQuery) {
	const length = Date.parse(until) - Date.parse(since);
	const figures: Figure[] = [
		{ name: "sessions", unit: "count", value: 128, previous: 104 },
		{ name: "turns", unit: "count", value: 2210, previous: 2544 },
		{ name: "costUsd", unit: "usd", value: 84.2, previous: 60.1 },
		{ name: "cacheShare", unit: "share", value: 0.874, previous: 0.851 },
	];
	const previous = { since: new Date(Date.parse(since) - length).toISOString(), until: since };
	return { range: { since, until }, previous, pending: 0, figures };
}

function daysOf({ since, until }: AnalyticsQuery): string[] {
	const days = Math.round((Date.parse(until) - Date.parse(since)) / DAY_MS);
	return Array.from({ length: days }, (_, index) =>
		new Date(Date.parse(since) + index * DAY_MS).toISOString().slice(0, 10),
	);
}

function keysOf({ by }: TotalsQuery): readonly string[] {
	if (by === "none") return [""];
	return by === "project" ? PROJECTS : MODELS;
}

function hourRow(index: number) {
	const [weekday, hour] = [Math.floor(index / 24), index % 24];
	const isWork = weekday < 5 && hour > 7 && hour < 20;
	const turns = isWork ? wave(hour + weekday, 30) : 0;
	return { weekday, hour, turns };
}

function totalsRow(day: string, key: string, index: number) {
	return {
		day,
		key,
		sessions: index % 5,
		turns: wave(index, 24),
		inputTokens: wave(index, 4000),
		outputTokens: wave(index, 2000),
		cacheReadTokens: wave(index, 60_000),
		cacheWriteTokens: wave(index, 5000),
		costUsd: wave(index, 6) / 2,
	};
}

function toolRow(name: string, weight: number) {
	return {
		name,
		uses: weight * 60,
		errors: weight * 4,
		rejected: weight,
		interrupted: 1,
		totalMs: weight * 90_000,
		meanMs: 400 * weight,
		previousUses: weight * 50,
		previousErrors: weight * 5,
	};
}

function wave(index: number, height: number): number {
	return Math.round(height * (0.55 + 0.45 * Math.sin(index * 1.3)));
}
