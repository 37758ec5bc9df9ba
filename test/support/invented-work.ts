/** A past of invented sessions, the same for the same seed: projects, tools, models, dialogs, repeated prompts. */
import type { IdMaker } from "../../src/core/ids.ts";
import type { Item, Turn } from "../../src/core/turn.ts";
import type { Store } from "../../src/store/store.ts";
import { markMasked } from "./mark-masked.ts";
import { makeSession } from "./stored-session.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;
const SPAN_DAYS = 540;
const TURNS = 20;
const AT_ONCE = 100;
const MODELS = ["claude-opus-4-5", "claude-sonnet-4-5", "claude-haiku-4-5"] as const;
const COMMANDS = [
	"npm test",
	"npm run lint",
	"git status",
	"git diff --stat",
	"python3 plan.py",
	"ls -la",
] as const;
const OPTIONS = ["Yes", "Yes, and don’t ask again for: npm run *", "No"] as const;
const HABITS = [
	"Run the tests and fix what fails",
	"Write a commit message for the staged changes",
	"Review this branch for mistakes before I push",
] as const;

export function fillStatistics(
	store: Store,
	ids: IdMaker,
	{ sessions, now, seed = 1 }: { readonly sessions: number; readonly now: number; readonly seed?: number },
): void {
	const next = createRandom(seed);
	using _ = store.beginBulk();
	for (let from = 0; from < sessions; from += AT_ONCE)
		store.transaction(() => {
			for (let n = from; n < Math.min(from + AT_ONCE, sessions); n += 1) {
				const startedAt = now - Math.round(((sessions - n) / sessions) * SPAN_DAYS * DAY);
				fillSession(store, ids(), { startedAt, next });
			}
		});
}

type Random = (below: number) => number;

function createRandom(seed: number): Random {
	let state = seed;
	return (below) => {
		state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
		return Math.floor((state / 2_147_483_648) * below);
	};
}

function fillSession(
	store: Store,
	id: string,
	facts: { readonly startedAt: number; readonly next: Random },
): void {
	const { startedAt, next } = facts;
	const endedAt = startedAt + TURNS * 4 * MINUTE;
	const cwd = `~/orchard/p${next(20)}`;
	const status = next(40) === 0 ? "lost" : "complete";
	store.beginSession(markMasked(makeSession(id, { startedAt, endedAt, cwd, status })), { pid: 1 });
	for (let seq = 1; seq <= TURNS; seq += 1)
		store.saveTurn(id, markMasked(inventedTurn(seq, startedAt + seq * 4 * MINUTE, next)));
	store.transcripts.addResponses(
		id,
		Array.from({ length: TURNS }, (_, index) => ({
			fingerprint: `${id} ${index}`,
			model: markMasked(MODELS[next(3)] ?? MODELS[0]),
			response: {
				at: startedAt + index * 4 * MINUTE,
				inputTokens: next(5000),
				outputTokens: next(2000),
				cacheReadTokens: next(80_000),
				cacheWrite5mTokens: next(8000),
				cacheWrite1hTokens: 0,
				isSubagent: false,
				costUsd: next(500) / 1000,
			},
		})),
	);
}

function inventedTurn(seq: number, startedAt: number, next: Random): Turn {
	const text =
		next(6) === 0
			? (HABITS[next(HABITS.length)] ?? "")
			: `${next(12) === 0 ? "no, " : ""}look at ${words(next, 9)}`;
	return {
		seq,
		prompt: { text, kind: "prompt" },
		startedAt,
		endedAt: startedAt + 3 * MINUTE,
		status: next(15) === 0 ? "interrupted" : "complete",
		durations: {
			thinkingMs: next(20_000),
			streamingMs: next(60_000),
			toolMs: next(60_000),
			waitingForPermissionMs: next(9000),
			waitingForUserMs: next(30 * MINUTE),
		},
		source: "both",
		...(next(10) === 0 ? { maskedCount: { "github-pat": 1 } } : {}),
		items: inventedItems(next),
	};
}

function inventedItems(next: Random): Item[] {
	const command = COMMANDS[next(COMMANDS.length)] ?? "ls";
	return [
		{ kind: "assistant", text: words(next, 30), source: "both" },
		{
			kind: "permission",
			question: "Do you want to proceed?",
			tool: "Bash",
			options: OPTIONS,
			choice: OPTIONS[next(3)] ?? "No",
			decisionMs: next(9000),
			source: "terminal",
		},
		{
			kind: "tool",
			name: "Bash",
			input: { command },
			output: words(next, 20),
			status: next(8) === 0 ? "error" : "ok",
			durationMs: next(20_000),
			source: "both",
		},
		{
			kind: "tool",
			name: next(2) === 0 ? "Edit" : "Read",
			input: { file_path: `src/part${next(40)}.ts` },
			output: "done",
			status: "ok",
			source: "both",
		},
		{ kind: "assistant", text: words(next, 40), source: "both" },
	];
}

function words(next: Random, count: number): string {
	return Array.from({ length: count }, () => letters(next(20_000))).join(" ");
}

/** A number as a word of letters. */
function letters(value: number): string {
	return value.toString(26).replace(/[0-9]/gu, (digit) => "qrstuvwxyz"[Number(digit)] ?? "");
}
