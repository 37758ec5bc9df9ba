/**
 * When what is new is looked at, and when it is saved. A recorder that lags behind has minutes of events in a second: saved as
 * often as these say, they would take still longer. What stood on the screen is looked at all the same.
 */

/** A running turn is saved at least this often; the promise is one second. */
const EVERY_MS = 500;
/** By the clock. Shorter: a save that is due by the events shall not wait for the next tick. */
const REST_MS = 400;

export class SavePace {
	readonly #now: (() => number) | undefined;
	#lookedAt = 0;
	#savedAt = 0;
	#savedNow = Number.NEGATIVE_INFINITY;

	/** `now`: milliseconds by any clock that goes on; absent: time passes as the events say. */
	constructor(now: (() => number) | undefined) {
		this.#now = now;
	}

	/** `at` in milliseconds since the session's start, here and below. */
	isLookDue(at: number): boolean {
		return at - this.#lookedAt >= EVERY_MS;
	}

	isSaveDue(at: number): boolean {
		if (at - this.#savedAt < EVERY_MS) return false;
		return this.#now === undefined || this.#now() - this.#savedNow >= REST_MS;
	}

	looked(at: number): void {
		this.#lookedAt = at;
	}

	saved(at: number): void {
		this.#savedAt = at;
		this.#savedNow = this.#now?.() ?? at;
	}
}
