/**
 * The conversation as people remember it. The shapes equal the published export, version 1:
 * absent means unknown, durations are milliseconds, times are milliseconds since the Unix epoch
 * here and ISO 8601 in the export.
 */

/** Which source a turn or an item was taken from. */
export type Source = "terminal" | "transcript" | "both";

/** How sure the recogniser is: 1 = every line claimed by a pattern, 0 = guessed. */
export type Confidence = number;

export type PromptKind = "prompt" | "slash" | "bash" | "memory" | "none";

export interface Prompt {
	readonly text: string;
	readonly kind: PromptKind;
}

export type ToolStatus = "ok" | "error" | "rejected" | "interrupted" | "running";

export interface AssistantItem {
	readonly kind: "assistant";
	readonly text: string;
	readonly source: Source;
	readonly confidence?: Confidence;
}

export interface ThinkingItem {
	readonly kind: "thinking";
	readonly text: string;
	readonly source: Source;
	readonly confidence?: Confidence;
}

/** A place in the session's recording, in milliseconds since its start. */
export interface RecordingPlace {
	readonly fromMs: number;
	readonly toMs?: number;
}

export interface ToolItem {
	readonly kind: "tool";
	/** Claude Code's own tool name, or `Group` for a collapsed line nothing explains. */
	readonly name: string;
	readonly input?: string | Readonly<Record<string, unknown>>;
	readonly output?: string;
	readonly status: ToolStatus;
	/** The screen or the transcript held back part of the output. */
	readonly truncated?: boolean;
	/** Lines the output really had, as far as it was said. */
	readonly observedLines?: number;
	/** Characters the output really had, where it was cut to a bound of ours. */
	readonly observedChars?: number;
	readonly durationMs?: number;
	readonly recording?: RecordingPlace;
	/** What the subagent that this call started said and did, in order. */
	readonly items?: readonly Item[];
	readonly source: Source;
	readonly confidence?: Confidence;
}

export interface PermissionItem {
	readonly kind: "permission";
	readonly question: string;
	readonly tool?: string;
	readonly options: readonly string[];
	/** Text of the option taken; absent while the dialog is open or when it was dismissed unseen. */
	readonly choice?: string;
	readonly decisionMs?: number;
	readonly recording?: RecordingPlace;
	readonly source: Source;
	readonly confidence?: Confidence;
}

export interface NoticeItem {
	readonly kind: "notice";
	readonly text: string;
	readonly source: Source;
	readonly confidence?: Confidence;
	readonly truncated?: boolean;
	readonly observedLines?: number;
}

export type Item = AssistantItem | ThinkingItem | ToolItem | PermissionItem | NoticeItem;

export type TurnStatus = "complete" | "interrupted" | "running" | "lost";

export interface Durations {
	readonly thinkingMs?: number;
	readonly streamingMs?: number;
	readonly toolMs?: number;
	readonly waitingForPermissionMs?: number;
	readonly waitingForUserMs?: number;
}

export interface Usage {
	readonly inputTokens?: number;
	readonly outputTokens?: number;
	readonly cacheReadTokens?: number;
	/** All of them, whatever their time to live. */
	readonly cacheWriteTokens?: number;
	/** Those of them that are kept for an hour. */
	readonly cacheWrite1hTokens?: number;
	/** Tokens that subagents used; they are in the counts above. */
	readonly subagentTokens?: number;
	/** By the list prices of the day, in US dollars; without the models below. */
	readonly costUsd?: number;
	readonly models?: readonly string[];
	/** Models whose price is not known: their tokens are counted, and cost nothing here. */
	readonly unpricedModels?: readonly string[];
}

/** A prompt and everything up to the next one. `seq` counts from 1 inside its session and never changes. */
export interface Turn {
	readonly seq: number;
	readonly prompt: Prompt;
	readonly startedAt: number;
	readonly endedAt?: number;
	readonly status: TurnStatus;
	readonly durations?: Durations;
	readonly usage?: Usage;
	readonly source: Source;
	/** Where the turn lies in the recording, in milliseconds since the session's start. */
	readonly recording?: RecordingPlace;
	/** How well what the screen showed agrees with the transcript, from 0 to 1; absent without both. */
	readonly fidelity?: number;
	/** Id of the pattern set that recognised it, e.g. `claude-code/2.1`. */
	readonly recogniser?: string;
	/** Masked values by rule id. */
	readonly maskedCount?: Readonly<Record<string, number>>;
	readonly items: readonly Item[];
}
