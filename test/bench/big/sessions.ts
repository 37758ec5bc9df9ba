/** Invented sessions: projects, versions and models as years of use leave them. */
import type { Session } from "../../../src/core/session.ts";
import type { Item, Turn, Usage } from "../../../src/core/turn.ts";
import type { Chance } from "./chance.ts";
import type { Texts } from "./texts.ts";

const PROJECTS = 240;
const MODELS = [
	"claude-opus-4-5",
	"claude-sonnet-4-5",
	"claude-haiku-4-5",
	"claude-sonnet-4",
	"claude-opus-4-1",
];
const BRANCHES = "main main main develop fix/search feature/login feature/export release/2".split(" ");
const TOOLS = "Bash Bash Bash Read Read Edit Edit Write Grep Glob WebFetch Task".split(" ");
const RULES = ["anthropic-key", "github-token", "email", "jwt", "aws-access-key"];

export interface Invented {
	readonly session: Session;
	readonly turns: readonly Turn[];
}

export interface InventOptions {
	readonly chance: Chance;
	readonly texts: Texts;
}

/** A session of this many turns; `share` says how far in all the time it lies, 0 to 1. */
export function inventSession(
	id: string,
	place: { readonly startedAt: number; readonly share: number; readonly turns: number },
	{ chance, texts }: InventOptions,
): Invented {
	const startedAt = Math.round(place.startedAt + chance.below(3_600_000));
	const model = chance.pick(MODELS);
	const turns = inventTurns(place.turns, { startedAt, model, chance, texts });
	const last = turns.at(-1);
	const status = chance.is(0.96) ? "complete" : chance.pick(["lost", "failed"] as const);
	return {
		session: {
			id,
			agent: chance.is(0.93) ? "claude-code" : "generic",
			agentVersion: `2.${chance.below(2)}.${100 + Math.floor(place.share * 180)}`,
			agentSessionIds: [id],
			command: ["claude"],
			cwd: `~/code/project-${chance.zipf(PROJECTS)}`,
			git: { branch: chance.pick(BRANCHES), commit: chance.hex(40) },
			host: "machine",
			user: "ada",
			startedAt,
			...(status === "lost" ? {} : { endedAt: last?.endedAt ?? startedAt }),
			status,
			...(status === "lost" ? {} : { exit: { code: status === "failed" ? 1 : 0 } }),
			terminal: { cols: 120, rows: 40, renderer: "fullscreen" },
			usage: sumUsage(turns, model),
			maskedCount: chance.is(0.2) ? { [chance.pick(RULES)]: 1 + chance.zipf(12) } : {},
			gaps: [],
			...(chance.is(0.7) ? { title: texts.prompt().slice(0, 60) } : {}),
			recognition: { lines: place.turns * 20, unclaimed: chance.is(0.05) ? 3 : 0 },
		},
		turns,
	};
}

interface TurnFacts {
	readonly startedAt: number;
	readonly model: string;
	readonly chance: Chance;
	readonly texts: Texts;
}

function inventTurns(count: number, facts: TurnFacts): Turn[] {
	let at = facts.startedAt + 2000;
	return Array.from({ length: count }, (_, index) => {
		const turn = inventTurn(index + 1, at, facts);
		at = (turn.endedAt ?? at) + 5000 + facts.chance.below(120_000);
		return turn;
	});
}

function inventTurn(seq: number, startedAt: number, { model, chance, texts }: TurnFacts): Turn {
	const items: Item[] = [];
	const tools = chance.is(0.6) ? 1 + chance.zipf(4) : 0;
	let toolMs = 0;
	for (let n = 0; n < tools; n += 1) {
		const item = inventTool({ chance, texts });
		toolMs += item.durationMs ?? 0;
		if (chance.is(0.05)) items.push(inventPermission(item.name, chance));
		items.push(item);
	}
	items.push({ kind: "assistant", text: texts.answer(), source: "both" });
	const thinkingMs = 500 + chance.below(4000);
	const streamingMs = 1000 + chance.below(9000);
	return {
		seq,
		prompt: { text: texts.prompt(), kind: "prompt" },
		startedAt,
		endedAt: startedAt + thinkingMs + streamingMs + toolMs,
		status: chance.is(0.97) ? "complete" : "interrupted",
		durations: { thinkingMs, streamingMs, toolMs, waitingForUserMs: chance.below(120_000) },
		usage: inventUsage(model, chance),
		source: "both",
		recogniser: "claude-code/2.1",
		fidelity: 0.98,
		...(chance.is(0.03) ? { maskedCount: { [chance.pick(RULES)]: 1 + chance.zipf(4) } } : {}),
		items,
	};
}

function inventTool({ chance, texts }: Pick<TurnFacts, "chance" | "texts">) {
	const name = chance.pick(TOOLS);
	return {
		kind: "tool" as const,
		name,
		input: name === "Bash" ? { command: texts.command() } : { file_path: texts.path() },
		output: texts.output(),
		status: chance.is(0.93) ? ("ok" as const) : ("error" as const),
		durationMs: 20 + chance.zipf(20_000),
		source: "both" as const,
	};
}

function inventPermission(tool: string, chance: Chance): Item {
	return {
		kind: "permission",
		question: "Do you want to proceed?",
		tool,
		options: ["Yes", "No"],
		choice: chance.is(0.9) ? "Yes" : "No",
		decisionMs: 400 + chance.below(8000),
		source: "terminal",
	};
}

function inventUsage(model: string, chance: Chance): Usage {
	const [inputTokens, outputTokens] = [chance.below(2000), 50 + chance.below(1500)];
	const [cacheReadTokens, cacheWriteTokens] = [chance.below(60_000), chance.below(4000)];
	const costUsd =
		(inputTokens * 3 + outputTokens * 15 + cacheReadTokens * 0.3 + cacheWriteTokens * 3.75) / 1e6;
	return { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, costUsd, models: [model] };
}

function sumUsage(turns: readonly Turn[], model: string): Usage {
	const sum = (name: "inputTokens" | "outputTokens" | "cacheReadTokens" | "cacheWriteTokens" | "costUsd") =>
		turns.reduce((total, { usage }) => total + (usage?.[name] ?? 0), 0);
	return {
		inputTokens: sum("inputTokens"),
		outputTokens: sum("outputTokens"),
		cacheReadTokens: sum("cacheReadTokens"),
		cacheWriteTokens: sum("cacheWriteTokens"),
		costUsd: sum("costUsd"),
		models: [model],
	};
}
