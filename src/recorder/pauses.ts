/** When the person wanted nothing recorded, and which turns that concerns. Times are milliseconds since the Unix epoch. */
import type { Turn } from "../core/turn.ts";

interface Pause {
	readonly from: number;
	readonly to: number;
}

export class Pauses {
	#all: readonly Pause[] = [];
	#since: number | undefined;

	get isPaused(): boolean {
		return this.#since !== undefined;
	}

	begin(at: number): void {
		this.#since ??= at;
	}

	end(at: number): void {
		if (this.#since !== undefined) this.#all = [...this.#all, { from: this.#since, to: at }];
		this.#since = undefined;
	}

	/** It began in a pause, or one began while it went on: what there is of it was recorded before. */
	concern({ startedAt, endedAt = Number.POSITIVE_INFINITY }: Turn): boolean {
		const isIn = ({ from, to }: Pause) => startedAt < to && endedAt > from;
		const open = this.#since === undefined ? [] : [{ from: this.#since, to: Number.POSITIVE_INFINITY }];
		return [...this.#all, ...open].some(isIn);
	}
}
