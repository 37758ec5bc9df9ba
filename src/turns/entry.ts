import type { PromptKind } from "../core/turn.ts";

/** One recognised thing of the conversation as the screen shows it: a prompt, an answer, a tool with its results. */
export interface Entry {
	readonly kind: EntryKind;
	/** Id of the pattern that recognised it. */
	readonly pattern: string;
	/** What it says, unwrapped, without glyphs and indentation. */
	readonly text: string;
	readonly results: readonly Result[];
	readonly promptKind?: PromptKind;
	/** A tool or group that was still running when last seen. */
	readonly isRunning?: boolean;
	/** The bullet was painted as failed, as far as its colour says. */
	readonly bullet?: string;
	/** Commands, paths and patterns that a collapsed group showed for a moment while it ran. */
	readonly hints?: readonly string[];
}

export type EntryKind =
	| "prompt"
	| "assistant"
	| "tool"
	| "group"
	| "thinking"
	| "notice"
	| "turn-end"
	/** What Claude Code greets with: the screen begins anew there. */
	| "banner"
	/** A spinner or a drawn line that scrolled off with the text. */
	| "noise"
	/** The rest of something whose beginning is above the screen. */
	| "fragment"
	| "unknown";

/** What hangs below an entry under a `⎿`. */
export interface Result {
	readonly text: string;
	/** Foreground of its first character: errors are painted in a colour of their own. */
	readonly fg?: string;
}
