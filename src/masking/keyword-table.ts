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
	const all = words.join("");
	if (NOT_ASCII.test(all) || words.includes("")) throw new RangeError("keywords are ASCII");
	const starts = new Int32Array(words.length + 1);
	const isExact = new Uint8Array(words.length);
	for (let index = 0; index < words.length; index += 1) {
		const word = words[index] as string;
		starts[index + 1] = (starts[index] as number) + word.length;
		if (word !== word.toLowerCase()) isExact[index] = 1; // one in small letters is kept as it is, too
	}
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

function tablesOf(keywords: Keywords): Tables {
	const { codes, starts, count } = keywords;
	const layout = new Layout(mostEntries(keywords) + 1);
	// From the last one on, so that a list has them in their order.
	for (let word = count - 1; word >= 0; word -= 1) {
		const start = starts[word] as number;
		const length = (starts[word + 1] as number) - start;
		if (length < BEGINNING) layout.addShort(word, beginningOf(codes, start, length), openBits(length));
		else layout.addLong(word, codes, start, length);
	}
	return layout;
}

/** Flat arrays and plain loops alone: a start does this once, before anything is compiled, and makes nothing that must be cleared away. */
class Layout implements Tables {
	readonly rows = new Uint16Array(THREE + 1);
	readonly begins = new Int32Array(THREE + 1);
	readonly shorts: Uint16Array;
	readonly cells: Uint16Array;
	readonly heads: Uint16Array;
	readonly next: Uint16Array;
	readonly wordOf: Uint16Array;
	readonly further: Int32Array;
	#rows = 0;
	#lists = 0;
	#entries = 0;

	constructor(most: number) {
		if (most > MOST_ENTRIES) throw new RangeError("too many keywords");
		this.shorts = new Uint16Array(most);
		this.cells = new Uint16Array(most << CLASS_BITS);
		this.heads = new Uint16Array(most);
		this.next = new Uint16Array(most);
		this.wordOf = new Uint16Array(most);
		this.further = new Int32Array(most * 2);
	}

	/** In every way in which it may go on: `open` bits of the classes of its first three characters. */
	addShort(word: number, beginning: number, open: number): void {
		const first = beginning << open;
		const last = ((beginning + 1) << open) - 1;
		for (let three = first; three <= last; three += 1) {
			this.#enter(this.shorts, this.#rowOf(three), word);
			this.begins[three] = -1;
		}
	}

	addLong(word: number, codes: Uint8Array, start: number, length: number): void {
		const three = beginningOf(codes, start, BEGINNING - 1);
		const fourth = CLASS_OF[codes[start + BEGINNING - 1] as number] as number;
		const list = this.#enter(this.cells, (this.#rowOf(three) << CLASS_BITS) | fourth, word);
		this.begins[three] = (this.begins[three] as number) | (1 << fourth);
		for (let place = 0; place < 2; place += 1) {
			const at = BEGINNING + place;
			const bits = at < length ? 1 << (CLASS_OF[codes[start + at] as number] as number) : -1;
			this.further[list * 2 + place] = (this.further[list * 2 + place] as number) | bits;
		}
	}

	#rowOf(three: number): number {
		if (this.rows[three] === NONE) this.rows[three] = ++this.#rows;
		return this.rows[three] as number;
	}

	/** The list that it was put into. */
	#enter(table: Uint16Array, place: number, word: number): number {
		if (table[place] === NONE) table[place] = ++this.#lists;
		const list = table[place] as number;
		const entry = ++this.#entries;
		this.wordOf[entry] = word;
		this.next[entry] = this.heads[list] as number;
		this.heads[list] = entry;
		return list;
	}
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
	return length < BEGINNING - 1 ? CLASS_BITS * (BEGINNING - 1 - length) : 0;
}

/** The classes of a keyword's first characters, three at most. */
function beginningOf(codes: Uint8Array, start: number, length: number): number {
	let classes = 0;
	for (let at = start; at < start + length; at += 1)
		classes = (classes << CLASS_BITS) | (CLASS_OF[codes[at] as number] as number);
	return classes;
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
