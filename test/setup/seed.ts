/** Where a seed is given, every property test draws from it: the same cases in every run, and the same failure again. */
import fc from "fast-check";

const { CTRACE_SEED } = process.env;
if (CTRACE_SEED !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(CTRACE_SEED) });
