import type { PrivacyLevel } from "../patterns/secret-rule.ts";

/** How much is masked. `strict` is the default, and what an unknown word means. */
export const PRIVACY_MODES = ["minimal", "moderate", "strict"] as const;
export type PrivacyMode = (typeof PRIVACY_MODES)[number];

const LEVELS: Readonly<Record<PrivacyMode, readonly PrivacyLevel[]>> = {
	minimal: ["MAXIMUM"],
	moderate: ["MAXIMUM", "HIGH", "MEDIUM"],
	strict: ["MAXIMUM", "HIGH", "MEDIUM", "LOW"],
};

export function appliesIn(mode: PrivacyMode, level: PrivacyLevel): boolean {
	return LEVELS[mode].includes(level);
}

/** `known` is false for a word that is no mode: the caller says so, and masks everything. */
export function parsePrivacyMode(word: string | undefined): {
	readonly mode: PrivacyMode;
	readonly known: boolean;
} {
	if (word === undefined || word === "") return { mode: "strict", known: true };
	const mode = PRIVACY_MODES.find((candidate) => candidate === word.trim().toLowerCase());
	return mode === undefined ? { mode: "strict", known: false } : { mode, known: true };
}
