/**
 * What every match of a rule's regex holds for certain: an unbroken run of the characters that keys are made of, and
 * characters of which one stands at a known place, such as the quotation mark that ends it. Text without them near a keyword
 * need not be searched for the rule. Whatever is not understood needs nothing.
 */
import {
	ENDS_TEXT,
	escapedSet,
	type NeededCharacter,
	rarest,
	setOf,
	usableSet,
	withoutRepeats,
} from "./needed-character.ts";
import { TOKEN_CHARACTERS } from "./token-runs.ts";

export interface NeededRun {
	/** Characters of the run; 0 when nothing is certain. */
	readonly length: number;
	/** It begins no further from the match's beginning than this; `Infinity` when no limit is known. */
	readonly within: number;
}

export interface MatchNeeds {
	readonly run: NeededRun;
	/** All of them stand in each match, or right behind it. */
	readonly characters: readonly NeededCharacter[];
}

const NOTHING: MatchNeeds = { run: { length: 0, within: Number.POSITIVE_INFINITY }, characters: [] };

function isTokenCode(code: number): boolean {
	return TOKEN_CHARACTERS[code] === 1;
}

export function matchNeeds(source: string): MatchNeeds {
	const reader = new Reader(source);
	try {
		const node = reader.alternation();
		if (!reader.isAtEnd) return NOTHING;
		return { run: { length: node.best, within: node.from }, characters: withoutRepeats(node.characters) };
	} catch {
		return NOTHING; // not written as rules are
	}
}

/** A part of a regex. */
interface Node {
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

const EMPTY: Node = { isToken: true, min: 0, max: 0, best: 0, from: 0, characters: [] };
const TOKEN: Node = { isToken: true, min: 1, max: 1, best: 1, from: 0, characters: [] };
const OTHER: Node = { isToken: false, min: 1, max: 1, best: 0, from: 0, characters: [] };

/** One character, of `set` if that is known. */
function one(isToken: boolean, set?: string): Node {
	const node = isToken ? TOKEN : OTHER;
	return set === undefined ? node : { ...node, characters: [{ set, within: 0 }] };
}

class Reader {
	readonly #source: string;
	/** By the name of a group: how many characters it takes at most. */
	readonly #longest = new Map<string, number>();
	#at = 0;

	constructor(source: string) {
		this.#source = source;
	}

	get isAtEnd(): boolean {
		return this.#at === this.#source.length;
	}

