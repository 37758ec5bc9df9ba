// Proves every pattern by its own examples, each filled in several ways.
import { checkRules } from "../src/masking/rule-check.ts";
import { readPatternSources } from "../src/patterns/compiled-file.ts";
import { parseSecretRules } from "../src/patterns/load-secrets.ts";
import { expandExample } from "../src/patterns/macros.ts";

const FILLINGS = 25; // a rule that fails one filling in a hundred is found within a few runs
const rules = parseSecretRules(readPatternSources("patterns/secrets"));
const seed = Number(process.env.CTRACE_SEED ?? Date.now() % 1_000_000);
let state = seed;
/** mulberry32: small, and the same everywhere, so that a seed names a run. */
function random(): number {
	state = (state + 0x6d2b79f5) | 0;
	let t = Math.imul(state ^ (state >>> 15), 1 | state);
	t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
	return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
}

const faults = new Map<string, string>();
for (let i = 0; i < FILLINGS; i += 1) {
	for (const { ruleId, origin, example, fault } of checkRules(rules, (text) => expandExample(text, random))) {
		faults.set(`${ruleId} ${fault}`, `${origin}: ${ruleId} ${fault}: ${example}`);
	}
}
for (const line of faults.values()) console.error(line);
const examples = rules.reduce((n, rule) => n + rule.examples.match.length + rule.examples.noMatch.length, 0);
console.log(
	`${rules.length} rules, ${examples} examples, ${FILLINGS} fillings each, seed ${seed}: ${faults.size} faults`,
);
process.exitCode = faults.size === 0 ? 0 : 1;
