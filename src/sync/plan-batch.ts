/** How much goes in one batch: less when the way there is slow, and more again when it is not. Pure. */

export interface BatchSize {
	readonly changes: number;
	/** Of text, about. */
	readonly bytes: number;
}

/** Small enough to be sent twice without regret and to be held in memory twice, large enough that the way there hardly counts. */
export const LARGEST_BATCH: BatchSize = { changes: 300, bytes: 500_000 };
const SMALLEST: BatchSize = { changes: 30, bytes: 50_000 };

const QUICK_MS = 1000;
/** A request may take 20 seconds until it is given up. */
const SLOW_MS = 5000;

/** `tookMs`: the last batch of that size; below zero when the clock was set back. */
export function nextBatchSize(size: BatchSize, tookMs: number): BatchSize {
	if (tookMs < 0) return size;
	if (tookMs < QUICK_MS) return { changes: grown("changes", size), bytes: grown("bytes", size) };
	if (tookMs > SLOW_MS) return { changes: shrunk("changes", size), bytes: shrunk("bytes", size) };
	return size;
}

function grown(side: keyof BatchSize, size: BatchSize): number {
	return Math.min(size[side] * 2, LARGEST_BATCH[side]);
}

function shrunk(side: keyof BatchSize, size: BatchSize): number {
	return Math.max(Math.floor(size[side] / 2), SMALLEST[side]);
}
