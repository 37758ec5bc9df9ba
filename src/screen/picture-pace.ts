/**
 * How soon the screen is to be pictured again. What has been moving before in a few rows (a spinner, a clock, letters that are
 * typed) tells little by moving on; anything else may be something new.
 */
import type { Row } from "../core/frame.ts";

export const PICTURE_EVERY_MS = 500;
/** No eye misses more of a spinner, and what stays is always seen. */
export const MOVING_EVERY_MS = 1000;
/** With the line that tells what the spinner is about, and the one for input. */
const FEW_ROWS = 3;

export class PicturePace {
	/** In the last picture, and now. */
	#pictured: readonly Row[] = [];
	#rows: readonly Row[] = [];
	/** Which of them differ from those in the picture before, and now. */
	#moving: readonly number[] = [];
	#changed: readonly number[] = [];

	/** The screen settled: milliseconds that the next picture comes after the last one. */
	after(rows: readonly Row[]): number {
		this.#rows = rows;
		this.#changed = this.#differing();
		const { length } = this.#changed;
		const isUsual = length <= FEW_ROWS && this.#changed.every((y) => this.#moving.includes(y));
		return isUsual ? MOVING_EVERY_MS : PICTURE_EVERY_MS;
	}

	/** It was pictured as it settled last. */
	taken(): void {
		this.#pictured = this.#rows;
		this.#moving = this.#changed.length > FEW_ROWS ? [] : this.#changed;
		this.#changed = [];
	}

	/** No more of them than matter. */
	#differing(): readonly number[] {
		const differing: number[] = [];
		const length = Math.max(this.#rows.length, this.#pictured.length);
		for (let y = 0; y < length && differing.length <= FEW_ROWS; y += 1)
			if (this.#rows[y] !== this.#pictured[y]) differing.push(y);
		return differing;
	}
}
