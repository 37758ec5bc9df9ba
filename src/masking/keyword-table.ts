/**
 * Finds where any of thousands of ASCII keywords stands, in one pass: the last four characters, folded to 32 classes,
 * are looked up in two small tables that stay in the processor's cache, and only where a keyword may begin is it compared.
 * No step waits for a look-up of the one before it.
 */
import type { Reading } from "./reading.ts";

export interface KeywordTable {
	/** Calls back with the keyword's index and the offset where it stands, in the order of the offsets. */
	scan(reading: Reading, onHit: (keyword: number, start: number) => void): void;
}

/** Characters that must be seen to know that a keyword may begin with them. */
const BEGINNING = 4;
const CLASS_BITS = 5;
const CLASSES = 1 << CLASS_BITS;
const THREE = (1 << (3 * CLASS_BITS)) - 1;
const LETTERS = 26;

/** A keyword with a capital counts only as it is written, the others in any case. Throws a `RangeError` for one that is empty or not ASCII. */
export function createKeywordTable(words: readonly string[]): KeywordTable {
	const { rows, begins, cells, lists } = tablesOf(words.map(keywordOf));
	const further = furtherOf(lists);
	const goesOn = (list: number, codes: Uint8Array, at: number): boolean => {
		const fifth = (further[list * 2] as number) >>> (CLASS_OF[codes[at] as number] as number);
		const sixth = (further[list * 2 + 1] as number) >>> (CLASS_OF[codes[at + 1] as number] as number);
		return (fifth & sixth & 1) !== 0;
	};
	return {
		scan({ text, codes }, onHit) {
			const report = (list: number, start: number) => {
				const longest = text.length - start;
				for (const keyword of lists[list] as readonly Keyword[])
					if (keyword.small.length <= longest && stands(keyword, codes, start)) onHit(keyword.index, start);
			};
			let three = 0; // a variable of this function stays in a register
			const end = text.length + BEGINNING - 1;
			for (let i = 0; i < end; i += 1) {
				const kind = CLASS_OF[codes[i] as number] as number;
				const before = three;
				three = ((three << CLASS_BITS) | kind) & THREE;
				if ((((begins[before] as number) >>> kind) & 1) === 0) continue;
				const list = cells[((rows[before] as number) << CLASS_BITS) | kind] as number;
				if (i + 2 >= end || goesOn(list, codes, i + 1)) report(list, i + 1 - BEGINNING);
			}
		},
	};
}

interface Keyword {
	readonly index: number;
	/** In small letters. */
	readonly small: string;
	/** Its codes: as it is written when only that spelling counts, else in small letters. */
	readonly codes: Uint8Array;
	readonly isExact: boolean;
}

function keywordOf(word: string, index: number): Keyword {
	const codes = new Uint8Array(word.length);
	let isAscii = word.length > 0;
	for (let i = 0; i < word.length; i += 1) {
		const code = word.charCodeAt(i);
		isAscii &&= code < 128;
		codes[i] = code;
	}
	if (!isAscii) throw new RangeError("keywords are ASCII");
	const small = word.toLowerCase();
	return { index, small, codes, isExact: word !== small };
}

function stands(keyword: Keyword, codes: Uint8Array, start: number): boolean {
	const wanted = keyword.codes;
	const table = keyword.isExact ? AS_IT_IS : SMALL;
	for (let i = 0; i < wanted.length; i += 1) {
		if (table[codes[start + i] as number] !== wanted[i]) return false;
	}
	return true;
}

interface Tables {
	/** By the classes of three characters: a row of `cells`; 0 where no keyword begins. */
	readonly rows: Uint16Array;
	/** By the same: a bit for each class of the fourth character with which a keyword may begin. */
	readonly begins: Int32Array;
	/** By row and class of the fourth character: which of `lists`; 0 for none. */
	readonly cells: Uint16Array;
	readonly lists: readonly (readonly Keyword[])[];
}

