import type { TerminalSize } from "./event.ts";
import type { Usage } from "./turn.ts";

/** `running` until its recorder says otherwise; `lost` when the recorder saw no end. */
export type SessionStatus = "complete" | "running" | "lost" | "failed";

/** How the wrapped program draws: on the main screen, on the alternate screen, or into a pipe; `none`: nobody saw it. */
export type Renderer = "classic" | "fullscreen" | "pipe" | "none";

export interface Gap {
	/** Milliseconds since the Unix epoch. */
	readonly at: number;
	readonly reason: string;
	readonly lostBytes: number;
}

export interface GitState {
	readonly remote?: string;
	readonly branch?: string;
	readonly commit?: string;
}

/** A commit that was made in the session's directory while it ran. */
export interface MadeCommit {
	/** Its name: 40 or 64 hexadecimal digits. */
	readonly commit: string;
	/** Milliseconds since the Unix epoch. */
	readonly at: number;
	readonly subject: string;
}

/** How much of the conversation was understood, counted over the turns that ended. */
export interface Recognition {
	/** Lines of the conversation that the screen showed. */
	readonly lines: number;
	/** Those of them that no pattern claimed. */
	readonly unclaimed: number;
}

/** One run of a wrapped command. Times are milliseconds since the Unix epoch. */
export interface Session {
	readonly id: string;
	/** `claude-code`, or `generic` for any other program. */
	readonly agent: string;
	readonly agentVersion?: string;
	/** Claude Code's own session ids, in order: `/clear`, `/resume` and `/branch` change them. */
	readonly agentSessionIds: readonly string[];
	readonly command: readonly string[];
	readonly cwd: string;
	readonly git?: GitState;
	readonly host?: string;
	readonly user?: string;
	readonly startedAt: number;
	readonly endedAt?: number;
	readonly status: SessionStatus;
	readonly exit?: { readonly code?: number; readonly signal?: string };
	readonly terminal: TerminalSize & { readonly renderer: Renderer };
	readonly usage?: Usage;
	/** Masked values by rule id. */
	readonly maskedCount: Readonly<Record<string, number>>;
	readonly gaps: readonly Gap[];
	readonly title?: string;
	/** Oldest first; absent: none, or none that is known. */
	readonly commits?: readonly MadeCommit[];
	readonly recognition?: Recognition;
	/** The person's own: kept for ever, words to find it by, and what they think of it. */
	readonly pinned?: boolean;
	readonly tags?: readonly string[];
	readonly note?: string;
}

/** When it was last heard of: its end, where it has one. */
export function lastMoment({ startedAt, endedAt }: Pick<Session, "startedAt" | "endedAt">): number {
	return Math.max(startedAt, endedAt ?? startedAt);
}
