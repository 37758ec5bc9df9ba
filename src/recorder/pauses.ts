/** When the person wanted nothing recorded, and which turns that concerns. Times are milliseconds since the Unix epoch. */
import type { Turn } from "../core/turn.ts";

export interface Pause {
	readonly from: number;
	/** Infinity: it goes on. */
	readonly to: number;
}

/** It was said in a pause, or one began while it went on. */
export function isPaused(
	{ startedAt, endedAt = Number.POSITIVE_INFINITY }: Pick<Turn, "startedAt" | "endedAt">,
	pauses: readonly Pause[],
): boolean {
	return pauses.some(({ from, to }) => startedAt < to && endedAt > from);
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

	/** Nothing more of it is recorded: what there is of it was recorded before. */
	concern(turn: Turn): boolean {
		const open = this.#since === undefined ? [] : [{ from: this.#since, to: Number.POSITIVE_INFINITY }];
		return isPaused(turn, [...this.#all, ...open]);
	}
}
