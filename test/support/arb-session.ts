/** Generators of sessions and turns as the pipeline may make them: any text, any field missing. */
import fc from "fast-check";
import type { Session } from "../../src/core/session.ts";
import type { Item, Turn, Usage } from "../../src/core/turn.ts";

const text = fc.string({ unit: "grapheme", maxLength: 60 });
const time = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) });
const count = fc.nat(1_000_000);
const source = fc.constantFrom("terminal", "transcript", "both");
const confidence = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);

/** A record whose `optional` fields may be absent, and are never undefined. */
function record<T>(fields: { [K in keyof T]-?: fc.Arbitrary<NonNullable<T[K]>> }, required: (keyof T)[]) {
	return fc.record(fields, { requiredKeys: required, noNullPrototype: true }) as fc.Arbitrary<T>;
}

const usage = record<Usage>(
	{
		inputTokens: count,
		outputTokens: count,
		cacheReadTokens: count,
		cacheWriteTokens: count,
		cacheWrite1hTokens: count,
		subagentTokens: count,
		costUsd: fc.integer({ min: 0, max: 9999 }).map((cents) => cents / 100),
		models: fc.array(text, { maxLength: 2 }),
		unpricedModels: fc.array(text, { maxLength: 2 }),
	},
	[],
);

const assistant = record<Extract<Item, { kind: "assistant" }>>(
	{ kind: fc.constant("assistant"), text, source, confidence },
	["kind", "text", "source"],
);

const thinking = record<Extract<Item, { kind: "thinking" }>>(
	{ kind: fc.constant("thinking"), text, source, confidence },
	["kind", "text", "source"],
);

const toolInput = fc.oneof(
	text,
	fc.dictionary(
		fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 8 }),
		fc.oneof(text, count, fc.boolean()),
		{
			maxKeys: 3,
			noNullPrototype: true,
		},
	),
);

const place = fc.oneof(fc.record({ fromMs: count }), fc.record({ fromMs: count, toMs: count }));

const tool = record<Extract<Item, { kind: "tool" }>>(
	{
		kind: fc.constant("tool"),
		name: fc.constantFrom("Bash", "Read", "Write", "Group", "mcp__server__tool"),
		input: toolInput,
		output: text,
		status: fc.constantFrom("ok", "error", "rejected", "interrupted", "running"),
		truncated: fc.boolean(),
		observedLines: count,
		observedChars: count,
		durationMs: count,
		recording: place,
		items: fc.array(fc.oneof(assistant, thinking), { minLength: 1, maxLength: 2 }),
		source,
		confidence,
	},
	["kind", "name", "status", "source"],
);

const permission = record<Extract<Item, { kind: "permission" }>>(
	{
		kind: fc.constant("permission"),
		question: text,
		tool: text,
		options: fc.array(text, { maxLength: 3 }),
		choice: text,
		decisionMs: count,
		recording: place,
		source,
		confidence,
	},
	["kind", "question", "options", "source"],
);

const notice = record<Extract<Item, { kind: "notice" }>>(
	{ kind: fc.constant("notice"), text, source, confidence, truncated: fc.boolean(), observedLines: count },
	["kind", "text", "source"],
);

const item: fc.Arbitrary<Item> = fc.oneof(assistant, thinking, tool, permission, notice);

const turn = record<Turn>(
	{
		seq: fc.constant(1),
		prompt: fc.record({
			text,
			kind: fc.constantFrom("prompt", "slash", "bash", "memory", "none"),
		}),
		startedAt: time,
		endedAt: time,
		status: fc.constantFrom("complete", "interrupted", "running", "lost"),
		durations: record<NonNullable<Turn["durations"]>>(
			{
				thinkingMs: count,
				streamingMs: count,
				toolMs: count,
				waitingForPermissionMs: count,
				waitingForUserMs: count,
			},
			[],
		),
		usage,
		source,
		recording: record<NonNullable<Turn["recording"]>>({ fromMs: count, toMs: count }, ["fromMs"]),
		recogniser: text,
		fidelity: confidence,
		maskedCount: fc.dictionary(fc.constantFrom("email", "github-token"), count, { noNullPrototype: true }),
		items: fc.array(item, { maxLength: 5 }),
	},
	["seq", "prompt", "startedAt", "status", "source", "items"],
);

/** Up to four turns, numbered from 1. */
export const arbTurns: fc.Arbitrary<Turn[]> = fc
	.array(turn, { minLength: 1, maxLength: 4 })
	.map((turns) => turns.map((one, index) => ({ ...one, seq: index + 1 })));

export const arbSession: fc.Arbitrary<Session> = record<Session>(
	{
		id: fc.uuid({ version: 7 }),
		agent: fc.constantFrom("claude-code", "generic"),
		agentVersion: text,
		agentSessionIds: fc.array(fc.uuid(), { maxLength: 2 }),
		command: fc.array(text, { minLength: 1, maxLength: 3 }),
		cwd: text.map((name) => `/home/ada/${name}`),
		git: record<NonNullable<Session["git"]>>({ remote: text, branch: text, commit: text }, []),
		host: text,
		user: text,
		startedAt: time,
		endedAt: time,
		status: fc.constantFrom("complete", "running", "lost", "failed"),
		exit: record<NonNullable<Session["exit"]>>({ code: fc.nat(255), signal: text }, []),
		terminal: fc.record({
			cols: fc.integer({ min: 1, max: 500 }),
			rows: fc.integer({ min: 1, max: 200 }),
			renderer: fc.constantFrom("classic", "fullscreen", "pipe"),
		}),
		usage,
		maskedCount: fc.dictionary(fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 8 }), count, {
			maxKeys: 2,
			noNullPrototype: true,
		}),
		gaps: fc.array(fc.record({ at: time, reason: text, lostBytes: count }), { maxLength: 2 }),
		title: text,
		commits: fc.array(fc.record({ commit: text, at: time, subject: text }), { minLength: 1, maxLength: 2 }),
		recognition: fc.record({ lines: count, unclaimed: count }),
		pinned: fc.boolean(),
		tags: fc.array(text, { maxLength: 3 }),
		note: text,
	},
	[
		"id",
		"agent",
		"agentSessionIds",
		"command",
		"cwd",
		"startedAt",
		"status",
		"terminal",
		"maskedCount",
		"gaps",
	],
);
