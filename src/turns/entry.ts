import type { PromptKind } from "../core/turn.ts";

/** One recognised thing of the conversation as the screen shows it: a prompt, an answer, a tool with its results. */
export interface Entry {
	readonly kind: EntryKind;
	/** Id of the pattern that recognised it. */
	readonly pattern: string;
	/** What it says, unwrapped, without glyphs and indentation. */
	readonly text: string;
	readonly results: readonly Result[];
	readonly promptKind?: PromptKind | undefined;
	/** A tool or group that was still running when last seen. */
	readonly isRunning?: boolean | undefined;
	/** The bullet was painted as failed, as far as its colour says. */
	readonly bullet?: string | undefined;
}

/** An entry with room for what is found out about it, as a `PaintedRow` has: entries stay what they are. */
export class MadeEntry implements Entry {
	readonly kind: EntryKind;
	readonly pattern: string;
	readonly text: string;
	readonly results: readonly Result[];
	readonly promptKind: PromptKind | undefined;
	readonly isRunning: boolean | undefined;
	readonly bullet: string | undefined;
	#notes: object | undefined = undefined;

	constructor({ kind, pattern, text, results, promptKind, isRunning, bullet }: Entry) {
		this.kind = kind;
		this.pattern = pattern;
		this.text = text;
		this.results = results;
		this.promptKind = promptKind;
		this.isRunning = isRunning;
		this.bullet = bullet;
	}

	static notesOf(entry: object): object | undefined {
		return #notes in entry ? entry.#notes : undefined;
	}

	static keepNotes(entry: object, notes: object): void {
		if (#notes in entry) entry.#notes = notes;
	}
}

/** A prompt that was not read off the screen. */
export function unseenPrompt(
	pattern: string,
	text: string,
	results: readonly Result[],
	promptKind?: PromptKind,
): Entry {
	return new MadeEntry({ kind: "prompt", pattern, text, results, promptKind });
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
	readonly fg?: string | undefined;
}
