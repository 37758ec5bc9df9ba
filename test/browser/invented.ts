/** Invented sessions with everything a page can show. */
import type { Item, Turn } from "../../src/core/turn.ts";
import { markMasked } from "../support/mark-masked.ts";
import { makeSession, makeTurn, type TemporaryStore } from "../support/stored-session.ts";

const SECOND = 1000;

/** A conversation with all kinds of items. */
export function gardenTurns(startedAt: number): Turn[] {
	const at = (seconds: number) => startedAt + seconds * SECOND;
	return [
		makeTurn(1, {
			prompt: { text: "Make rows add two\n\nand tell me **why**", kind: "prompt" },
			startedAt: at(0),
			endedAt: at(20),
			durations: {
				thinkingMs: 3000,
				streamingMs: 5000,
				toolMs: 2000,
				waitingForPermissionMs: 4000,
				waitingForUserMs: 6000,
			},
			usage: {
				inputTokens: 1200,
				outputTokens: 300,
				cacheReadTokens: 21_000,
				costUsd: 0.04,
				models: ["claude-opus-5-5"],
			},
			recording: { fromMs: 0, toMs: 20 * SECOND },
			maskedCount: { "home-user": 1 },
			items: gardenItems(),
		}),
		makeTurn(2, {
			prompt: { text: "npm test", kind: "bash" },
			startedAt: at(26),
			endedAt: at(30),
			recording: { fromMs: 26 * SECOND, toMs: 30 * SECOND },
			durations: { toolMs: 4000 },
			items: [
				{
					kind: "tool",
					name: "Bash",
					input: { command: "npm test" },
					output: "1 failed",
					status: "error",
					durationMs: 4000,
					source: "both",
				},
			],
		}),
		makeTurn(3, {
			prompt: { text: "Count the beds with a helper", kind: "prompt" },
			startedAt: at(40),
			endedAt: at(52),
			status: "interrupted",
			recording: { fromMs: 40 * SECOND, toMs: 52 * SECOND },
			durations: { thinkingMs: 1000, toolMs: 9000, waitingForUserMs: 2000 },
			items: [
				subagent(),
				{ kind: "notice", text: "Context left until auto-compact: 8%", source: "terminal" },
			],
		}),
	];
}

function gardenItems(): Item[] {
	return [
		{ kind: "thinking", text: "The function adds one. It must add two.", source: "transcript" },
		{
			kind: "permission",
			question: "Do you want to make this edit to plan.py?",
			tool: "Edit",
			options: ["Yes", "Yes, and do not ask again", "No"],
			choice: "Yes",
			decisionMs: 4000,
			source: "terminal",
		},
		{
			kind: "tool",
			name: "Edit",
			input: {
				file_path: "/home/[[home-user:abcd2345]]/plan.py",
				old_string: "def rows(beds):\n    return beds + 1",
				new_string: "def rows(beds):\n    return beds + 2",
			},
			output: "The file was updated.",
			status: "ok",
			durationMs: 320,
			source: "both",
		},
		{
			kind: "assistant",
			text: "Done: `rows` adds **two** now.\n\n| bed | rows |\n| --- | ---: |\n| a | 2 |\n\n```python\ndef rows(beds):\n    return beds + 2  # as asked\n```\n\nSee [the plan](https://example.org/plan).",
			source: "both",
		},
	];
}

function subagent(): Item {
	return {
		kind: "tool",
		name: "Task",
		input: { description: "Count the beds", prompt: "Count the lines of beds.txt" },
		output: "There are **three** beds.",
		status: "ok",
		durationMs: 9000,
		items: [
			{
				kind: "tool",
				name: "Bash",
				input: { command: "wc -l beds.txt" },
				output: "3 beds.txt",
				status: "ok",
				source: "transcript",
			},
			{ kind: "assistant", text: "Three lines in all.", source: "transcript" },
		],
		source: "both",
	};
}

/** Stores it, ended, and answers its id. */
export function storeGarden(
	{ store, ids }: Pick<TemporaryStore, "store" | "ids">,
	startedAt: number,
	title = "A plan for the garden",
): string {
	const id = ids();
	store.beginSession(
		markMasked(
			makeSession(id, {
				cwd: "/home/[[home-user:abcd2345]]/garden",
				startedAt,
				agentVersion: "2.1.330",
				git: { branch: "spring" },
			}),
		),
		{ pid: 1 },
	);
	for (const turn of gardenTurns(startedAt)) store.saveTurn(id, markMasked(turn));
	store.updateSession(
		id,
		markMasked({
			status: "complete" as const,
			endedAt: startedAt + 60 * SECOND,
			title,
			maskedCount: { "home-user": 1 },
			usage: {
				inputTokens: 1200,
				outputTokens: 300,
				cacheReadTokens: 21_000,
				costUsd: 0.04,
				models: ["claude-opus-5-5"],
			},
		}),
	);
	return id;
}

/** A session of many short turns. */
export function storeLong(
	{ store, ids }: Pick<TemporaryStore, "store" | "ids">,
	startedAt: number,
	turns: number,
): string {
	const id = ids();
	using _ = store.beginBulk();
	store.beginSession(markMasked(makeSession(id, { startedAt })), { pid: 1 });
	for (let seq = 1; seq <= turns; seq += 1)
		store.saveTurn(
			id,
			markMasked(
				makeTurn(seq, {
					startedAt: startedAt + seq * SECOND,
					items: [
						{
							kind: "assistant",
							text: `Answer ${seq}.\n\n- one\n- two\n\n${"Words. ".repeat(seq % 90)}`,
							source: "both",
						},
						{
							kind: "tool",
							name: "Bash",
							input: { command: `echo ${seq}` },
							output: `${seq}`,
							status: "ok",
							source: "both",
						},
					],
				}),
			),
		);
	store.updateSession(id, markMasked({ status: "complete" as const, endedAt: startedAt + turns * SECOND }));
	return id;
}