function tablesOf(keywords: readonly Keyword[]): Tables {
	const short = grouped(keywords.filter(({ small }) => small.length < BEGINNING));
	const long = grouped(keywords.filter(({ small }) => small.length >= BEGINNING));
	const rows = new Uint16Array(THREE + 1);
	const begins = new Int32Array(THREE + 1);
	const threes = new Set([...short.keys(), ...long.keys()]);
	const cells = new Uint16Array((threes.size + 1) << CLASS_BITS);
	const lists = new Lists();
	let row = 0;
	for (const three of threes) {
		row += 1;
		rows[three] = row;
		const any = short.get(three) ?? [];
		const first = row << CLASS_BITS;
		if (any.length > 0) {
			cells.fill(lists.idOf(any), first, first + CLASSES);
			begins[three] = -1;
		}
		for (const [kind, some] of byFourth(long.get(three) ?? [])) {
			cells[first + kind] = lists.idOf(any.length === 0 ? some : [...any, ...some]);
			begins[three] = (begins[three] as number) | (1 << kind);
		}
	}
	return { rows, begins, cells, lists: lists.all };
}

function byFourth(keywords: readonly Keyword[]): Map<number, Keyword[]> {
	const groups = new Map<number, Keyword[]>();
	for (const keyword of keywords) {
		const kind = classAt(keyword.small, BEGINNING - 1);
		const group = groups.get(kind);
		if (group === undefined) groups.set(kind, [keyword]);
		else group.push(keyword);
	}
	return groups;
}

/** Two numbers a list: a bit for every class that its keywords have in the fifth and sixth place. */
function furtherOf(lists: readonly (readonly Keyword[])[]): Int32Array {
	const further = new Int32Array(lists.length * 2);
	for (const [index, list] of lists.entries()) {
		further[index * 2] = classesAt(list, BEGINNING);
		further[index * 2 + 1] = classesAt(list, BEGINNING + 1);
	}
	return further;
}

/** By the classes of three characters. */
function grouped(keywords: readonly Keyword[]): Map<number, Keyword[]> {
	const groups = new Map<number, Keyword[]>();
	for (const keyword of keywords) {
		for (const three of beginningsOf(keyword.small)) {
			const group = groups.get(three);
			if (group === undefined) groups.set(three, [keyword]);
			else group.push(keyword);
		}
	}
	return groups;
}

/** Numbers the lists, the same one once; the empty one is 0. */
class Lists {
	readonly all: (readonly Keyword[])[] = [[]];
	readonly #ids = new Map<string, number>([["", 0]]);

	idOf(list: readonly Keyword[]): number {
		const [only] = list;
		const key = list.length === 1 ? String(only?.index) : list.map(({ index }) => index).join();
		const known = this.#ids.get(key);
		if (known !== undefined) return known;
		const id = this.all.push(list) - 1;
		this.#ids.set(key, id);
		return id;
	}
}

/** The classes of its first three characters, and for a shorter one every way in which they may go on. */
function beginningsOf(word: string): number[] {
	if (word.length >= BEGINNING - 1)
		return [(((classAt(word, 0) << CLASS_BITS) | classAt(word, 1)) << CLASS_BITS) | classAt(word, 2)];
	let known = 0;
	for (let i = 0; i < word.length; i += 1) known = (known << CLASS_BITS) | classAt(word, i);
	const openBits = CLASS_BITS * (BEGINNING - 1 - word.length);
	return Array.from({ length: 1 << openBits }, (_, open) => (known << openBits) | open);
}

/** A bit for every class that a keyword of the list has there; all bits when one of them is shorter. */
function classesAt(list: readonly Keyword[], at: number): number {
	return list.reduce((bits, { small }) => bits | (at < small.length ? 1 << classAt(small, at) : -1), 0);
}

function classAt(word: string, at: number): number {
	return CLASS_OF[word.charCodeAt(at)] as number;
}

/** By the code of a character, of the 256 first ones. */
const CLASS_OF = classes();

function classes(): Uint8Array {
	const table = new Uint8Array(256);
	const signs = ["0123456789", "_-", ":=", "\"'/."];
	for (let code = 33; code < 127; code += 1) {
		const small = String.fromCharCode(code).toLowerCase();
		const letter = small.charCodeAt(0) - "a".charCodeAt(0);
		const sign = signs.findIndex((group) => group.includes(small));
		const isLetter = letter >= 0 && letter < LETTERS;
		table[code] = isLetter ? letter + 1 : sign === -1 ? CLASSES - 1 : LETTERS + 1 + sign;
	}
	return table;
}

/** Capitals of ASCII as small letters. */
const SMALL = Uint8Array.from({ length: 256 }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code));
const AS_IT_IS = Uint8Array.from({ length: 256 }, (_, code) => code);
