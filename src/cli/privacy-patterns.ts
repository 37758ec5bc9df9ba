/** All that is recognised: the built-in rules, the person's own, and personal data. */
import { PERSONAL_RULES } from "../masking/pii/find-personal.ts";
import type { PrivacyLevel } from "../patterns/secret-rule.ts";
import type { CliContext } from "./context.ts";

export interface PatternRow {
	readonly id: string;
	readonly level: PrivacyLevel;
	readonly description: string;
	readonly origin: string;
	readonly reference?: string;
}

export function patternRows(context: Pick<CliContext, "openMasker">): PatternRow[] {
	const rules = context.openMasker("strict").rules.map(({ id, level, description, origin, reference }) => ({
		id,
		level,
		description,
		origin,
		...(reference === undefined ? {} : { reference }),
	}));
	const personal = PERSONAL_RULES.map(({ id, level, description }) => ({
		id,
		level,
		description,
		origin: "personal data",
	}));
	return [...rules, ...personal];
}
