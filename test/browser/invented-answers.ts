/** Findings, and how ctrace does, as a machine of years of use has them. */
import type { ApiFinding, InsightsAnswer, InsightsQuery } from "../../src/web/api/insights.ts";
import type { StatusAnswer } from "../../src/web/api/status.ts";

const AT = "2026-06-01T09:00:00.000Z";

export function inventInsights(sessionId: string) {
	const seen = { sessionId, turn: 2, title: "A plan for the garden", startedAt: AT };
	const rule: ApiFinding = {
		title: "You always allow Bash(npm test *)",
		detail: "Claude Code asked 12 times, and was never refused; an answer took 3.1 s on average.",
		evidence: [seen],
		suggestion: { kind: "allow-rule", text: "Bash(npm test *)" },
		effect: "12 dialogs fewer in as many days",
		confidence: "high",
		by: "computed",
	};
	const habit: ApiFinding = {
		title: "It took 4 corrections: Move the beds <b>next</b> to the wall",
		detail: "The prompt was followed by corrections, stops or refusals, one after the other.",
		evidence: [seen, { sessionId: "01990000-0000-7000-8000-000000000000" }],
		suggestion: { kind: "habit", text: "Say in the first prompt what the corrections had to add." },
		effect: "fewer turns for the same result",
		confidence: "medium",
		by: "computed",
	};
	const line: ApiFinding = {
		...habit,
		title: "It looks for the tests each time",
		suggestion: { kind: "claude-md", text: "Tests stand in test/; run one with npx vitest run FILE." },
		by: "model",
	};
	return ({ since, until, project }: InsightsQuery): InsightsAnswer => ({
		range: { since, until },
		pending: 0,
		computed: [rule, habit],
		lastRun: {
			at: AT,
			firstDay: "2026-05-01",
			lastDay: "2026-05-31",
			model: "claude-haiku-4-5",
			findings: [line],
		},
		run: {
			hasKey: false,
			model: "claude-haiku-4-5",
			words: [
				"ctrace",
				"insights",
				"--since",
				since.slice(0, 10),
				...(project === undefined ? [] : ["--project", ...project]),
			],
		},
	});
}

export function inventStatus(): StatusAnswer {
	return {
		ok: false,
		problems: [
			{
				what: "the last sync failed: the project cannot be reached",
				hint: "It tries again by itself. Now: ctrace sync",
			},
			{ what: "backup: the backup did not reach its repository", hint: "See why: ctrace backup" },
		],
		versions: { ctrace: "0.1.0", node: "20.19.0", sqlite: "3.50.0" },
		daemon: {
			running: true,
			pid: 4711,
			version: "0.1.0",
			startedAt: AT,
			memoryBytes: 62_000_000,
			cpuMs: 91_000,
			components: [
				{ name: "sync", summary: "sends what waits", phase: "retrying", runs: 12, failures: 2 },
				{
					name: "backup",
					summary: "saves what changed",
					phase: "waiting",
					runs: 4,
					failures: 1,
					lastSuccessAt: AT,
					problem: { what: "the backup did not reach its repository", hint: "See why: ctrace backup" },
				},
			],
		},
		sync: {
			url: "https://abcdefghijklmnop.supabase.co",
			account: "ada@example.com",
			waiting: { sessions: 3, turns: 41, deletions: 0, running: 1, setAside: 0 },
			lastSuccessAt: AT,
			lastError: "the project cannot be reached",
		},
		backup: {
			address: "https://github.com/ada/sessions-of-mine-with-a-rather-long-name-for-a-repository.git",
			branch: "main",
			saved: 1204,
			waiting: 3,
			deletions: 1,
			everyMs: 3_600_000,
			lastSuccessAt: AT,
			lastError: "the backup did not reach its repository",
		},
		storage: {
			path: "/home/ada/.local/share/ctrace/ctrace.db",
			databaseBytes: 482_000_000,
			logBytes: 4_100_000,
			backupBytes: 91_000_000,
			freeBytes: 81_000_000_000,
			schemaVersion: 12,
			sessions: 1207,
			running: 1,
			lost: 2,
			turns: 24_310,
		},
		transcripts: { directory: "/home/ada/.claude", sessions: 88, unknown: 12, expiring: 3, keptDays: 30 },
		recognition: [
			{
				agent: "claude-code",
				agentVersion: "2.1.332",
				sessions: 120,
				turns: 2400,
				lines: 88_000,
				unclaimed: 12,
				share: 0.0001,
				fidelity: 0.993,
				compared: 2100,
				isUnfamiliar: false,
			},
			{
				agent: "claude-code",
				agentVersion: "2.2.1",
				sessions: 2,
				turns: 9,
				lines: 600,
				unclaimed: 240,
				share: 0.4,
				compared: 0,
				isUnfamiliar: true,
			},
		],
	};
}
