/** Stays small, as the wrapper does with a native part or without one, works, and tells whether V8 optimized that. */
import { staySmall } from "../../../src/wrap/stay-small.ts";

const OPTIMIZED = 1 << 4;

staySmall(process.argv[2] === "native");
const sum = new Function("a", "b", "return a + b");
for (let at = 0; at < 3e6; at++) sum(at, 1);
// Syntax of V8's own, which no bundler knows.
const status = new Function("work", "return %GetOptimizationStatus(work)")(sum);
process.stdout.write((status & OPTIMIZED) === 0 ? "plain" : "optimized");
