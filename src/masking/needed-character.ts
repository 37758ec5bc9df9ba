/**
 * One of a few characters that every match of a regex holds at a known place: quotation marks, brackets, blanks. Letters and
 * figures stand everywhere, and so do the signs of which the name of an address's scheme may be made: these tell nothing.
 */
export interface NeededCharacter {
	/** Any of these; `ENDS_TEXT` among them for the text's end. */
	readonly set: string;
	/** It stands no further from the match's beginning than this; `Infinity` when no limit is known. */
	readonly within: number;
}

/** What stands behind a text's last character: see `codesOf`. */
export const ENDS_TEXT = "\0";

/** What `\s` matches, as far as it is of Latin-1; and what stands for any wide character there. */
const BLANKS = "\t\n\v\f\r \u00a0\u00ff";
const ESCAPED: Readonly<Record<string, string>> = { s: BLANKS, t: "\t", n: "\n", v: "\v", f: "\f", r: "\r" };
const TELLS_NOTHING = /[A-Za-z0-9+.\x80-\uffff-]/;

/** Undefined for one that tells nothing. */
export function usableSet(character: string): string | undefined {
	return TELLS_NOTHING.test(character) ? undefined : character;
}

/** Of an escape's letter; undefined for what matches too much. */
export function escapedSet(letter: string): string | undefined {
	return ESCAPED[letter];
}

/** Of the members of a set: characters, escapes, ranges. Undefined when one of them tells nothing. */
export function setOf(members: readonly string[]): string | undefined {
	let all = "";
	for (const member of members) {
		const part = partOf(member);
		if (part === undefined) return undefined;
		all += part;
	}
	return all === "" ? undefined : all;
}

function partOf(member: string): string | undefined {
	const letter = /^\\([A-Za-z0-9])/.exec(member)?.[1];
	if (letter !== undefined) return member.length === 2 ? escapedSet(letter) : undefined;
	const ends = member.replace(/\\(.)/gs, "$1");
	return ends.length === 1 ? usableSet(ends) : undefined; // of ranges only those of letters and figures are used
}

/** A blank stands everywhere, and the more characters will do, the less they tell. */
const BLANK_WEIGHT = 100;

function weightOf({ set }: NeededCharacter): number {
	return set.length + (set.includes(" ") ? BLANK_WEIGHT : 0);
}

/** The one that fewest texts hold. */
export function rarest(characters: readonly NeededCharacter[]): NeededCharacter | undefined {
	let best = characters[0];
	for (const one of characters)
		if (best !== undefined && (weightOf(one) - weightOf(best) || one.within - best.within) < 0) best = one;
	return best;
}

/** More of them are no further help. */
const MOST_CHARACTERS = 3;

/** Of those with the same characters the nearest, and only those that tell most. */
export function withoutRepeats(characters: readonly NeededCharacter[]): readonly NeededCharacter[] {
	const bySet = new Map<string, NeededCharacter>();
	for (const one of characters) {
		const known = bySet.get(one.set);
		if (known === undefined || one.within < known.within) bySet.set(one.set, one);
	}
	return [...bySet.values()].sort((a, b) => weightOf(a) - weightOf(b)).slice(0, MOST_CHARACTERS);
}
