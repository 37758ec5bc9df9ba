/** What a cell of the table has to reach. Pure. */
import type { Score, Share } from "./score.ts";

/** Words may differ where the screen itself cannot tell, e.g. a word torn by the right edge; no more than that. */
const LEAST_WORDS = 0.99;
const LEAST_CALLS = 0.98;

/** The names of the columns that miss the bar; empty when the cell passes. */
export function missedBars(score: Score): string[] {
	const checks: readonly (readonly [name: string, isReached: boolean])[] = [
		["prompts", share(score.prompts) === 1],
		["spurious", score.spurious === 0],
		["recall", score.recall >= LEAST_WORDS],
		["precision", score.precision >= LEAST_WORDS],
		["tools", share(score.tools) >= LEAST_CALLS],
		["permissions", share(score.permissions) >= LEAST_CALLS],
		["interrupts", share(score.interrupts) === 1],
	];
	return checks.filter(([, isReached]) => !isReached).map(([name]) => name);
}

function share({ found, of }: Share): number {
	return of === 0 ? 1 : found / of;
}
