// Made of export-v1.schema.json by `npm run schema:types`.

export type Time = string;
export type Count = number;
/**
 * Where it was taken from: the terminal, the agent's own transcript, or both.
 */
export type Source = "terminal" | "transcript" | "both";
export type Item = Spoken | Tool | Permission | Notice;

/**
 * One recorded session with its turns, as `ctrace sessions show ID --json` and `ctrace export ID --format json` print it. Times are ISO 8601 in UTC with milliseconds, durations are milliseconds, text is masked. An absent field is unknown; null is not used. Within version 1 fields are added, never renamed or removed.
 */
export interface ExportV1 {
	version: 1;
	session: Session;
	turns: Turn[];
}
/**
 * One run of a wrapped command.
 */
export interface Session {
	/**
	 * UUIDv7, made by ctrace.
	 */
	id: string;
	/**
	 * claude-code, or generic for any other program.
	 */
	agent: string;
	agentVersion?: string;
	/**
	 * The agent's own session ids, in order.
	 */
	agentSessionIds: string[];
	command: string[];
	/**
	 * Below the home directory it begins with ~.
	 */
	cwd: string;
	git?: {
		remote?: string;
		branch?: string;
		commit?: string;
	};
	/**
	 * Made in its directory while it ran, oldest first.
	 */
	commits?: {
		commit: string;
		at: Time;
		subject: string;
	}[];
	host?: string;
	user?: string;
	startedAt: Time;
	endedAt?: Time;
	/**
	 * lost: the recorder saw no end.
	 */
	status: "complete" | "running" | "lost" | "failed";
	exit?: {
		code?: number;
		signal?: string;
	};
	terminal: {
		cols: Count;
		rows: Count;
		renderer: "classic" | "fullscreen" | "pipe" | "none";
	};
	usage?: Usage;
	/**
	 * How many values were masked, by rule.
	 */
	maskedCount: {
		[k: string]: Count;
	};
	/**
	 * What is known to be missing.
	 */
	gaps: {
		at: Time;
		reason: string;
		lostBytes: Count;
	}[];
	title?: string;
	/**
	 * Kept whatever its age, by the person's wish.
	 */
	pinned?: true;
	/**
	 * The person's own words for it.
	 */
	tags?: string[];
	/**
	 * The person's own.
	 */
	note?: string;
}
export interface Usage {
	inputTokens?: Count;
	outputTokens?: Count;
	cacheReadTokens?: Count;
	/**
	 * All of them.
	 */
	cacheWriteTokens?: number;
	/**
	 * Those kept for an hour.
	 */
	cacheWrite1hTokens?: number;
	/**
	 * Of subagents; they are in the counts.
	 */
	subagentTokens?: number;
	/**
	 * By the list prices of the day.
	 */
	costUsd?: number;
	models?: string[];
	/**
	 * Models whose price is not known: counted, and not in the cost.
	 */
	unpricedModels?: string[];
}
/**
 * A prompt and everything up to the next one.
 */
export interface Turn {
	/**
	 * Counts from 1 in its session.
	 */
	seq: number;
	prompt: {
		text: string;
		/**
		 * none: what came before the first prompt.
		 */
		kind: "prompt" | "slash" | "bash" | "memory" | "none";
	};
	startedAt: Time;
	endedAt?: Time;
	status: "complete" | "interrupted" | "running" | "lost";
	durations?: {
		thinkingMs?: Count;
		streamingMs?: Count;
		toolMs?: Count;
		waitingForPermissionMs?: Count;
		waitingForUserMs?: Count;
	};
	usage?: Usage;
	source: Source;
	/**
	 * How well what the screen showed agrees with the transcript; absent without both.
	 */
	fidelity?: number;
	recording?: Recording;
	items: Item[];
}
/**
 * Where it lies in the recording of the screen, in milliseconds since the session started.
 */
export interface Recording {
	fromMs: Count;
	toMs?: Count;
}
export interface Spoken {
	kind: "assistant" | "thinking";
	text: string;
	source: Source;
}
export interface Tool {
	kind: "tool";
	/**
	 * The agent's own name of the tool.
	 */
	name: string;
	/**
	 * The call's arguments where the transcript supplies them, else the text shown.
	 */
	input?:
		| string
		| {
				[k: string]: unknown;
		  };
	output?: string;
	status: "ok" | "error" | "rejected" | "interrupted" | "running";
	/**
	 * Part of the output was never shown.
	 */
	truncated?: boolean;
	/**
	 * Lines the output really had.
	 */
	observedLines?: number;
	/**
	 * Characters the output really had, where it was cut.
	 */
	observedChars?: number;
	durationMs?: Count;
	recording?: Recording;
	/**
	 * What the subagent said and did that this call started.
	 */
	items?: Item[];
	source: Source;
}
export interface Permission {
	kind: "permission";
	question: string;
	tool?: string;
	options: string[];
	/**
	 * The option taken; absent when none was.
	 */
	choice?: string;
	decisionMs?: Count;
	recording?: Recording;
	source: Source;
}
export interface Notice {
	kind: "notice";
	text: string;
	truncated?: boolean;
	observedLines?: Count;
	source: Source;
}
