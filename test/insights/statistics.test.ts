import { expect, test } from "vitest";
import type { Item, Turn } from "../../src/core/turn.ts";
import { dayOf } from "../../src/insights/measure/calendar.ts";
import { refreshFigures } from "../../src/insights/refresh-figures.ts";
import { projectsBelow, readStatistics } from "../../src/insights/statistics/read-statistics.ts";
import { loadMeasureMarks } from "../../src/patterns/load-measure-marks.ts";
import { markMasked } from "../support/mark-masked.ts";
import { addSession, makeTurn, type TemporaryStore, temporaryStore } from "../support/stored-session.ts";

const MARKS = loadMeasureMarks("patterns/measures.yml");
const MINUTE = 60_000;

/** Local time, so that the day is the same in every zone. January 5th, 2026 is a Monday. */
function at(day: number, hour: number, minute = 0): number {
	return new Date(2026, 0, day, hour, minute).getTime();
}

function statistics({ store }: TemporaryStore, days: { from: number; to: number; cwd?: string }) {
	for (const _ of refreshFigures(store.figures, MARKS));
	const range = { from: dayOf(at(days.from, 0)), to: dayOf(at(days.to, 0)) };
	return readStatistics(
		{ figures: store.figures, marks: MARKS, noModels: new Set(["<synthetic>"]), limit: 10 },
		days.cwd === undefined ? range : { ...range, projects: projectsBelow(store.figures, days.cwd) },
	);
}

function turn(seq: number, text: string, changes: Partial<Turn> = {}): Turn {
	return makeTurn(seq, { prompt: { text, kind: "prompt" }, items: [], ...changes });
}

function bash(command: string, changes: Partial<Extract<Item, { kind: "tool" }>> = {}): Item {
	return { kind: "tool", name: "Bash", input: { command }, status: "ok", source: "both", ...changes };
}

function asked(
	choice: string | undefined,
	changes: Partial<Extract<Item, { kind: "permission" }>> = {},
): Item {
	return {
		kind: "permission",
		question: "Do you want to proceed?",
		tool: "Bash",
		options: ["Yes", "No"],
		...(choice === undefined ? {} : { choice }),
		source: "terminal",
		...changes,
	};
}

test("sums are those of the days asked for, and of the days before them", () => {
	using scene = temporaryStore();
	const week = { startedAt: at(5, 9), endedAt: at(5, 10), status: "complete" as const };
	addSession(scene, week, [
		turn(1, "one", { startedAt: at(5, 9) }),
		turn(2, "two", { startedAt: at(6, 0, 5) }),
	]);
	addSession(scene, { startedAt: at(6, 9), endedAt: at(6, 9, 30), status: "failed" }, [
		turn(1, "three", { startedAt: at(6, 9), status: "interrupted" }),
	]);
	addSession(scene, { startedAt: at(4, 9), status: "lost" }, [turn(1, "four", { startedAt: at(4, 9) })]);
	const { totals, previousTotals, previousRange } = statistics(scene, { from: 5, to: 6 });
	expect(totals).toMatchObject({
		sessions: 2,
		failedSessions: 1,
		lostSessions: 0,
		sessionMs: 90 * MINUTE,
		turns: 3,
		turnsPerSession: 1.5,
		interrupted: 1,
	});
	expect(previousRange).toEqual({ from: "2026-01-03", to: "2026-01-04" });
	expect(previousTotals).toMatchObject({ sessions: 1, lostSessions: 1, turns: 1 });
});

test("activity has every day, and each hour on its weekday; a day that is not over breaks no streak", () => {
	using scene = temporaryStore();
	for (const day of [1, 2, 5, 6, 7])
		addSession(scene, { startedAt: at(day, 9) }, [turn(1, "one", { startedAt: at(day, 14, 59) })]);
	const { activity } = statistics(scene, { from: 5, to: 8 });
	expect(activity.days.map(({ date, turns }) => [date, turns])).toEqual([
		["2026-01-05", 1],
		["2026-01-06", 1],
		["2026-01-07", 1],
		["2026-01-08", 0],
	]);
	expect(activity.hours.map((row) => row[14])).toEqual([1, 1, 1, 0, 0, 0, 0]);
	expect(activity.activeDays).toBe(3);
	expect(activity.streak).toEqual({ current: 3, longest: 3 });
	expect(statistics(scene, { from: 5, to: 9 }).activity.streak).toEqual({ current: 0, longest: 3 });
});

test("time is the terminal's; a wait of more than a quarter of an hour is absence", () => {
	using scene = temporaryStore();
	const durations = { thinkingMs: 1000, streamingMs: 2000, toolMs: 3000, waitingForPermissionMs: 4000 };
	addSession(scene, { startedAt: at(5, 9) }, [
		turn(1, "one", { startedAt: at(5, 9), durations: { ...durations, waitingForUserMs: 10 * MINUTE } }),
		turn(2, "two", { startedAt: at(5, 9), durations: { waitingForUserMs: 60 * MINUTE } }),
		turn(3, "three", { startedAt: at(5, 9) }),
	]);
	expect(statistics(scene, { from: 5, to: 5 }).time).toEqual({
		timedTurns: 2,
		thinkingMs: 1000,
		streamingMs: 2000,
		toolMs: 3000,
		permissionMs: 4000,
		userMs: 25 * MINUTE,
		awayMs: 45 * MINUTE,
	});
});