	alternation(): Node {
		const branches: Node[] = [];
		do branches.push(this.#concatenation());
		while (this.#take("|"));
		return branches.reduce((a, b) => ({
			isToken: a.isToken && b.isToken,
			min: Math.min(a.min, b.min),
			max: Math.max(a.max, b.max),
			best: Math.min(a.best, b.best),
			from: Math.max(a.from, b.from),
			characters: eitherOf(a.characters, b.characters),
		}));
	}

	#concatenation(): Node {
		let [isToken, min, max, best, from, run, runFrom] = [true, 0, 0, 0, 0, 0, 0];
		const characters: NeededCharacter[] = [];
		while (!this.isAtEnd && !"|)".includes(this.#peek())) {
			const piece = this.#piece();
			run = piece.isToken ? run + piece.min : 0;
			if (piece.best > best) [best, from] = [piece.best, max + piece.from];
			if (run > best) [best, from] = [run, runFrom];
			for (const { set, within } of piece.characters) characters.push({ set, within: max + within });
			isToken &&= piece.isToken;
			min += piece.min;
			max += piece.max;
			if (!piece.isToken) runFrom = max;
		}
		return { isToken, min, max, best, from, characters };
	}

	#piece(): Node {
		const atom = this.#atom();
		const times = /^(?:([*+?])|\{(\d+)(,)?(\d+)?\})\??/.exec(this.#source.slice(this.#at, this.#at + 16));
		if (times === null) return atom;
		this.#at += times[0].length;
		const [, sign, least, comma, most] = times;
		const min = sign === undefined ? Number(least) : sign === "+" ? 1 : 0;
		const max = sign === "?" ? 1 : sign !== undefined || (comma && !most) ? Infinity : Number(most ?? least);
		return repeat(atom, min, max);
	}

	#atom(): Node {
		const character = this.#peek();
		if (character === "(") return this.#group();
		if (character === "[") return this.#set();
		this.#at += 1;
		if (character === "^") return EMPTY;
		if (character === "$") return { ...EMPTY, characters: [{ set: ENDS_TEXT, within: 0 }] };
		if (character === "\\") return this.#escape();
		if ("{}]*+?".includes(character)) throw new Error("unknown syntax");
		if (character === ".") return one(false);
		return one(isTokenCode(character.charCodeAt(0)), usableSet(character));
	}

	#group(): Node {
		const opening = /^\((?:\?(?:<([A-Za-z]+)>|:|(<?[=!])))?/.exec(
			this.#source.slice(this.#at, this.#at + 32),
		);
		if (opening === null) throw new Error("unknown syntax");
		this.#at += opening[0].length;
		const inner = this.alternation();
		if (!this.#take(")")) throw new Error("unknown syntax");
		const [, name, look] = opening;
		if (name !== undefined) this.#longest.set(name, inner.max);
		if (look === undefined) return inner;
		// What looks around matches nothing itself; but what it looks for must stand there.
		return look === "=" ? { ...EMPTY, characters: inner.characters } : EMPTY;
	}

	#escape(): Node {
		const letter = this.#peek();
		this.#at += 1;
		if (letter === "b" || letter === "B") return EMPTY;
		if (letter === "k") return this.#reference();
		if (letter === "w" || letter === "d") return one(true);
		if (/[A-Za-z0-9]/.test(letter)) {
			if (!"DWsSnrtvf".includes(letter)) throw new Error("unknown syntax");
			return one(false, escapedSet(letter));
		}
		return one(isTokenCode(letter.charCodeAt(0)), usableSet(letter));
	}

	/** The text of a group once more: none, when the group took no part. */
	#reference(): Node {
		const name = /^<([A-Za-z]+)>/.exec(this.#source.slice(this.#at, this.#at + 32));
		if (name === null) throw new Error("unknown syntax");
		this.#at += name[0].length;
		return { ...OTHER, min: 0, max: this.#longest.get(name[1] ?? "") ?? Number.POSITIVE_INFINITY };
	}

	#set(): Node {
		const set = /^\[(\^?)((?:[^\]\\]|\\.)*)\]/s.exec(this.#source.slice(this.#at));
		if (set === null) throw new Error("unknown syntax");
		this.#at += set[0].length;
		const [, not, members = ""] = set;
		return not === "^" ? one(false) : one(holdsTokensOnly(members), setOf(membersOf(members)));
	}

	#peek(): string {
		return this.#source[this.#at] ?? "";
	}

	#take(character: string): boolean {
		if (this.#peek() !== character) return false;
		this.#at += 1;
		return true;
	}
}

function repeat(atom: Node, min: number, max: number): Node {
	const isCertain = min > 0;
	return {
		isToken: atom.isToken,
		min: min * atom.min,
		max: atom.max === 0 || max === 0 ? 0 : max * atom.max,
		best: isCertain ? (atom.isToken ? min * atom.min : atom.best) : 0,
		from: atom.from,
		characters: isCertain ? atom.characters : [],
	};
}

/** A branch is chosen by the text: of each the character that tells most, and any of them will do. */
function eitherOf(a: readonly NeededCharacter[], b: readonly NeededCharacter[]): readonly NeededCharacter[] {
	const [first, second] = [rarest(a), rarest(b)];
	if (first === undefined || second === undefined) return [];
	const set = [...new Set(first.set + second.set)].join("");
	return [{ set, within: Math.max(first.within, second.within) }];
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
