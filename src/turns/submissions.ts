/**
 * What was about to be sent: the texts that stood in the input box, the line as typed, prompts given on the command
 * line. A prompt echoed by the screen is a new turn exactly if it was one of these; and its text is theirs, because
 * newer versions echo it as rendered Markdown.
 */
import { withoutBlanks } from "./scrolled-draft.ts";
import type { Typed } from "./typing.ts";
import { isRendering, isSamePrompt, isWordForWord, skeletonOf } from "./words.ts";

/** Drafts remembered: enough for a few queued prompts and their half-typed stages. */
const MAX_DRAFTS = 64;

/** Lines sent that may still be without an echo: as many as wait in a queue. */
const MAX_ENTERED = 8;

/** What Enter sends: what stands in the box, unless the last picture of it is older than the last keys. */
export function sentDraft(draft: string | undefined, { text }: Typed): string | undefined {
	if (draft === undefined || text === undefined) return draft;
	const [shown, typed] = [withoutBlanks(draft), withoutBlanks(text)];
	return typed.length > shown.length && typed.startsWith(shown) ? text : draft;
}

const PASTE_MARK_START = "[Pasted text #";
const PASTE_MARK = /\[Pasted text #(\d+)(?: \+\d+ lines?)?\]/gu;

export class Submissions {
	#candidates: string[] = [];
	#pastes: readonly string[] = [];
	#entered: readonly string[] = [];
	/** Became a turn before its Enter was heard of: a recorder may keep keys behind the output that answers them. */
	#early: string | undefined;

	/** A draft seen in the box. A longer one that continues it takes its place. */
	noteDraft(text: string): void {
		this.#note(text);
	}

	/** Enter was pressed: the line as typed, the pastes that the box shows as marks, and what stood in the box. */
	noteEnter(typed: Typed, draft: string | undefined): void {
		this.#pastes = typed.pastes;
		if (draft !== undefined) this.#note(draft);
		const early = this.#early;
		this.#early = undefined;
		if (early !== undefined && draft === undefined && isSamePrompt(typed.text ?? "", early)) return;
		if (typed.text !== undefined && typed.text.trim() !== "") this.#note(typed.text);
		const sent = draft ?? typed.text;
		if (sent !== undefined) this.#entered = [...this.#entered, sent].slice(-MAX_ENTERED);
	}

	/** The text that was sent as this echo, exactly as typed; nothing if nobody sent it. */
	find(echo: string): string | undefined {
		const fitting = this.#candidates.filter((text) => isSamePrompt(this.#expand(text), echo));
		// Some versions drop the blank that is typed after a paste, others only do not draw it: the echo knows.
		const best = fitting.findLast((text) => isWordForWord(this.#expand(text), echo)) ?? fitting.at(-1);
		return best === undefined ? undefined : this.#expand(best).trim();
	}

	/** It was sent and is no turn yet. `isHeard`: keys tell what was, and what only stood in the box. */
	isSent(echo: string, isHeard: boolean): boolean {
		if (!isHeard) return this.find(echo) !== undefined;
		return this.#entered.some((text) => isSamePrompt(this.#expand(text), echo));
	}

	timesSent(echo: string): number {
		return this.#entered.filter((text) => isSamePrompt(this.#expand(text), echo)).length;
	}

	findAs(echo: string, how: "whole" | "rest" | "rendered"): string | undefined {
		if (how === "rest") return this.findEnding(echo);
		return how === "whole" ? this.find(echo) : this.findRendered(echo);
	}

	/** Rendering may change more than signs: it numbers lists anew and leaves addresses out. */
	findRendered(echo: string): string | undefined {
		const expanded = this.#entered.map((text) => this.#expand(text));
		return expanded.findLast((text) => isRendering(text, echo))?.trim();
	}

	/** The same for a prompt whose first rows are above the screen. */
	findEnding(rest: string): string | undefined {
		const skeleton = skeletonOf(rest);
		if (skeleton === "") return undefined;
		const expanded = this.#candidates.map((text) => this.#expand(text));
		return expanded.findLast((text) => skeletonOf(text).endsWith(skeleton))?.trim();
	}

	/** It became a turn: the next equal prompt has to be sent anew. */
	consume(echo: string): void {
		const isOther = (text: string) => !isSamePrompt(this.#expand(text), echo);
		this.#early = this.#entered.every(isOther) ? echo : undefined;
		this.#candidates = this.#candidates.filter(isOther);
		this.#entered = this.#entered.filter((text) => isOther(text) && !isRendering(this.#expand(text), echo));
	}

	#note(text: string): void {
		const known = this.#candidates.lastIndexOf(text);
		if (known >= 0 && known === this.#candidates.length - 1) return;
		if (known >= 0) this.#candidates.splice(known, 1);
		this.#candidates.push(text);
		if (this.#candidates.length > MAX_DRAFTS) this.#candidates.shift();
	}

	#expand(text: string): string {
		if (!text.includes(PASTE_MARK_START)) return text;
		return text.replace(PASTE_MARK, (mark, number: string) => this.#pastes[Number(number) - 1] ?? mark);
	}
}
