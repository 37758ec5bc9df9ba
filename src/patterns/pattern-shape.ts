/**
 * What a user's pattern says without being run: whether it is written in the plain subset that every engine reads alike,
 * whether it may match nothing, and words of which one stands in every match. Whatever it does not understand it leaves
 * to the engine.
 */

export interface PatternShape {
	/** Whether the empty text may match. */
	readonly isNullable: boolean;
	/** One of them, in small letters, stands in every match; undefined when no such words are known. */
	readonly words: readonly string[] | undefined;
	/** Repetitions without a small limit. With two of them at most, and none in another, any engine is done in no time. */
	readonly repetitions: number;
	readonly hasNested: boolean;
}

/** Shorter words stand everywhere. */
const SHORTEST_WORD = 3;
/** More words than this are no help. */
const MOST_WORDS = 20;
/** What engines take as a count at most. */
const MOST_TIMES = 1000;
/** A repetition of this many at most costs no more than its text. */
const FEW = 10;

/** Undefined when the pattern leaves the subset. */
export function shapeOf(pattern: string): PatternShape | undefined {
	const parser = new Parser(pattern);
	const node = parser.alternation();
	return node === undefined || !parser.isAtEnd ? undefined : { ...node, words: usable(node.words) };
}

function usable(words: readonly string[] | undefined): readonly string[] | undefined {
	const isUsable = words !== undefined && words.length <= MOST_WORDS && shortest(words) >= SHORTEST_WORD;
	return isUsable ? words : undefined;
}

function shortest(words: readonly string[]): number {
	return words.reduce((least, word) => Math.min(least, word.length), Number.POSITIVE_INFINITY);
}

interface Node extends PatternShape {
	/** The text itself, when it is nothing but letters. */
	readonly literal?: string;
}

const NOTHING: Node = { isNullable: true, words: undefined, repetitions: 0, hasNested: false };
const ANY: Node = { ...NOTHING, isNullable: false };

class Parser {
	readonly #pattern: string;
	#at = 0;

	constructor(pattern: string) {
		this.#pattern = pattern;
	}

	get isAtEnd(): boolean {
		return this.#at === this.#pattern.length;
	}

