/** What entries say as one run of words, for finding where two views of the same text overlap. */
import type { Entry } from "./entry.ts";
import { entryNotes } from "./entry-notes.ts";
import { type Words, wordsOf } from "./words.ts";

/** Where a word stands: entry, part of it (0 = its text, n = its n-th result), character. */
export interface Spot {
	readonly entry: number;
	readonly part: number;
	readonly from: number;
}

interface Piece {
	readonly entry: number;
	readonly part: number;
	readonly said: Words;
	/** Words of it that are left out, and how many of the others come before it. */
	readonly skipped: number;
	readonly before: number;
}

export class FlatText {
	/** Words of the same number are the same; only the first `length` of them are its own. */
	readonly words: Float64Array;
	readonly length: number;
	readonly #pieces: readonly Piece[];

	constructor(words: Float64Array, length: number, pieces: readonly Piece[]) {
		this.words = words;
		this.length = length;
		this.#pieces = pieces;
	}

	spot(index: number): Spot | undefined {
		const piece = this.#pieces.findLast((each) => each.before <= index);
		if (piece === undefined || index >= this.length) return undefined;
		const from = piece.said.froms[piece.skipped + index - piece.before] ?? 0;
		return { entry: piece.entry, part: piece.part, from };
	}
}

/** Characters looked at per word wanted: words are shorter than this on average in any language with blanks. */
const CHARS_PER_WORD = 24;

/** Where the words of a text are put: the next text put there takes its place. */
export class WordRoom {
	#words = new Float64Array(0);

	/** At least as many. */
	get(count: number): Float64Array {
		if (this.#words.length < count) this.#words = new Float64Array(2 * count);
		return this.#words;
	}
}

/** Of a long turn only the tail: what lies further up than any screen shows cannot overlap. */
export function flatten(entries: readonly Entry[], limit: number, room = new WordRoom()): FlatText {
	const tail: { entry: number; part: number; said: Words; skipped: number }[] = [];
	let count = 0;
	for (let index = entries.length - 1; index >= 0 && count < limit; index--) {
		const entry = entries[index];
		if (entry === undefined) continue;
		const parts = partsOf(entry);
		for (let part = parts.length - 1; part >= 0 && count < limit; part--) {
			const said = parts[part];
			if (said === undefined) continue;
			const text = textOf(entry, part);
			const skipped = skippedWords(said, text, text.length - (limit - count) * CHARS_PER_WORD);
			tail.push({ entry: index, part, said, skipped });
			count += said.keys.length - skipped;
		}
	}
	const words = room.get(count);
	let before = 0;
	const pieces = tail.reverse().map((piece): Piece => {
		const { entry, part, said, skipped } = piece;
		const placed = { entry, part, said, skipped, before };
		words.set(piece.skipped === 0 ? piece.said.keys : piece.said.keys.slice(piece.skipped), before);
		before += piece.said.keys.length - piece.skipped;
		return placed;
	});
	return new FlatText(words, count, pieces);
}

/** Words up to the first blank after this character. */
function skippedWords({ froms }: Words, text: string, start: number): number {
	if (start <= 0) return 0;
	const blank = Math.max(text.indexOf(" ", start), start);
	return placeOf(froms, blank);
}

/** Entries stay what they are from frame to frame: their words are found once. */
export function partsOf(entry: Entry): readonly Words[] {
	const notes = entryNotes(entry);
	notes.words ??= [wordsOf(entry.text), ...entry.results.map((result) => wordsOf(result.text))];
	return notes.words;
}

/** The words of an entry that is one up to a word, another from a word on: known without reading a long text again. */
export function joinWords(joined: Entry, first: Entry, second: Entry, end: Spot, start: Spot): void {
	const [upper, lower] = [partsOf(first), partsOf(second)];
	const above = upper[end.part] ?? NO_WORDS;
	const below = lower[start.part] ?? NO_WORDS;
	const kept = placeOf(above.froms, end.from);
	const continued = placeOf(below.froms, start.from);
	const shift = end.from - start.from;
	const keys = above.keys.slice(0, kept).concat(below.keys.slice(continued));
	const froms = above.froms.slice(0, kept);
	for (let at = continued; at < below.froms.length; at++) froms.push((below.froms[at] ?? 0) + shift);
	entryNotes(joined).words = [...upper.slice(0, end.part), { keys, froms }, ...lower.slice(start.part + 1)];
}

const NO_WORDS: Words = { keys: [], froms: [] };

/** How many words begin before this character. */
function placeOf(froms: readonly number[], character: number): number {
	let [low, high] = [0, froms.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((froms[middle] ?? 0) < character) low = middle + 1;
		else high = middle;
	}
	return low;
}

function textOf(entry: Entry, part: number): string {
	return part === 0 ? entry.text : (entry.results[part - 1]?.text ?? "");
}
