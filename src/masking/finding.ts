import type { PrivacyLevel } from "../patterns/secret-rule.ts";

/** A stretch of a text, as UTF-16 offsets, `end` exclusive. */
export interface Range {
	readonly start: number;
	readonly end: number;
}

/** A secret seen in one view of a text. */
export interface Finding extends Range {
	readonly ruleId: string;
	readonly level: PrivacyLevel;
	/** The secret as the view shows it: decoded and joined, so that its pseudonym is the same wherever it occurs. */
	readonly secret: string;
	/** Literal text instead of a pseudonym. */
	readonly replacement?: string;
	/** Where what tells that it is a secret begins: its name, its scheme. Absent: with the secret itself. */
	readonly from?: number;
}

/** A finding as it lies in the original text: one range, or several when rows or escapes cut it. */
export interface Located {
	readonly finding: Finding;
	readonly pieces: readonly Range[];
}

/** What a caller may know about a masked stretch: never the value. */
export interface Span extends Range {
	readonly ruleId: string;
	readonly level: PrivacyLevel;
}

const RANK: Readonly<Record<PrivacyLevel, number>> = { MAXIMUM: 3, HIGH: 2, MEDIUM: 1, LOW: 0 };

export function isMoreSevere(a: PrivacyLevel, b: PrivacyLevel): boolean {
	return RANK[a] > RANK[b];
}
