/**
 * Property tests: a few cases, the same in every run, and a thousand times as many, others each time, with `npm run soak`, which
 * names its seed.
 */
import fc from "fast-check";

/** How many times the usual number of cases is tried. */
export const SOAK_FACTOR = Number(process.env.CTRACE_SOAK ?? 1);
const SEED = Number(process.env.CTRACE_SEED ?? (SOAK_FACTOR > 1 ? Date.now() % 2 ** 31 : 1));
const CASE_MS = 2000; // a slow machine under load

export interface Runs {
	readonly runs: number;
}

export function holds<T extends unknown[]>(property: fc.IProperty<T>, { runs }: Runs): void {
	const numRuns = runs * SOAK_FACTOR;
	if (SOAK_FACTOR > 1)
		console.log(`seed ${SEED}, ${numRuns} cases (CTRACE_SEED=${SEED} tries the same again)`);
	fc.assert(property, { numRuns, seed: SEED });
}

/** Time limit of a test with so many cases. */
export function limitOf({ runs }: Runs): number {
	return runs * SOAK_FACTOR * CASE_MS;
}
