/** Whether a session's recording is paused: by the keys of the person's choice, or from another terminal, through the store. */
import type { TerminalEvent } from "../core/event.ts";
import type { Store } from "../store/store.ts";
import { KeyChord } from "./key-chord.ts";

export interface PausingParts {
	readonly store: Store;
	readonly sessionId: string;
	/** Session start, milliseconds since the Unix epoch. */
	readonly startedAt: number;
	/** What a terminal sends for the keys that pause and go on; empty: none do. */
	readonly keys: Uint8Array;
}

export class Pausing {
	readonly #parts: PausingParts;
	readonly #chord: KeyChord | undefined;

	constructor(parts: PausingParts) {
		this.#parts = parts;
		this.#chord = parts.keys.length === 0 ? undefined : new KeyChord(parts.keys);
	}

	/** Says in the store what the person typed, if it was that; true when it was. */
	read(event: TerminalEvent): boolean {
		if (event.kind !== "input" || this.#chord === undefined) return false;
		const times = this.#chord.feed(event.data);
		if (times % 2 === 0) return false;
		const { store, sessionId, startedAt } = this.#parts;
		const { recordings } = store;
		const at = Math.round(startedAt + event.at);
		if (recordings.pausedSince(sessionId) === undefined) recordings.pause(sessionId, at);
		else recordings.resume(sessionId, at);
		return true;
	}

	get isWanted(): boolean {
		return this.#parts.store.recordings.pausedSince(this.#parts.sessionId) !== undefined;
	}
}
