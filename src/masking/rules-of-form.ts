/** What is found without a pattern of its own: by its form, by where it stands, or because its value is known. */
import type { PrivacyLevel } from "../patterns/secret-rule.ts";

export interface RuleFacts {
	readonly id: string;
	readonly level: PrivacyLevel;
	readonly description: string;
}

export const RULES_OF_FORM: readonly RuleFacts[] = [
	{ id: "known-value", level: "MAXIMUM", description: "Value of a variable that is named like a secret" },
	{ id: "private-key", level: "MAXIMUM", description: "Private key in armour, also an unfinished one" },
	{ id: "withheld", level: "MAXIMUM", description: "Text that could not be masked" },
	{ id: "unknown-token", level: "LOW", description: "Long token without any likeness to words" },
	{ id: "cut-token", level: "LOW", description: "Beginning of a token that was cut short" },
	{ id: "assigned-code", level: "LOW", description: "Code of letters and figures that a name is given" },
];
