/**
 * Whether somebody watched all the time. A recording that was cut goes on with a conversation that nobody saw begin: its
 * prompts are turns, where those of an old conversation (`--continue`, `/resume`) are none. An old one appears when the
 * program starts, or because a hand asked for it, by a word in the box and Enter. What appears out of a long silence without
 * these was missed.
 */
import type { Key } from "./typing.ts";

/** A program at work draws, and a person who types makes it draw, much more often. */
const UNWATCHED_MS = 30_000;

/** A tool that is told to stop does so at once. */
const STOPS_WITHIN_MS = 5000;

export class Watch {
	#lastAt: number | undefined;
	#escapedAt = Number.NEGATIVE_INFINITY;
	#draft: string | undefined;
	#isBroken = false;

	noteInput(at: number, keys: readonly Key[]): void {
		if (this.#lastAt !== undefined) this.#lastAt = at;
		if (keys.some((key) => key.kind === "enter")) this.#isBroken = false;
		if (keys.some((key) => key.kind === "escape")) this.#escapedAt = at;
	}

	/** Work that is over now was ended by a hand. */
	isStopped(at: number): boolean {
		return at - this.#escapedAt < STOPS_WITHIN_MS;
	}

	/** Every picture that has a lower end. `hasTurns`: then only the first one after a silence can show what was missed. */
	notePicture(at: number, draft: string | undefined, hasTurns: boolean): void {
		const isSilence = at - (this.#lastAt ?? at) > UNWATCHED_MS;
		const isHand = draft !== undefined && draft !== this.#draft;
		this.#isBroken = !isHand && (isSilence || (this.#isBroken && !hasTurns));
		this.#draft = draft;
		this.#lastAt = at;
	}

	/** Prompts on this picture may have been sent while nobody watched. */
	get isBroken(): boolean {
		return this.#isBroken;
	}
}
