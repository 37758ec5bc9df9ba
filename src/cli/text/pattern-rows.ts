/** All that masking knows: the patterns, personal data, and what is found by its form. */
import { PERSONAL_RULES } from "../../masking/pii/find-personal.ts";
import { RULES_OF_FORM, type RuleFacts } from "../../masking/rules-of-form.ts";
import type { SecretRule } from "../../patterns/secret-rule.ts";

export interface PatternRow extends RuleFacts {
	readonly origin: string;
	readonly reference?: string;
}

export function patternRows(rules: readonly SecretRule[]): PatternRow[] {
	const own = rules.map(({ id, level, description, origin, reference }) => ({
		id,
		level,
		description,
		origin,
		...(reference === undefined ? {} : { reference }),
	}));
	const facts = (rows: readonly RuleFacts[], origin: string) =>
		rows.map(({ id, level, description }) => ({ id, level, description, origin }));
	return [...own, ...facts(PERSONAL_RULES, "personal data"), ...facts(RULES_OF_FORM, "form")];
}

/** A pattern that comes in a certain and a less certain form has two levels: `MEDIUM/LOW`. */
export function levelsById(rows: readonly PatternRow[]): ReadonlyMap<string, string> {
	const levels = new Map<string, string>();
	for (const { id, level } of rows) {
		const known = levels.get(id)?.split("/") ?? [];
		if (!known.includes(level)) levels.set(id, [...known, level].join("/"));
	}
	return levels;
}
