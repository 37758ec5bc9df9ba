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
	const keywords = readKeywords(words);
	const { rows, begins, shorts, cells, heads, next, further, wordOf } = tablesOf(keywords);
	const goesOn = (list: number, codes: Uint8Array, at: number): boolean => {
		const fifth = (further[list * 2] as number) >>> (CLASS_OF[codes[at] as number] as number);
		const sixth = (further[list * 2 + 1] as number) >>> (CLASS_OF[codes[at + 1] as number] as number);
		return (fifth & sixth & 1) !== 0;
	};
	return {
		scan({ text, codes }, onHit) {
			const report = (list: number, start: number) => {
				for (let entry = heads[list] as number; entry !== NONE; entry = next[entry] as number) {
					const word = wordOf[entry] as number;
					if (stands(keywords, word, codes, start)) onHit(word, start);
				}
			};
			let three = 0; // a variable of this function stays in a register
			const end = text.length + BEGINNING - 1;
			for (let i = 0; i < end; i += 1) {
				const kind = CLASS_OF[codes[i] as number] as number;
				const before = three;
				three = ((three << CLASS_BITS) | kind) & THREE;
				if ((((begins[before] as number) >>> kind) & 1) === 0) continue;
				const row = rows[before] as number;
				const short = shorts[row] as number;
				if (short !== NONE) report(short, i + 1 - BEGINNING);
				const list = cells[(row << CLASS_BITS) | kind] as number;
				if (i + 2 >= end || goesOn(list, codes, i + 1)) report(list, i + 1 - BEGINNING);
			}
		},
	};
}

/** Numbers of rows, lists and entries begin with 1. */
const NONE = 0;

/** All of them in one array: as many small ones take longer to make than all else. */
interface Keywords {
	readonly count: number;
	/** Their codes, one behind the other: as it is written where only that spelling counts, else in small letters. */
	readonly codes: Uint8Array;
	/** Where each begins in `codes`, and where the last one ends. */
	readonly starts: Int32Array;
	/** 1 where only one spelling counts. */
	readonly isExact: Uint8Array;
}

function readKeywords(words: readonly string[]): Keywords {
	const starts = new Int32Array(words.length + 1);
	const isExact = new Uint8Array(words.length);
	words.forEach((word, index) => {
		starts[index + 1] = (starts[index] as number) + word.length;
		if (word !== word.toLowerCase()) isExact[index] = 1;
	});
	const all = words.map((word, index) => (isExact[index] === 1 ? word : word.toLowerCase())).join("");
	if (NOT_ASCII.test(all) || words.includes("")) throw new RangeError("keywords are ASCII");
	return { count: words.length, codes: Buffer.from(all, "latin1"), starts, isExact };
}

const NOT_ASCII = /[^\x00-\x7f]/;

/** Behind the text stand zeros, which are in no keyword. */
function stands(
	{ codes: wanted, starts, isExact }: Keywords,
	word: number,
	codes: Uint8Array,
	start: number,
) {
	const table = isExact[word] === 1 ? AS_IT_IS : SMALL;
	const from = starts[word] as number;
	const length = (starts[word + 1] as number) - from;
	for (let i = 0; i < length; i += 1) {
		if (table[codes[start + i] as number] !== wanted[from + i]) return false;
	}
	return true;
}

interface Tables {
	/** By the classes of three characters: a row of `cells`; `NONE` where no keyword begins. */
	readonly rows: Uint16Array;
	/** By the same: a bit for each class of the fourth character with which a keyword may begin. */
	readonly begins: Int32Array;
	/** By row: the list of keywords that are over by then, whatever follows. */
	readonly shorts: Uint16Array;
	/** By row and class of the fourth character: the list of the longer ones. */
	readonly cells: Uint16Array;
	/** By list: its first entry. */
	readonly heads: Uint16Array;
	/** By entry: the next one of its list. */
	readonly next: Uint16Array;
	/** By entry: which keyword. */
	readonly wordOf: Uint16Array;
	/** Two numbers a list: a bit for every class that its keywords have in the fifth and sixth place. */
	readonly further: Int32Array;
}

/** Flat arrays alone: a start does this once, before anything is compiled, and makes nothing that must be cleared away. */
function tablesOf(keywords: Keywords): Tables {
	const { codes, starts, count } = keywords;
	const most = mostEntries(keywords) + 1;
	if (most > MOST_ENTRIES) throw new RangeError("too many keywords");
	const rows = new Uint16Array(THREE + 1);
	const begins = new Int32Array(THREE + 1);
	const shorts = new Uint16Array(most);
	const cells = new Uint16Array(most << CLASS_BITS);
	const [heads, next, wordOf] = [new Uint16Array(most), new Uint16Array(most), new Uint16Array(most)];
	const further = new Int32Array(most * 2);
	const made = { rows: 0, lists: 0, entries: 0 };
	const rowOf = (three: number): number => {
		if (rows[three] === NONE) rows[three] = ++made.rows;
		return rows[three] as number;
	};
	const enter = (table: Uint16Array, place: number, word: number): number => {
		if (table[place] === NONE) table[place] = ++made.lists;
		const list = table[place] as number;
		const entry = ++made.entries;
		wordOf[entry] = word;
		next[entry] = heads[list] as number;
		heads[list] = entry;
		return list;
	};
	// From the last one on, so that a list has them in their order.
	for (let word = count - 1; word >= 0; word -= 1) {
		const [start, end] = [starts[word] as number, starts[word + 1] as number];
		const classAt = (at: number) => CLASS_OF[codes[start + at] as number] as number;
		if (end - start < BEGINNING) {
			const { first, last } = beginningsOf(end - start, classAt);
			for (let three = first; three <= last; three += 1) {
				enter(shorts, rowOf(three), word);
				begins[three] = -1;
			}
			continue;
		}
		const three = (((classAt(0) << CLASS_BITS) | classAt(1)) << CLASS_BITS) | classAt(2);
		const list = enter(cells, (rowOf(three) << CLASS_BITS) | classAt(3), word);
		begins[three] = (begins[three] as number) | (1 << classAt(3));
		for (const place of [0, 1]) {
			const bits = start + BEGINNING + place < end ? 1 << classAt(BEGINNING + place) : -1;
			further[list * 2 + place] = (further[list * 2 + place] as number) | bits;
		}
	}
	return { rows, begins, shorts, cells, heads, next, wordOf, further };
}

/** What fits into the numbers of the tables; thousands of keywords stay far below it. */
const MOST_ENTRIES = 0xffff;

function mostEntries({ starts, count }: Keywords): number {
	let most = 0;
	for (let word = 0; word < count; word += 1)
		most += 1 << openBits((starts[word + 1] as number) - (starts[word] as number));
	return most;
}

/** How many bits of the classes of three characters a keyword of this length leaves open. */
function openBits(length: number): number {
	return CLASS_BITS * Math.max(0, BEGINNING - 1 - length);
}

/** The classes of its first three characters: of a shorter keyword every way in which they may go on. */
function beginningsOf(length: number, classAt: (at: number) => number): { first: number; last: number } {
	let known = 0;
	for (let i = 0; i < Math.min(length, BEGINNING - 1); i += 1) known = (known << CLASS_BITS) | classAt(i);
	const open = openBits(length);
	return { first: known << open, last: ((known + 1) << open) - 1 };
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
