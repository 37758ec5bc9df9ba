/** Why a text is withheld. Never carries any of the text. */
export class MaskingFailure extends Error {
	constructor(reason: string, facts: { readonly cause?: unknown } = {}) {
		super(reason, facts);
		this.name = "MaskingFailure";
	}
}

/**
 * Counts characters handed to rules, so that no text costs more than a fixed multiple of its length: a
 * budget that needs no clock, and gives the same answer on every machine and under any load.
 */
export interface WorkMeter {
	spend(characters: number): void;
}

/** Ordinary text spends less than 5 a character, text made of nothing but keywords some hundreds. */
const WORK_PER_CHARACTER = 2000;
/** Short texts may look at a whole window for each rule. */
const WORK_AT_LEAST = 4_000_000;

export function createWorkMeter(textLength: number): WorkMeter {
	let left = Math.max(WORK_AT_LEAST, textLength * WORK_PER_CHARACTER);
	return {
		spend(characters) {
			left -= characters;
			if (left < 0) throw new MaskingFailure("over budget");
		},
	};
}
