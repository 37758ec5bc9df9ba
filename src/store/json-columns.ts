/** The columns that hold JSON, checked on their way in from the file. */
import * as z from "zod/mini";
import type { Gap, GitState, MadeCommit, Recognition, Session } from "../core/session.ts";
import type { Durations, Turn, Usage } from "../core/turn.ts";

const text = z.string();
const count = z.number();

export const textListColumn: z.ZodMiniType<readonly string[]> = z.array(text);

export const gitColumn: z.ZodMiniType<GitState> = z.object({
	remote: z.exactOptional(text),
	branch: z.exactOptional(text),
	commit: z.exactOptional(text),
});

export const exitColumn: z.ZodMiniType<NonNullable<Session["exit"]>> = z.object({
	code: z.exactOptional(count),
	signal: z.exactOptional(text),
});

export const terminalColumn: z.ZodMiniType<Session["terminal"]> = z.object({
	cols: count,
	rows: count,
	renderer: z.enum(["classic", "fullscreen", "pipe", "none"]),
});

export const usageColumn: z.ZodMiniType<Usage> = z.object({
	inputTokens: z.exactOptional(count),
	outputTokens: z.exactOptional(count),
	cacheReadTokens: z.exactOptional(count),
	cacheWriteTokens: z.exactOptional(count),
	cacheWrite1hTokens: z.exactOptional(count),
	subagentTokens: z.exactOptional(count),
	costUsd: z.exactOptional(count),
	models: z.exactOptional(z.array(text)),
	unpricedModels: z.exactOptional(z.array(text)),
});

export const maskedCountColumn: z.ZodMiniType<Session["maskedCount"]> = z.record(text, count);

export const gapsColumn: z.ZodMiniType<readonly Gap[]> = z.array(
	z.object({ at: count, reason: text, lostBytes: count }),
);

export const commitsColumn: z.ZodMiniType<readonly MadeCommit[]> = z.array(
	z.object({ commit: text, at: count, subject: text }),
);

export const recognitionColumn: z.ZodMiniType<Recognition> = z.object({ lines: count, unclaimed: count });

export const durationsColumn: z.ZodMiniType<Durations> = z.object({
	thinkingMs: z.exactOptional(count),
	streamingMs: z.exactOptional(count),
	toolMs: z.exactOptional(count),
	waitingForPermissionMs: z.exactOptional(count),
	waitingForUserMs: z.exactOptional(count),
});

export const recordingColumn: z.ZodMiniType<NonNullable<Turn["recording"]>> = z.object({
	fromMs: count,
	toMs: z.exactOptional(count),
});

/** What an item knows beyond its own columns. */
export const itemFactsColumn = z.object({
	isInputJson: z.exactOptional(z.literal(true)),
	confidence: z.exactOptional(count),
	truncated: z.exactOptional(z.boolean()),
	observedLines: z.exactOptional(count),
	observedChars: z.exactOptional(count),
	/** How deep below a tool call of the turn: what its subagent did stands behind it. Absent: not at all. */
	depth: z.exactOptional(count),
	durationMs: z.exactOptional(count),
	recording: z.exactOptional(recordingColumn),
	options: z.exactOptional(z.array(text)),
	choice: z.exactOptional(text),
	decisionMs: z.exactOptional(count),
});

export type ItemFacts = z.infer<typeof itemFactsColumn>;

export const inputColumn: z.ZodMiniType<Readonly<Record<string, unknown>>> = z.record(text, z.unknown());

export function readColumn<T>(shape: z.ZodMiniType<T>, column: string): T {
	return shape.parse(JSON.parse(column));
}

export function readOptionalColumn<T>(
	shape: z.ZodMiniType<T>,
	column: string | null | undefined,
): T | undefined {
	return column === null || column === undefined ? undefined : readColumn(shape, column);
}

/** JSON for a column, or null for what is unknown. A lone surrogate cannot leave as UTF-8, so it is replaced here. */
export function writeColumn(value: unknown): string | null {
	return value === undefined ? null : JSON.stringify(value, wellFormedText);
}

function wellFormedText(_key: string, value: unknown): unknown {
	return typeof value === "string" ? value.toWellFormed() : value;
}
