/** Long unbroken runs of chosen characters, found without looking at most of the text. */
import type { Range } from "./finding.ts";

/** For each UTF-16 unit, 1 when the character belongs to the set: no branch for what is not ASCII. */
export type CharacterSet = Uint8Array;

export function characterSet(characters: RegExp): CharacterSet {
	const set = new Uint8Array(65_536);
	for (let code = 0; code < 128; code += 1) {
		if (characters.test(String.fromCharCode(code))) set[code] = 1;
	}
	return set;
}

/** The set of the characters of a text, whatever their alphabet. */
export function characterSetOf(characters: string): CharacterSet {
	const set = new Uint8Array(65_536);
	for (const character of characters) set[character.charCodeAt(0)] = 1;
	return set;
}

/** What keys are made of. */
export const TOKEN_CHARACTERS = characterSet(/[A-Za-z0-9_+/=.~-]/);

export function isTokenCode(code: number): boolean {
	return TOKEN_CHARACTERS[code] === 1;
}

/** A text and a byte for each of its characters, as `Reading` has it. */
interface Coded {
	readonly text: string;
	readonly codes: Uint8Array;
}

/**
 * Every maximal run of at least `shortest` characters of a set of characters of Latin-1. Looks first at where a run that
 * long would have to end.
 */
export function runsOf({ text, codes }: Coded, set: CharacterSet, shortest: number): Range[] {
	const runs: Range[] = [];
	const { length } = text;
	let start = 0;
	while (start + shortest <= length) {
		let at = start + shortest - 1;
		while (at >= start && set[codes[at] as number] === 1) at -= 1;
		if (at >= start) {
			start = at + 1;
			continue;
		}
		let end = start + shortest;
		while (end < length && set[codes[end] as number] === 1) end += 1;
		runs.push({ start, end });
		start = end + 1;
	}
	return runs;
}
