/**
 * What still grows on the screen, key by key or in the pieces of a stream: the beginning of a secret looks like nothing in
 * particular, so that only its first characters are shown until it can be judged whole.
 *
 * A word may go on where nothing but blanks or a frame follows it, and at a cursor. It counts as whole when
 *   - another word follows it; or
 *   - it reads as an ordinary word, or stands right above more, and has stood there for a while; or
 *   - what stands below it is not what stood there when it was drawn, and stays: the program has gone on to something else; or
 *   - it has stood there for long. At a cursor, never: a person may be looking for the rest of it.
 */
import type { Picture } from "../../core/picture.ts";
import { knownStart } from "../hold-back.ts";
import type { Replacement } from "./align.ts";
import { type Caret, caretsIn, findCarets, NO_CARETS, placesOf } from "./carets.ts";
import type { PictureLine } from "./lines.ts";
import type { RowReading, Standing } from "./row-reading.ts";
import { beginningOf, endsInWord, inkIn, isBare, isWord, readTails, SHOWN, type Tail } from "./tails.ts";

/** For this long the end of a row may be the middle of a word, whatever it looks like. */
export const SOON_MS = 2000;
/** A stream that stood still for this long has stopped. */
export const LONG_MS = 60_000;

export interface Held {
	/** By line, in no order; they may overlap. */
	readonly lines: ReadonlyMap<number, readonly Replacement[]>;
	/** When some of it will be shown if nothing changes; never: infinity. */
	readonly until: number;
}

export interface GrowingPicture {
	readonly picture: Picture;
	/** Of the picture's rows. */
	readonly readings: readonly RowReading[];
	readonly lines: readonly PictureLine[];
	readonly stands: readonly Standing[];
	readonly isOver: boolean;
}

/** Texts remembered with what was found out about their ends: some screens full. */
const REMEMBERED_TEXTS = 1000;

interface Search {
	readonly of: GrowingPicture;
	readonly carets: readonly Caret[];
	readonly held: Map<number, readonly Replacement[]>;
}

export class Growing {
	readonly #knownValues: readonly string[];
	readonly #byText = new Map<string, readonly Tail[]>();

	constructor(knownValues: readonly string[]) {
		this.#knownValues = knownValues;
	}

