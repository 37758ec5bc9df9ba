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
import { areSameCarets, type Caret, caretsIn, findCarets, isNear, NO_CARETS, placesOf } from "./carets.ts";
import type { PictureLine } from "./lines.ts";
import type { RowReading, Standing } from "./row-reading.ts";
import {
	beginningOf,
	endsInWord,
	inkIn,
	isBare,
	isWord,
	ROWS_ABOVE,
	readTails,
	SHOWN,
	type Tail,
} from "./tails.ts";

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
const NOWHERE: readonly Caret[] = [];

/** What ends in one line holds back: in the line itself, or in those so many above where it may have begun. */
interface Hold {
	readonly above: number;
	readonly ranges: readonly Replacement[];
}

interface LineHeld {
	readonly holds: readonly Hold[];
	/** When some of it will be shown; until then nothing about it changes, unless something near it does. */
	readonly until: number;
	/** The lines above have no say in it. */
	readonly isSettled: boolean;
}

const NOTHING: LineHeld = { holds: [], until: Number.POSITIVE_INFINITY, isSettled: true };

interface Before extends Pick<GrowingPicture, "lines" | "stands"> {
	readonly at: number;
	readonly carets: readonly Caret[];
	/** By line. */
	readonly held: readonly LineHeld[];
}

export class Growing {
	readonly #knownValues: readonly string[];
	readonly #byText = new Map<string, readonly Tail[]>();
	#before: Before | undefined;

	constructor(knownValues: readonly string[]) {
		this.#knownValues = knownValues;
	}

	find(of: GrowingPicture): Held {
		const { lines, stands, picture, isOver } = of;
		const held = new Map<number, readonly Replacement[]>();
		const all = new Array<LineHeld>(lines.length);
		const carets = findCarets(picture, of.readings);
		const known = this.#knownOf(of, carets);
		let until = Number.POSITIVE_INFINITY;
		for (let index = 0; index < lines.length; index += 1) {
			const line = lines[index] as PictureLine;
			let own = line.text === "" ? NOTHING : known?.[index];
			own ??= this.#holdLine(of, index, isNear(carets, line) ? carets : NOWHERE);
			all[index] = own;
			until = Math.min(until, own.until);
			for (const hold of own.holds) add(held, index - hold.above, hold.ranges);
		}
		this.#before = isOver ? undefined : { lines, stands, at: picture.at, carets, held: all };
		return { lines: held, until };
	}

