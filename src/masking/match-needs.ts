/**
 * What every match of a rule's regex holds for certain: an unbroken run of the characters that keys are made of, and
 * characters of which one stands at a known place, such as the quotation mark that ends it. Text without them near a keyword
 * need not be searched for the rule. Whatever is not understood needs nothing.
 */
import {
	ENDS_TEXT,
	escapedSet,
	type NeededCharacter,
	usableSet,
	withoutRepeats,
} from "./needed-character.ts";
import { EMPTY, either, OTHER, one, type Part, readSet, repeat, Sequence, TOKEN } from "./regex-parts.ts";
import { characterSet, isTokenCode } from "./token-runs.ts";

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

/** What was read of other regexes: the same sets and the same long groups stand in most of them. */
export class PartsRead {
	/** By how they are written. */
	readonly sets = new Map<string, Part>();
	/** By how they begin. */
	readonly #groups = new Map<string, readonly KnownGroup[]>();

	/** The group that begins there, if it was read before. */
	groupAt(source: string, start: number): KnownGroup | undefined {
		const alike = this.#groups.get(source.slice(start, start + GROUP_BEGINNING));
		return alike?.find(({ written }) => source.startsWith(written, start));
	}

	/** Not one that names a part of the match: others may refer to it. */
	addGroup(written: string, part: Part): void {
		if (written.length < GROUP_BEGINNING || /\(\?<[A-Za-z]|\\k/.test(written)) return;
		const beginning = written.slice(0, GROUP_BEGINNING);
		this.#groups.set(beginning, [...(this.#groups.get(beginning) ?? []), { written, part }]);
	}
}

interface KnownGroup {
	/** From its opening bracket to its closing one. */
	readonly written: string;
	readonly part: Part;
}

const GROUP_BEGINNING = 40;

export function matchNeeds(source: string, known = new PartsRead()): MatchNeeds {
	const reader = new Reader(source, known);
	try {
		const node = reader.alternation();
		if (!reader.isAtEnd) return NOTHING;
		return { run: { length: node.best, within: node.from }, characters: withoutRepeats(node.characters) };
	} catch {
		return NOTHING; // not written as rules are
	}
}

class Reader {
	readonly #source: string;
	/** By the name of a group: how many characters it takes at most. */
	readonly #longest = new Map<string, number>();
	readonly #known: PartsRead;
	#at = 0;

	constructor(source: string, known: PartsRead) {
		this.#source = source;
		this.#known = known;
	}

	get isAtEnd(): boolean {
		return this.#at === this.#source.length;
	}

	alternation(): Part {
		let whole = this.#concatenation();
		while (this.#take("|")) whole = either(whole, this.#concatenation());
		return whole;
	}

	#concatenation(): Part {
		const sequence = new Sequence();
		while (!this.isAtEnd && !"|)".includes(this.#peek())) sequence.add(this.#piece());
		return sequence.end();
	}

	#piece(): Part {
		const atom = this.#atom();
		if (!REPEATS.includes(this.#peek() || " ")) return atom;
		TIMES.lastIndex = this.#at;
		const times = TIMES.exec(this.#source);
		if (times === null) return atom;
		this.#at = TIMES.lastIndex;
		const [, sign, least, comma, most] = times;
		const min = sign === undefined ? Number(least) : sign === "+" ? 1 : 0;
		const max = sign === "?" ? 1 : sign !== undefined || (comma && !most) ? Infinity : Number(most ?? least);
		return repeat(atom, min, max);
	}

	#atom(): Part {
		const character = this.#peek();
		if (IS_ALPHANUMERIC[character.charCodeAt(0)] === 1) {
			this.#at += 1;
			return TOKEN;
		}
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

	#group(): Part {
		const start = this.#at;
		const before = this.#known.groupAt(this.#source, start);
		if (before !== undefined) {
			this.#at += before.written.length;
			return before.part;
		}
		OPENING.lastIndex = start;
		const opening = OPENING.exec(this.#source);
		if (opening === null) throw new Error("unknown syntax");
		this.#at = OPENING.lastIndex;
		const inner = this.alternation();
		if (!this.#take(")")) throw new Error("unknown syntax");
		const [, name, look] = opening;
		if (name !== undefined) this.#longest.set(name, inner.max);
		const part = look === undefined ? inner : lookAround(look, inner);
		this.#known.addGroup(this.#source.slice(start, this.#at), part);
		return part;
	}

	#escape(): Part {
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
	#reference(): Part {
		const name = /^<([A-Za-z]+)>/.exec(this.#source.slice(this.#at, this.#at + 32));
		if (name === null) throw new Error("unknown syntax");
		this.#at += name[0].length;
		return { ...OTHER, min: 0, max: this.#longest.get(name[1] ?? "") ?? Number.POSITIVE_INFINITY };
	}

	#set(): Part {
		SET.lastIndex = this.#at;
		if (!SET.test(this.#source)) throw new Error("unknown syntax");
		const written = this.#source.slice(this.#at, SET.lastIndex);
		this.#at = SET.lastIndex;
		const known = this.#known.sets.get(written);
		if (known !== undefined) return known;
		const set = readSet(written.slice(1, -1));
		this.#known.sets.set(written, set);
		return set;
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

/** What looks around matches nothing itself; but what it looks for ahead must stand there. */
function lookAround(look: string, inner: Part): Part {
	return look === "=" ? { ...EMPTY, characters: inner.characters } : EMPTY;
}

const IS_ALPHANUMERIC = characterSet(/[A-Za-z0-9]/);
const REPEATS = "*+?{";
const TIMES = /(?:([*+?])|\{(\d+)(,)?(\d+)?\})\??/y;
const OPENING = /\((?:\?(?:<([A-Za-z]+)>|:|(<?[=!])))?/y;
const SET = /\[\^?(?:[^\]\\]|\\.)*\]/sy;