	alternation(): Node | undefined {
		const branches: Node[] = [];
		do {
			const branch = this.#concatenation();
			if (branch === undefined) return undefined;
			branches.push(branch);
		} while (this.#take("|"));
		const [only] = branches;
		return branches.length === 1 ? only : unite(branches);
	}

	#concatenation(): Node | undefined {
		const pieces: Node[] = [];
		while (!this.isAtEnd && !"|)".includes(this.#peek())) {
			const piece = this.#piece();
			if (piece === undefined) return undefined;
			pieces.push(piece);
		}
		return join(pieces);
	}

	#piece(): Node | undefined {
		const atom = this.#atom();
		if (atom === undefined || this.isAtEnd || !"{*+?".includes(this.#peek())) return atom;
		TIMES.lastIndex = this.#at;
		const times = TIMES.exec(this.#pattern);
		if (times === null) return undefined;
		this.#at += times[0].length;
		if ("{*+?".includes(this.#peek() || "-")) return undefined; // a repetition of a repetition
		return repeat(atom, times);
	}

	#atom(): Node | undefined {
		const run = this.#match(LETTERS);
		if (run !== undefined) return word(run);
		const character = this.#peek();
		if (character === "(") return this.#group();
		if (character === "[") return this.#set();
		if (character === "\\") return this.#escape();
		this.#at += 1;
		if (character === ".") return ANY;
		if (character === "^" || character === "$") return NOTHING;
		return "{}]*+?".includes(character) ? undefined : letter(character);
	}

	#group(): Node | undefined {
		this.#at += 1;
		if (this.#peek() === "?") {
			if (!this.#pattern.startsWith("?:", this.#at)) return undefined;
			this.#at += 2;
		}
		const inner = this.alternation();
		return inner !== undefined && this.#take(")") ? inner : undefined;
	}

	#set(): Node | undefined {
		return this.#match(SET) === undefined ? undefined : ANY;
	}

	/** What `pattern` finds here, and nothing further on. */
	#match(pattern: RegExp): string | undefined {
		pattern.lastIndex = this.#at;
		const found = pattern.exec(this.#pattern)?.[0];
		this.#at += found?.length ?? 0;
		return found;
	}

	#escape(): Node | undefined {
		const character = this.#pattern[this.#at + 1];
		if (character === undefined) return undefined;
		this.#at += 2;
		if ("dDwWsSnrt".includes(character)) return ANY;
		if ("bB".includes(character)) return NOTHING;
		return /[A-Za-z0-9]/.test(character) ? undefined : letter(character);
	}

	#peek(): string {
		return this.#pattern[this.#at] ?? "";
	}

	#take(character: string): boolean {
		if (this.#peek() !== character) return false;
		this.#at += 1;
		return true;
	}
}

/** Letters and signs that mean themselves, but for one that a repetition stands behind. */
const LETTERS = /[A-Za-z0-9 !"#%&',\-/:;<=>@_`~]+(?![*+?{])/y;
const SET = /\[\^?(?:[^\]\\[]|\\(?:[dDwWsSnrt]|[^A-Za-z0-9]))+\]/y;
const TIMES = /(?:([*+?])|\{(\d{1,4})(?:(,)(\d{1,4})?)?\})\??/y;

const FIRST_SIGN = 0x20;
const LAST_SIGN = 0x7e;

function letter(character: string): Node {
	const code = character.charCodeAt(0);
	if (code < FIRST_SIGN || code > LAST_SIGN) return ANY;
	return word(character);
}

function word(letters: string): Node {
	const small = letters.toLowerCase();
	return { isNullable: false, words: [small], repetitions: 0, hasNested: false, literal: small };
}

function unite(branches: readonly Node[]): Node {
	const words = branches.flatMap((branch) => branch.words ?? []);
	return {
		isNullable: branches.some((branch) => branch.isNullable),
		words: branches.every((branch) => branch.words !== undefined) ? [...new Set(words)] : undefined,
		repetitions: branches.reduce((n, branch) => n + branch.repetitions, 0),
		hasNested: branches.some((branch) => branch.hasNested),
	};
}

/** Letters side by side are a word; of all words the longest tells most. */
function join(pieces: readonly Node[]): Node {
	const candidates: (readonly string[])[] = [];
	let run = "";
	for (const { literal, words } of pieces) {
		if (literal !== undefined) {
			run += literal;
			continue;
		}
		if (run !== "") candidates.push([run]);
		run = "";
		if (words !== undefined) candidates.push(words);
	}
	if (run !== "") candidates.push([run]);
	const best = candidates.reduce<readonly string[] | undefined>(
		(found, words) => (found === undefined || shortest(words) > shortest(found) ? words : found),
		undefined,
	);
	const isLiteral = pieces.length > 0 && pieces.every((piece) => piece.literal !== undefined);
	return {
		isNullable: pieces.every((piece) => piece.isNullable),
		words: best,
		repetitions: pieces.reduce((n, piece) => n + piece.repetitions, 0),
		hasNested: pieces.some((piece) => piece.hasNested),
		...(isLiteral ? { literal: run } : {}),
	};
}

function repeat(atom: Node, [, sign, least, comma, most]: readonly (string | undefined)[]): Node | undefined {
	const min = sign === undefined ? Number(least) : sign === "+" ? 1 : 0;
	const max = maximum(sign, min, comma, most);
	if (min > max || (max !== Number.POSITIVE_INFINITY && max > MOST_TIMES)) return undefined;
	const isLong = max > FEW;
	return {
		isNullable: atom.isNullable || min === 0,
		words: min === 0 ? undefined : atom.words,
		repetitions: atom.repetitions + (isLong ? 1 : 0),
		hasNested:
			atom.hasNested || (max > 1 && (atom.repetitions > 0 || atom.literal === undefined) && atom !== ANY),
	};
}

function maximum(sign: string | undefined, min: number, comma?: string, most?: string): number {
	if (sign === "?") return 1;
	if (sign !== undefined || (comma !== undefined && most === undefined)) return Number.POSITIVE_INFINITY;
	return comma === undefined ? min : Number(most);
}