test("tools count with what became of them, those of subagents too, a collapsed line not at all", () => {
	using scene = temporaryStore();
	const agent: Item = {
		kind: "tool",
		name: "Agent",
		status: "ok",
		source: "both",
		items: [bash("ls", { durationMs: 3000 }), bash("false", { status: "error", durationMs: 1000 })],
	};
	const group: Item = { kind: "tool", name: "Group", status: "ok", source: "terminal" };
	addSession(scene, { startedAt: at(5, 9) }, [
		turn(1, "one", { startedAt: at(5, 9), items: [agent, group, bash("rm x", { status: "rejected" })] }),
	]);
	const { tools, totals } = statistics(scene, { from: 5, to: 5 });
	const example = { sessionId: expect.any(String), turnSeq: 1 };
	expect(tools).toEqual([
		{
			name: "Bash",
			calls: 3,
			failures: 1,
			refusals: 1,
			interruptions: 0,
			failureRate: 1 / 3,
			meanMs: 2000,
			totalMs: 4000,
			example,
		},
		{
			name: "Agent",
			calls: 1,
			failures: 0,
			refusals: 0,
			interruptions: 0,
			failureRate: 0,
			totalMs: 0,
			example,
		},
	]);
	expect(totals).toMatchObject({ toolCalls: 4, toolFailures: 1 });
});

test("tokens are the responses' own, by model; cache efficiency is the cache's share of all that was read", () => {
	using scene = temporaryStore();
	const id = addSession(scene, { startedAt: at(5, 9) }, [turn(1, "one", { startedAt: at(5, 9) })]);
	const response = { at: at(5, 9), cacheWrite1hTokens: 0, isSubagent: false };
	scene.store.transcripts.addResponses(id, [
		{
			fingerprint: "a",
			model: markMasked("opus"),
			response: {
				...response,
				inputTokens: 100,
				outputTokens: 50,
				cacheReadTokens: 600,
				cacheWrite5mTokens: 300,
				costUsd: 0.25,
			},
		},
		{
			fingerprint: "b",
			model: markMasked("unheard-of"),
			response: { ...response, inputTokens: 0, outputTokens: 10, cacheReadTokens: 0, cacheWrite5mTokens: 0 },
		},
		{
			fingerprint: "c",
			model: markMasked("<synthetic>"),
			response: {
				...response,
				inputTokens: 0,
				outputTokens: 0,
				cacheReadTokens: 0,
				cacheWrite5mTokens: 0,
				costUsd: 0,
			},
		},
	]);
	const { totals, models, projects } = statistics(scene, { from: 5, to: 5 });
	expect(totals).toMatchObject({
		totalTokens: 1060,
		costUsd: 0.25,
		cacheEfficiency: 0.6,
		unpricedResponses: 1,
	});
	expect(models.map(({ model, totalTokens, isPriced }) => [model, totalTokens, isPriced])).toEqual([
		["opus", 1050, true],
		["unheard-of", 10, false],
	]);
	expect(projects).toEqual([
		{ cwd: "/home/ada/app", sessions: 1, turns: 1, totalTokens: 1060, costUsd: 0.25 },
	]);
});

test("a response after midnight counts on its own day, also where nothing was asked on it", () => {
	using scene = temporaryStore();
	const when = { startedAt: at(5, 23, 59) };
	const id = addSession(scene, when, [turn(1, "one", when)]);
	const used = { outputTokens: 5, cacheReadTokens: 0, cacheWrite5mTokens: 0, cacheWrite1hTokens: 0 };
	const response = { ...used, at: at(6, 0, 1), inputTokens: 7, isSubagent: false };
	scene.store.transcripts.addResponses(id, [{ fingerprint: "a", model: markMasked("opus"), response }]);
	expect(statistics(scene, { from: 5, to: 5 }).totals.totalTokens).toBe(0);
	expect(statistics(scene, { from: 6, to: 6 }).totals.totalTokens).toBe(12);
	scene.store.deleteSession(id);
	expect(statistics(scene, { from: 5, to: 6 }).totals.totalTokens).toBe(0);
});

test("a session that gives a prompt on several days is one session of each range", () => {
	using scene = temporaryStore();
	const days = [5, 6, 8].map((day, index) =>
		turn(index + 1, "water every garden bed", { startedAt: at(day, 9) }),
	);
	addSession(scene, { startedAt: at(5, 9) }, days);
	addSession(scene, { startedAt: at(6, 9) }, [turn(1, "water every garden bed", { startedAt: at(6, 9) })]);
	const counted = (from: number, to: number) =>
		statistics(scene, { from, to }).repeatedPrompts.map(({ prompts, sessions }) => [prompts, sessions]);
	expect(counted(5, 8)).toEqual([[4, 2]]);
	expect(counted(6, 8)).toEqual([[3, 2]]);
	expect(counted(7, 8)).toEqual([]);
});