	find(of: GrowingPicture): Held {
		const lines = new Map<number, readonly Replacement[]>();
		const search = { of, carets: findCarets(of.picture, of.readings), held: lines };
		let until = Number.POSITIVE_INFINITY;
		for (let index = 0; index < of.lines.length; index += 1)
			if (of.lines[index]?.text !== "") until = Math.min(until, this.#holdLine(search, index));
		return { lines, until };
	}

	/** Gives when some of the line will be shown. */
	#holdLine({ of, carets, held }: Search, index: number): number {
		const line = of.lines[index] as PictureLine;
		const { at, rows } = of.picture;
		const age = at - sinceOf(line, of.stands);
		let atCarets = NO_CARETS;
		let until = Number.POSITIVE_INFINITY;
		if (isNear(carets, line)) {
			atCarets = caretsIn(line, carets, rows);
			if (this.#knownValues.length > 0) this.#holdTyped(held, index, line, placesOf(line, carets, rows));
		}
		// After a while only what ends right above nothing, or at a cursor, may go on; see `patience`.
		const isLong = age >= LONG_MS || (age >= SOON_MS && !isBareLine(of.lines[index + 1]));
		if (isLong && atCarets.length === 0) return until;
		for (const tail of this.#tailsOf(line, atCarets)) {
			const where = {
				of,
				index,
				isAtCaret: atCarets.includes(tail.end),
				isWord: this.#isWord(of, index, tail),
			};
			// So soon nothing is let go, whatever it is.
			const isSoon = age < SOON_MS && !of.isOver;
			const wait = (isSoon ? SOON_MS : patience(tail, where)) - age;
			if (wait <= 0) continue;
			until = Math.min(until, at + wait);
			this.#hold(held, of.lines, index, tail);
		}
		return until;
	}

	/** All of it, where it began in the row above. */
	#isWord({ lines }: GrowingPicture, index: number, tail: Tail): boolean {
		if (!isWord(tail)) return false;
		const above = lines[index - 1]?.text ?? "";
		if (!tail.mayBeginAbove || above === "") return true;
		return beginningOf(lines, index, tail, this.#knownValues).above === 0 || endsInWord(above);
	}

	/** A known value that is typed over what stood there: more than a word of it, and none of what comes after the cursor. */
	#holdTyped(
		held: Map<number, readonly Replacement[]>,
		index: number,
		{ text }: PictureLine,
		places: readonly number[],
	): void {
		for (const at of places) {
			const start = knownStart(text.slice(0, at), this.#knownValues, SHOWN + 1);
			if (start < at) held.set(index, [...(held.get(index) ?? []), ...inkIn(text, start + SHOWN, at)]);
		}
	}

	/** The same row has the same ends when it is painted again elsewhere. */
	#tailsOf({ text, reading }: PictureLine, atCarets: readonly number[]): readonly Tail[] {
		if (reading === undefined) return this.#tailsOfText(text, atCarets);
		if (atCarets.length === 0) {
			reading.tails ??= readTails(text, atCarets, this.#knownValues);
			return reading.tails;
		}
		const known = reading.tailsAtCarets;
		if (known !== undefined && areSame(known.carets, atCarets)) return known.tails;
		const tails = readTails(text, atCarets, this.#knownValues);
		reading.tailsAtCarets = { carets: atCarets, tails };
		return tails;
	}

	/** Of a line of several rows. */
	#tailsOfText(text: string, atCarets: readonly number[]): readonly Tail[] {
		const key = `${atCarets.join(" ")}|${text}`;
		const known = this.#byText.get(key);
		if (known !== undefined) return known;
		const tails = readTails(text, atCarets, this.#knownValues);
		if (this.#byText.size >= REMEMBERED_TEXTS) this.#byText.clear();
		this.#byText.set(key, tails);
		return tails;
	}

	/** From where it begins on nothing is shown: that may be some rows above. */
	#hold(
		held: Map<number, readonly Replacement[]>,
		lines: readonly PictureLine[],
		index: number,
		tail: Tail,
	): void {
		const add = (at: number, ranges: readonly Replacement[]) => {
			const before = held.get(at);
			held.set(at, before === undefined ? ranges : [...before, ...ranges]);
		};
		// A word that goes on over a row's end leaves no blank row between its halves.
		if (!tail.mayBeginAbove || (lines[index - 1]?.text ?? "") === "") {
			add(index, tail.hidden);
			return;
		}
		const { above, offset } = beginningOf(lines, index, tail, this.#knownValues);
		for (let at = index - above; at <= index; at += 1) {
			const text = lines[at]?.text ?? "";
			add(at, inkIn(text, at === index - above ? offset : 0, at === index ? tail.end : text.length));
		}
	}
}

function areSame(a: readonly number[], b: readonly number[]): boolean {
	return a.length === b.length && a.every((one, index) => one === b[index]);
}

/** A frame or nothing; below the last line there is nothing. */
function isBareLine(line: PictureLine | undefined): boolean {
	if (line?.reading === undefined) return isBare(line?.text ?? "");
	line.reading.isBare ??= isBare(line.text);
	return line.reading.isBare;
}

function isNear(carets: readonly Caret[], { parts }: PictureLine): boolean {
	const first = parts[0]?.row ?? 0;
	const end = first + parts.length;
	for (const { row } of carets) if (row >= first && row < end) return true;
	return false;
}

function sinceOf({ parts }: PictureLine, stands: readonly Standing[]): number {
	if (parts.length === 1) return stands[parts[0]?.row ?? 0]?.since ?? 0;
	return parts.reduce((latest, { row }) => Math.max(latest, stands[row]?.since ?? 0), 0);
}

interface Where {
	readonly of: GrowingPicture;
	readonly index: number;
	readonly isAtCaret: boolean;
	readonly isWord: boolean;
}

/** How long, from when it was drawn, what ends there is held back. */
function patience(tail: Tail, { of, index, isAtCaret, isWord }: Where): number {
	if (isWord) return of.isOver ? 0 : SOON_MS;
	if (isAtCaret) return Number.POSITIVE_INFINITY;
	if (of.isOver) return 0;
	if (!tail.isLast || !isBareLine(of.lines[index + 1])) return SOON_MS;
	return Math.min(LONG_MS, Math.max(SOON_MS, goneOnAfter(of, index)));
}

/** How long it took until the program was seen at something else; infinity: it was not. A spinner never stays as it is. */
function goneOnAfter({ lines, stands }: GrowingPicture, index: number): number {
	const row = lines[index]?.parts.at(-1)?.row ?? 0;
	let next = index + 1;
	while (next < lines.length && lines[next]?.text === "") next += 1;
	const nextRow = lines[next]?.parts[0]?.row;
	const [own, below] = [stands[row], nextRow === undefined ? undefined : stands[nextRow]];
	if (own === undefined || below === undefined || lines[next]?.text === own.below)
		return Number.POSITIVE_INFINITY;
	return below.since + SOON_MS - own.since;
}
