/**
 * What every match of a rule's regex holds for certain: an unbroken run of the characters that keys are made of. Text
 * without a run that long near a keyword need not be searched for the rule. Whatever is not understood needs nothing.
 */
import { TOKEN_CHARACTERS } from "./token-runs.ts";

export interface NeededRun {
	/** Characters of the run; 0 when nothing is certain. */
	readonly length: number;
	/** It begins no further from the match's beginning than this; `Infinity` when no limit is known. */
	readonly within: number;
}

const NOTHING: NeededRun = { length: 0, within: Number.POSITIVE_INFINITY };

function isTokenCode(code: number): boolean {
	return TOKEN_CHARACTERS[code] === 1;
}

export function neededRun(source: string): NeededRun {
	const reader = new Reader(source);
	try {
		const node = reader.alternation();
		return reader.isAtEnd ? { length: node.best, within: node.from } : NOTHING;
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
}

const EMPTY: Node = { isToken: true, min: 0, max: 0, best: 0, from: 0 };
const TOKEN: Node = { isToken: true, min: 1, max: 1, best: 1, from: 0 };
const OTHER: Node = { isToken: false, min: 1, max: 1, best: 0, from: 0 };
const one = (isToken: boolean): Node => (isToken ? TOKEN : OTHER);

class Reader {
	readonly #source: string;
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
		}));
	}

	#concatenation(): Node {
		let [isToken, min, max, best, from, run, runFrom] = [true, 0, 0, 0, 0, 0, 0];
		while (!this.isAtEnd && !"|)".includes(this.#peek())) {
			const piece = this.#piece();
			run = piece.isToken ? run + piece.min : 0;
			if (piece.best > best) [best, from] = [piece.best, max + piece.from];
			if (run > best) [best, from] = [run, runFrom];
			isToken &&= piece.isToken;
			min += piece.min;
			max += piece.max;
			if (!piece.isToken) runFrom = max;
		}
		return { isToken, min, max, best, from };
	}

	#piece(): Node {
		const atom = this.#atom();
		const times = /^(?:([*+?])|\{(\d+)(,)?(\d+)?\})\??/.exec(this.#source.slice(this.#at, this.#at + 16));
		if (times === null) return atom;
		this.#at += times[0].length;
		const [, sign, least, comma, most] = times;
		const min = sign === undefined ? Number(least) : sign === "+" ? 1 : 0;
		const max = sign === "?" ? 1 : sign !== undefined || (comma && !most) ? Infinity : Number(most ?? least);
		return {
			isToken: atom.isToken,
			min: min * atom.min,
			max: atom.max === 0 || max === 0 ? 0 : max * atom.max,
			best: min === 0 ? 0 : atom.isToken ? min * atom.min : atom.best,
			from: atom.from,
		};
	}

	#atom(): Node {
		const character = this.#peek();
		if (character === "(") return this.#group();
		if (character === "[") return one(this.#set());
		this.#at += 1;
		if (character === "^" || character === "$") return EMPTY;
		if (character === "\\") return this.#escape();
		if ("{}]*+?".includes(character)) throw new Error("unknown syntax");
		return one(character !== "." && isTokenCode(character.charCodeAt(0)));
	}

	#group(): Node {
		const opening = /^\((?:\?(?:<[A-Za-z]+>|:|(<?[=!])))?/.exec(this.#source.slice(this.#at, this.#at + 32));
		if (opening === null) throw new Error("unknown syntax");
		this.#at += opening[0].length;
		const inner = this.alternation();
		if (!this.#take(")")) throw new Error("unknown syntax");
		return opening[1] === undefined ? inner : EMPTY; // what looks around matches nothing itself
	}

	#escape(): Node {
		const letter = this.#peek();
		this.#at += 1;
		if (letter === "b" || letter === "B") return EMPTY;
		if (letter === "w" || letter === "d") return one(true);
		if (/[A-Za-z0-9]/.test(letter)) {
			if (!"DWsSnrtvf".includes(letter)) throw new Error("unknown syntax");
			return one(false);
		}
		return one(isTokenCode(letter.charCodeAt(0)));
	}

	/** Whether it holds characters of tokens only. */
	#set(): boolean {
		const set = /^\[(\^?)((?:[^\]\\]|\\.)*)\]/s.exec(this.#source.slice(this.#at));
		if (set === null) throw new Error("unknown syntax");
		this.#at += set[0].length;
		return set[1] !== "^" && holdsTokensOnly(set[2] ?? "");
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

function holdsTokensOnly(members: string): boolean {
	const parts = members.match(/(?:\\.|[^\\])(?:-(?:\\.|[^\\]))?/gs) ?? [];
	return parts.every((part) => {
		if (part === "\\w" || part === "\\d") return true;
		if (/^\\[A-Za-z0-9]/.test(part)) return false;
		const ends = part.replace(/\\/g, "");
		const [first, last] = [ends.charCodeAt(0), ends.charCodeAt(ends.length - 1)];
		for (let code = first; code <= last; code += 1) if (!isTokenCode(code)) return false;
		return true;
	});
}