test("a dialog counts under the rule that would have spared it; always allowed, it is a candidate", () => {
	using scene = temporaryStore();
	const always = "Yes, and don’t ask again for: npm run test *";
	const three = [1, 2, 3].flatMap(() => [asked("Yes"), bash("git diff --stat")]);
	addSession(scene, { startedAt: at(5, 9) }, [
		turn(1, "one", { startedAt: at(5, 9), items: three }),
		turn(2, "two", {
			startedAt: at(5, 9),
			items: [
				asked("No", { options: ["Yes", always, "No"], decisionMs: 3000 }),
				asked(always, { options: ["Yes", always, "No"], decisionMs: 1000 }),
				asked("Yes"),
				bash("cd x && rm -rf y", { status: "interrupted" }),
				asked(undefined, { tool: "Edit" }),
			],
		}),
	]);
	const { permissions, totals } = statistics(scene, { from: 5, to: 5 });
	const example = { sessionId: expect.any(String), turnSeq: expect.any(Number) };
	const sums = { allowedForGood: 0, refused: 0, isCandidate: false, example };
	expect(permissions).toHaveLength(4);
	expect(permissions).toEqual(
		expect.arrayContaining([
			{ ...sums, rule: "Bash(git diff *)", about: "Bash", asked: 3, allowed: 3, isCandidate: true },
			{
				rule: "Bash(npm run test *)",
				about: "Bash",
				asked: 2,
				allowed: 1,
				allowedForGood: 1,
				refused: 1,
				meanDecisionMs: 2000,
				isCandidate: false,
				example,
			},
			{ ...sums, about: "Bash", asked: 1, allowed: 1 },
			{ ...sums, rule: "Edit", about: "Edit", asked: 1, allowed: 0 },
		]),
	);
	expect(totals).toMatchObject({ permissions: 7, refusals: 1 });
});

test("a prompt repeats another when it has the same telling words, in another session", () => {
	using scene = temporaryStore();
	const say = (text: string) =>
		addSession(scene, { startedAt: at(5, 9) }, [turn(1, text, { startedAt: at(5, 9) })]);
	say("Please run the tests and fix failures");
	say("fix failures, run tests 2!");
	say("Run tests");
	say("Run tests");
	addSession(scene, { startedAt: at(5, 9) }, [
		turn(1, "rename every garden bed", { startedAt: at(5, 9) }),
		turn(2, "rename every garden bed", { startedAt: at(5, 9) }),
	]);
	const { repeatedPrompts } = statistics(scene, { from: 5, to: 5 });
	expect(repeatedPrompts.map(({ prompts, sessions }) => [prompts, sessions])).toEqual([[2, 2]]);
	expect(repeatedPrompts[0]?.text).toMatch(/failures/u);
});

test("corrections count for the prompt that began them: by their words, after a stop, after a refusal", () => {
	using scene = temporaryStore();
	const when = { startedAt: at(5, 9) };
	const id = addSession(scene, when, [
		turn(1, "plant the beds", when),
		turn(2, "no, the other beds", when),
		turn(3, "with beans", { ...when, status: "interrupted" }),
		turn(4, "with peas", { ...when, items: [bash("sow", { status: "rejected" })] }),
		turn(5, "by hand", when),
		turn(6, "thanks, now water them", when),
		turn(7, "/cost", { ...when, prompt: { text: "/cost", kind: "slash" } }),
	]);
	const { correctedPrompts, totals } = statistics(scene, { from: 5, to: 5 });
	expect(totals.corrections).toBe(3);
	expect(correctedPrompts).toEqual([{ text: "with beans", sessionId: id, turnSeq: 3, corrections: 2 }]);
});

test("files count where a call succeeded, seen from the session's directory", () => {
	using scene = temporaryStore();
	const call = (
		name: string,
		input: Extract<Item, { kind: "tool" }>["input"] & {},
		status: "ok" | "error" = "ok",
	) => ({ kind: "tool", name, input, status, source: "both" }) as const;
	addSession(scene, { startedAt: at(5, 9), cwd: "~/app" }, [
		turn(1, "one", {
			startedAt: at(5, 9),
			items: [
				call("Read", { file_path: "~/app/src/a.ts" }),
				call("Edit", "src/a.ts"),
				call("Edit", { file_path: "~/app/src/a.ts" }),
				call("Write", { file_path: "~/app/b.ts" }, "error"),
			],
		}),
	]);
	expect(statistics(scene, { from: 5, to: 5 }).files).toEqual([
		{ path: "src/a.ts", cwd: "~/app", reads: 1, edits: 2 },
	]);
});

test("a directory's statistics are those of it and of what is below", () => {
	using scene = temporaryStore();
	for (const cwd of ["/w/app", "/w/app/web", "/w/apple"])
		addSession(scene, { startedAt: at(5, 9), cwd }, [turn(1, "one", { startedAt: at(5, 9) })]);
	expect(statistics(scene, { from: 5, to: 5, cwd: "/w/app" }).totals.sessions).toBe(2);
	expect(statistics(scene, { from: 5, to: 5, cwd: "/w/none" }).totals.sessions).toBe(0);
});
