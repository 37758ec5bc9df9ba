/** A session and its turns, as the published export (version 1) has them, with what a page needs beyond that. */
import * as z from "zod";
import { count, milliseconds, sessionId, time } from "./basics.ts";

const source = z.enum(["terminal", "transcript", "both"]);
export const sessionStatus = z.enum(["complete", "running", "lost", "failed"]);

export const usage = z
	.object({
		inputTokens: count.exactOptional(),
		outputTokens: count.exactOptional(),
		cacheReadTokens: count.exactOptional(),
		cacheWriteTokens: count.exactOptional(),
		cacheWrite1hTokens: count.exactOptional(),
		subagentTokens: count.exactOptional(),
		costUsd: z.number().exactOptional(),
		models: z.array(z.string()).readonly().exactOptional(),
		unpricedModels: z.array(z.string()).readonly().exactOptional(),
	})
	.meta({ id: "Usage" });

const git = z.object({
	remote: z.string().exactOptional(),
	branch: z.string().exactOptional(),
	commit: z.string().exactOptional(),
});

/** One line of the list, and what the live stream says of a session that changed. */
export const sessionSummary = z
	.object({
		id: sessionId,
		agent: z.string().meta({ description: "`claude-code`, or `generic` for any other program" }),
		agentVersion: z.string().exactOptional(),
		title: z.string().exactOptional(),
		firstPrompt: z
			.string()
			.exactOptional()
			.meta({ description: "The beginning of the first thing the person asked" }),
		cwd: z
			.string()
			.meta({ description: "`~` for the home directory. The same value is the `project` of a filter" }),
		branch: z.string().exactOptional(),
		startedAt: time,
		endedAt: time.exactOptional(),
		durationMs: milliseconds.meta({ description: "Of a running session: until its last change" }),
		status: sessionStatus,
		turns: count,
		tools: count.exactOptional().meta({ description: "Absent: not counted, as in a team's project" }),
		usage: usage.exactOptional(),
		tokens: count.meta({ description: "Of every kind, added up" }),
		masked: count.meta({ description: "Secrets masked" }),
		gaps: count,
		revision: count.meta({ description: "Grows with every change of the session or one of its turns" }),
	})
	.meta({ id: "SessionSummary" });
export type SessionSummary = z.output<typeof sessionSummary>;

/** How much there was, where a text was cut to a bound of the page; `turns/SEQ` gives the whole. */
const clipped = z
	.object({
		text: count.exactOptional(),
		input: count.exactOptional(),
		output: count.exactOptional(),
	})
	.meta({ description: "Characters there were, of each text that was cut" });

const assistantItem = z.object({
	kind: z.literal("assistant"),
	text: z.string().meta({ description: "Markdown. Hostile: may hold HTML, scripts, links of any scheme" }),
	source,
	clipped: clipped.exactOptional(),
});
const thinkingItem = z.object({
	kind: z.literal("thinking"),
	text: z.string(),
	source,
	clipped: clipped.exactOptional(),
});
const noticeItem = z.object({
	kind: z.literal("notice"),
	text: z.string(),
	truncated: z.boolean().exactOptional(),
	observedLines: z.number().exactOptional(),
	source,
	clipped: clipped.exactOptional(),
});
const permissionItem = z.object({
	kind: z.literal("permission"),
	question: z.string(),
	tool: z.string().exactOptional(),
	options: z.array(z.string()).readonly(),
	choice: z
		.string()
		.exactOptional()
		.meta({ description: "Absent while the dialog is open, or when it was dismissed" }),
	decisionMs: milliseconds.exactOptional(),
	source,
	clipped: clipped.exactOptional(),
});
const toolItem = z.object({
	kind: z.literal("tool"),
	name: z.string(),
	input: z
		.union([z.string(), z.record(z.string(), z.unknown())])
		.exactOptional()
		.meta({
			description: "An object where the transcript tells it; text where the screen does, or where it was cut",
		}),
	output: z.string().exactOptional(),
	status: z.enum(["ok", "error", "rejected", "interrupted", "running"]),
	truncated: z.boolean().exactOptional().meta({ description: "Part of it was never seen" }),
	observedLines: z.number().exactOptional(),
	observedChars: z.number().exactOptional(),
	durationMs: milliseconds.exactOptional(),
	get items() {
		return z
			.array(item)
			.readonly()
			.exactOptional()
			.meta({ description: "What the subagent that this call started said and did" });
	},
	source,
	clipped: clipped.exactOptional(),
});

