/** The columns that hold JSON, checked on their way in from the file. */
import * as z from "zod";
import type { Gap, GitState, MadeCommit, Recognition, Session } from "../core/session.ts";
import type { Durations, Turn, Usage } from "../core/turn.ts";

const text = z.string();
const count = z.number();

export const textListColumn: z.ZodType<readonly string[]> = z.array(text);

export const gitColumn: z.ZodType<GitState> = z.object({
	remote: text.exactOptional(),
	branch: text.exactOptional(),
	commit: text.exactOptional(),
});

export const exitColumn: z.ZodType<NonNullable<Session["exit"]>> = z.object({
	code: count.exactOptional(),
	signal: text.exactOptional(),
});

export const terminalColumn: z.ZodType<Session["terminal"]> = z.object({
	cols: count,
	rows: count,
	renderer: z.enum(["classic", "fullscreen", "pipe", "none"]),
});

export const usageColumn: z.ZodType<Usage> = z.object({
	inputTokens: count.exactOptional(),
	outputTokens: count.exactOptional(),
	cacheReadTokens: count.exactOptional(),
	cacheWriteTokens: count.exactOptional(),
	cacheWrite1hTokens: count.exactOptional(),
	subagentTokens: count.exactOptional(),
	costUsd: count.exactOptional(),
	models: z.array(text).exactOptional(),
	unpricedModels: z.array(text).exactOptional(),
});

export const maskedCountColumn: z.ZodType<Session["maskedCount"]> = z.record(text, count);

export const gapsColumn: z.ZodType<readonly Gap[]> = z.array(
	z.object({ at: count, reason: text, lostBytes: count }),
);

export const commitsColumn: z.ZodType<readonly MadeCommit[]> = z.array(
	z.object({ commit: text, at: count, subject: text }),
);

export const recognitionColumn: z.ZodType<Recognition> = z.object({ lines: count, unclaimed: count });

export const durationsColumn: z.ZodType<Durations> = z.object({
	thinkingMs: count.exactOptional(),
	streamingMs: count.exactOptional(),
	toolMs: count.exactOptional(),
	waitingForPermissionMs: count.exactOptional(),
	waitingForUserMs: count.exactOptional(),
});

export const recordingColumn: z.ZodType<NonNullable<Turn["recording"]>> = z.object({
	fromMs: count,
	toMs: count.exactOptional(),
});

/** What an item knows beyond its own columns. */
export const itemFactsColumn = z.object({
	isInputJson: z.literal(true).exactOptional(),
	confidence: count.exactOptional(),
	truncated: z.boolean().exactOptional(),
	observedLines: count.exactOptional(),
	observedChars: count.exactOptional(),
	/** How deep below a tool call of the turn: what its subagent did stands behind it. Absent: not at all. */
	depth: count.exactOptional(),
	durationMs: count.exactOptional(),
	recording: recordingColumn.exactOptional(),
	options: z.array(text).exactOptional(),
	choice: text.exactOptional(),
	decisionMs: count.exactOptional(),
});

export type ItemFacts = z.infer<typeof itemFactsColumn>;

export const inputColumn: z.ZodType<Readonly<Record<string, unknown>>> = z.record(text, z.unknown());

export function readColumn<T>(shape: z.ZodType<T>, column: string): T {
	return shape.parse(JSON.parse(column));
}

export function readOptionalColumn<T>(shape: z.ZodType<T>, column: string | null | undefined): T | undefined {
	return column === null || column === undefined ? undefined : readColumn(shape, column);
}

/** JSON for a column, or null for what is unknown. A lone surrogate cannot leave as UTF-8, so it is replaced here. */
export function writeColumn(value: unknown): string | null {
	return value === undefined ? null : JSON.stringify(value, wellFormedText);
}

function wellFormedText(_key: string, value: unknown): unknown {
	return typeof value === "string" ? value.toWellFormed() : value;
}