	/**
	 * By line, what was held back in the picture before and still is: where the line, the cursors in it, the lines that it may
	 * have begun in and those that tell whether the program has gone on are as they were.
	 */
	#knownOf(
		{ lines, stands, picture, isOver }: GrowingPicture,
		carets: readonly Caret[],
	): readonly (LineHeld | undefined)[] | undefined {
		const before = this.#before;
		if (before === undefined || isOver || before.lines.length !== lines.length) return undefined;
		if (picture.at < before.at) return undefined;
		const known = new Array<LineHeld | undefined>(lines.length);
		let isBelowSame = true;
		for (let index = lines.length - 1; index >= 0; index -= 1) {
			const line = lines[index] as PictureLine;
			const row = line.parts[0]?.row ?? 0;
			const isSame = line === before.lines[index] && stands[row] === before.stands[row];
			const own = before.held[index];
			if (isSame && isBelowSame && own !== undefined && picture.at < own.until) known[index] = own;
			isBelowSame = isSame && (isBelowSame || line.text !== "");
		}
		forgetBelowChanges(known, lines, before.lines);
		if (!areSameCarets(carets, before.carets)) forgetAtCarets(known, lines, [...carets, ...before.carets]);
		return known;
	}

	#holdLine(of: GrowingPicture, index: number, carets: readonly Caret[]): LineHeld {
		const line = of.lines[index] as PictureLine;
		const { at, rows } = of.picture;
		const age = at - sinceOf(line, of.stands);
		const holds: Hold[] = [];
		let atCarets = NO_CARETS;
		let until = Number.POSITIVE_INFINITY;
		if (carets.length > 0) {
			atCarets = caretsIn(line, carets, rows);
			if (this.#knownValues.length > 0) this.#holdTyped(holds, line, placesOf(line, carets, rows));
		}
		// After a while only what ends right above nothing, or at a cursor, may go on; see `patience`.
		const isLong = age >= LONG_MS || (age >= SOON_MS && !isBareLine(of.lines[index + 1]));
		if (isLong && atCarets.length === 0) return holds.length === 0 ? NOTHING : { ...NOTHING, holds };
		// So soon nothing is let go, whatever it is.
		const isSoon = age < SOON_MS && !of.isOver;
		for (const tail of this.#tailsOf(line, atCarets)) {
			const wait = (isSoon ? SOON_MS : this.#patience(of, index, tail, atCarets)) - age;
			if (wait <= 0) continue;
			until = Math.min(until, at + wait);
			this.#hold(holds, of.lines, index, tail);
		}
		return { holds, until, isSettled: false };
	}

	#patience(of: GrowingPicture, index: number, tail: Tail, atCarets: readonly number[]): number {
		const isAtCaret = atCarets.includes(tail.end);
		return patience(tail, { of, index, isAtCaret, isWord: this.#isWord(of, index, tail) });
	}

	/** All of it, where it began in the row above. */
	#isWord({ lines }: GrowingPicture, index: number, tail: Tail): boolean {
		if (!isWord(tail)) return false;
		const above = lines[index - 1]?.text ?? "";
		if (!tail.mayBeginAbove || above === "") return true;
		return beginningOf(lines, index, tail, this.#knownValues).above === 0 || endsInWord(above);
	}

	/** A known value that is typed over what stood there: more than a word of it, and none of what comes after the cursor. */
	#holdTyped(holds: Hold[], { text }: PictureLine, places: readonly number[]): void {
		for (const at of places) {
			const start = knownStart(text.slice(0, at), this.#knownValues, SHOWN + 1);
			if (start < at) holds.push({ above: 0, ranges: inkIn(text, start + SHOWN, at) });
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
	#hold(holds: Hold[], lines: readonly PictureLine[], index: number, tail: Tail): void {
		// A word that goes on over a row's end leaves no blank row between its halves.
		if (!tail.mayBeginAbove || (lines[index - 1]?.text ?? "") === "") {
			holds.push({ above: 0, ranges: tail.hidden });
			return;
		}
		const { above, offset } = beginningOf(lines, index, tail, this.#knownValues);
		for (let at = index - above; at <= index; at += 1) {
			const text = lines[at]?.text ?? "";
			const ranges = inkIn(text, at === index - above ? offset : 0, at === index ? tail.end : text.length);
			holds.push({ above: index - at, ranges });
		}
	}
}

/** Of what may have begun in lines above that have changed. */
function forgetBelowChanges(
	known: (LineHeld | undefined)[],
	lines: readonly PictureLine[],
	before: readonly PictureLine[],
): void {
	let changed = Number.NEGATIVE_INFINITY;
	for (let index = 0; index < lines.length; index += 1) {
		if (lines[index] !== before[index]) changed = index;
		if (index - changed <= ROWS_ABOVE && known[index]?.isSettled === false) known[index] = undefined;
	}
}

/** A cursor has moved. */
function forgetAtCarets(
	known: (LineHeld | undefined)[],
	lines: readonly PictureLine[],
	carets: readonly Caret[],
): void {
	for (let index = 0; index < lines.length; index += 1)
		if (isNear(carets, lines[index] as PictureLine)) known[index] = undefined;
}

function add(held: Map<number, readonly Replacement[]>, at: number, ranges: readonly Replacement[]): void {
	const before = held.get(at);
	held.set(at, before === undefined ? ranges : [...before, ...ranges]);
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
