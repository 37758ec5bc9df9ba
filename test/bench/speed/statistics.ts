/** Medians and spreads. Pure. */

/** `q` from 0 to 1; 0 of nothing. */
export function quantile(values: readonly number[], q: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
}

export function median(values: readonly number[]): number {
	return quantile(values, 0.5);
}

/** `12.3 (11.0–14.2)`: the median, and between what eight of ten lie. */
export function spread(values: readonly number[], digits: number): string {
	const at = (q: number) => quantile(values, q).toFixed(digits);
	return `${at(0.5)} (${at(0.1)}–${at(0.9)})`;
}

/**
 * How many times the second the first is: the median over the rounds, in each of which both were measured one after the
 * other. Whatever else the machine did in a round met both.
 */
export function ratioByRound(ours: readonly number[], theirs: readonly number[]): number {
	return median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));
}
