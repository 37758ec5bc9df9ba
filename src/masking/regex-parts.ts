/** The parts of a regex, as far as they say what every match holds: see `matchNeeds`. */
import { type NeededCharacter, rarest, setOf } from "./needed-character.ts";
import { isTokenCode } from "./token-runs.ts";

/** A part of a regex. */
export interface Part {
	/** Nothing but characters of tokens can match. */
	readonly isToken: boolean;
	readonly min: number;
	readonly max: number;
	/** A run this long is certain inside, and begins at `from` at the latest. */
	readonly best: number;
	readonly from: number;
	/** Each from this part's beginning. */
	readonly characters: readonly NeededCharacter[];
}

const NO_CHARACTERS: readonly NeededCharacter[] = [];
export const EMPTY: Part = { isToken: true, min: 0, max: 0, best: 0, from: 0, characters: NO_CHARACTERS };
export const TOKEN: Part = { isToken: true, min: 1, max: 1, best: 1, from: 0, characters: NO_CHARACTERS };
export const OTHER: Part = { isToken: false, min: 1, max: 1, best: 0, from: 0, characters: NO_CHARACTERS };

/** One character, of `set` if that is known. */
export function one(isToken: boolean, set?: string): Part {
	const node = isToken ? TOKEN : OTHER;
	return set === undefined ? node : { ...node, characters: [{ set, within: 0 }] };
}

/** One piece behind the other. */
export class Sequence {
	#isToken = true;
	#min = 0;
	#max = 0;
	#best = 0;
	#from = 0;
	#characters: readonly NeededCharacter[] = NO_CHARACTERS;
	/** The run at the end of what was added, and where it begins at the latest. */
	#run = 0;
	#runFrom = 0;

	add(piece: Part): void {
		const { isToken, min, max, best, from, characters } = piece;
		this.#run = isToken ? this.#run + min : 0;
		if (best > this.#best) {
			this.#best = best;
			this.#from = this.#max + from;
		}
		if (this.#run > this.#best) {
			this.#best = this.#run;
			this.#from = this.#runFrom;
		}
		if (characters.length > 0) this.#need(characters);
		this.#isToken &&= isToken;
		this.#min += min;
		this.#max += max;
		if (!isToken) this.#runFrom = this.#max;
	}

	#need(characters: readonly NeededCharacter[]): void {
		const added = characters.map(({ set, within }) => ({ set, within: this.#max + within }));
		this.#characters = this.#characters.length === 0 ? added : [...this.#characters, ...added];
	}

	end(): Part {
		return {
			isToken: this.#isToken,
			min: this.#min,
			max: this.#max,
			best: this.#best,
			from: this.#from,
			characters: this.#characters,
		};
	}
}

export function either(a: Part, b: Part): Part {
	return {
		isToken: a.isToken && b.isToken,
		min: Math.min(a.min, b.min),
		max: Math.max(a.max, b.max),
		best: Math.min(a.best, b.best),
		from: Math.max(a.from, b.from),
		characters: eitherOf(a.characters, b.characters),
	};
}

export function repeat(atom: Part, min: number, max: number): Part {
	const isCertain = min > 0;
	return {
		isToken: atom.isToken,
		min: min * atom.min,
		max: atom.max === 0 || max === 0 ? 0 : max * atom.max,
		best: isCertain ? (atom.isToken ? min * atom.min : atom.best) : 0,
		from: atom.from,
		characters: isCertain ? atom.characters : NO_CHARACTERS,
	};
}

/** A branch is chosen by the text: of each the character that tells most, and any of them will do. */
function eitherOf(a: readonly NeededCharacter[], b: readonly NeededCharacter[]): readonly NeededCharacter[] {
	const first = rarest(a);
	const second = first === undefined ? undefined : rarest(b);
	if (first === undefined || second === undefined) return NO_CHARACTERS;
	if (first.set === second.set) return [first.within > second.within ? first : second];
	const set = [...new Set(first.set + second.set)].join("");
	return [{ set, within: Math.max(first.within, second.within) }];
}

/** Of what stands between its brackets. */
export function readSet(members: string): Part {
	return members.startsWith("^") ? OTHER : one(holdsTokensOnly(members), setOf(membersOf(members)));
}

function holdsTokensOnly(members: string): boolean {
	return membersOf(members).every((part) => {
		if (part === "\\w" || part === "\\d") return true;
		if (/^\\[A-Za-z0-9]/.test(part)) return false;
		const ends = part.replace(/\\/g, "");
		const [first, last] = [ends.charCodeAt(0), ends.charCodeAt(ends.length - 1)];
		for (let code = first; code <= last; code += 1) if (!isTokenCode(code)) return false;
		return true;
	});
}

/** Single characters, escapes and ranges. */
function membersOf(set: string): readonly string[] {
	return set.match(/(?:\\.|[^\\])(?:-(?:\\.|[^\\]))?/gs) ?? [];
}
