/** Long unbroken runs of chosen characters, found without looking at most of the text. */
import type { Range } from "./finding.ts";

/** For each ASCII code, 1 when the character belongs to the set. */
export type CharacterSet = Uint8Array;

export function characterSet(characters: RegExp): CharacterSet {
	return Uint8Array.from({ length: 128 }, (_, code) => (characters.test(String.fromCharCode(code)) ? 1 : 0));
}

/** What keys are made of. */
export const TOKEN_CHARACTERS = characterSet(/[A-Za-z0-9_+/=.~-]/);

/** Every maximal run of at least `shortest` characters of a set. Looks first at where a run that long would have to end. */
export function runsOf(text: string, set: CharacterSet, shortest: number): Range[] {
	const runs: Range[] = [];
	let start = 0;
	while (start + shortest <= text.length) {
		let at = start + shortest - 1;
		while (at >= start && isIn(set, text, at)) at -= 1;
		if (at >= start) {
			start = at + 1;
			continue;
		}
		let end = start + shortest;
		while (end < text.length && isIn(set, text, end)) end += 1;
		runs.push({ start, end });
		start = end + 1;
	}
	return runs;
}

export function tokenRuns(text: string, shortest: number): Range[] {
	return runsOf(text, TOKEN_CHARACTERS, shortest);
}

function isIn(set: CharacterSet, text: string, at: number): boolean {
	const code = text.charCodeAt(at);
	return code < 128 && set[code] === 1;
}
