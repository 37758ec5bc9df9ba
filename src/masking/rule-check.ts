/** Proves a rule by its own examples: each must be masked by it, each counter-example must be left to it. */
import type { ExampledRule } from "../patterns/secret-rule.ts";
import { Reading } from "./reading.ts";
import { createScanner } from "./scan.ts";
import { VALIDATORS } from "./validators.ts";
import { createWorkMeter } from "./work-meter.ts";

export interface RuleFault {
	readonly ruleId: string;
	readonly origin: string;
	readonly example: string;
	readonly fault: "does not match" | "matches";
}

/** `fill` replaces the made-up parts of an example; a law that holds for one filling should hold for any. */
export function checkRules(rules: readonly ExampledRule[], fill: (example: string) => string): RuleFault[] {
	return rules.flatMap((rule) => {
		const scanner = createScanner([rule], VALIDATORS);
		const hits = (example: string) =>
			scanner.scan(new Reading(example), createWorkMeter(example.length)).length > 0;
		const wrong = (examples: readonly string[], expected: boolean, fault: RuleFault["fault"]): RuleFault[] =>
			examples
				.map(fill)
				.filter((example) => hits(example) !== expected)
				.map((example) => ({ ruleId: rule.id, origin: rule.origin, example, fault }));
		return [
			...wrong(rule.examples.match, true, "does not match"),
			...wrong(rule.examples.noMatch, false, "matches"),
		];
	});
}
