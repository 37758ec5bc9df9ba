/** Every property test draws the same cases in every run, or those of the seed that is given; a soak draws others each time. */
import fc from "fast-check";

const { CTRACE_SEED, CTRACE_SOAK } = process.env;
if (CTRACE_SEED !== undefined || CTRACE_SOAK === undefined)
	fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(CTRACE_SEED ?? 1) });
