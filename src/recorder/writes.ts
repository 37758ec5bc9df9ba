/**
 * What a session writes, in order. Where another process holds the store locked for longer than a write waits, the session
 * goes on: what could not be written waits in memory and is written together with the next.
 */
import { CtraceError } from "../core/errors.ts";
import type { Store } from "../store/store.ts";

/** Writes that may wait: ten minutes of a busy session. Then somebody holds the lock who never lets go. */
const MOST_OVERDUE = 1200;
/** At the session's end nothing else is to be done than to wait; each try waits as long as the store's own patience. */
const LAST_TRIES = 300;

export class Writes {
	readonly #store: Pick<Store, "transaction">;
	#overdue: (() => void)[] = [];

	constructor(store: Pick<Store, "transaction">) {
		this.#store = store;
	}

	/** Whether something waits that should have been written. */
	get isLate(): boolean {
		return this.#overdue.length > 0;
	}

	/** Together with the next write. */
	later(work: () => void): void {
		this.#overdue.push(work);
	}

	/** All that waits, and this: durable together, or waiting. Throws what the store throws, but for a lock. */
	write(work: () => void): void {
		this.later(work);
		if (!this.#isWritten() && this.#overdue.length > MOST_OVERDUE) this.#writeAll();
	}

	/** As `write`, and durable when it returns. */
	writeLast(work: () => void): void {
		this.later(work);
		for (let tries = 1; tries < LAST_TRIES; tries += 1) if (this.#isWritten()) return;
		this.#writeAll();
	}

	#isWritten(): boolean {
		try {
			this.#writeAll();
			return true;
		} catch (error) {
			if (error instanceof CtraceError && error.code === "store-busy") return false;
			throw error;
		}
	}

	#writeAll(): void {
		this.#store.transaction(() => {
			for (const work of this.#overdue) work();
		});
		this.#overdue = [];
	}
}