export const item = z
	.discriminatedUnion("kind", [assistantItem, thinkingItem, toolItem, permissionItem, noticeItem])
	.meta({ id: "Item" });
export type ApiItem = z.output<typeof item>;
export type ApiToolItem = z.output<typeof toolItem>;

const durations = z.object({
	thinkingMs: milliseconds.exactOptional(),
	streamingMs: milliseconds.exactOptional(),
	toolMs: milliseconds.exactOptional(),
	waitingForPermissionMs: milliseconds.exactOptional(),
	waitingForUserMs: milliseconds.exactOptional(),
});
const recording = z
	.object({ fromMs: milliseconds, toMs: milliseconds.exactOptional() })
	.meta({ description: "Where it lies in the recording, from the session's start" });
const promptKind = z.enum(["prompt", "slash", "bash", "memory", "none"]);
const turnStatus = z.enum(["complete", "interrupted", "running", "lost"]);

export const turn = z
	.object({
		seq: count,
		prompt: z.object({ text: z.string(), kind: promptKind, clipped: count.exactOptional() }),
		startedAt: time,
		endedAt: time.exactOptional(),
		status: turnStatus,
		durations: durations.exactOptional(),
		usage: usage.exactOptional(),
		source,
		fidelity: z.number().exactOptional(),
		recording: recording.exactOptional(),
		masked: z.record(z.string(), count).exactOptional().meta({ description: "Secrets masked, by rule" }),
		revision: count,
		items: z.array(item).readonly(),
	})
	.meta({ id: "Turn" });
export type ApiTurn = z.output<typeof turn>;

/** A turn in a line: for the outline, and for the bar of where the time went. */
export const turnOutline = z
	.object({
		seq: count,
		prompt: z.string().meta({ description: "Its beginning, on one line" }),
		kind: promptKind,
		startedAt: time,
		endedAt: time.exactOptional(),
		status: turnStatus,
		durations: durations.exactOptional(),
		costUsd: z.number().exactOptional(),
		tokens: count,
		tools: count,
		errors: count.meta({ description: "Tool calls that failed" }),
		permissions: count,
		recording: recording.exactOptional(),
	})
	.meta({ id: "TurnOutline" });
export type TurnOutline = z.output<typeof turnOutline>;

export const sessionHead = z
	.object({
		...sessionSummary.shape,
		agentSessionIds: z.array(z.string()).readonly(),
		command: z.array(z.string()).readonly(),
		git: git.exactOptional(),
		commits: z
			.array(z.object({ commit: z.string(), at: time, subject: z.string() }))
			.readonly()
			.exactOptional()
			.meta({ description: "Made in its directory while it ran, oldest first" }),
		host: z.string().exactOptional(),
		user: z.string().exactOptional(),
		exit: z.object({ code: z.number().exactOptional(), signal: z.string().exactOptional() }).exactOptional(),
		terminal: z.object({
			cols: z.number(),
			rows: z.number(),
			renderer: z.enum(["classic", "fullscreen", "pipe", "none"]),
		}),
		maskedCount: z.record(z.string(), count),
		gapList: z.array(z.object({ at: time, reason: z.string(), lostBytes: z.number() })).readonly(),
		hasRecording: z.boolean(),
	})
	.meta({ id: "SessionHead" });
export type SessionHead = z.output<typeof sessionHead>;
