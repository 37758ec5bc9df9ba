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
import { FRAME, uncertainStart } from "../hold-back.ts";
import { meanSurprise } from "../surprise.ts";
import type { Replacement } from "./align.ts";
import { CaretFinder, caretsIn, NO_CARETS } from "./carets.ts";
import type { PictureLine } from "./lines.ts";

/** So much of a word is always shown. */
export const SHOWN = 4;
/** For this long the end of a row may be the middle of a word, whatever it looks like. */
export const SOON_MS = 2000;
/** A stream that stood still for this long has stopped. */
export const LONG_MS = 60_000;

/** Rows above that a word may have begun in. */
const ROWS_ABOVE = 8;
/** A plain word, punctuation around it. */
const WORD = /^[("'`*_[]{0,3}[A-Za-z]?[a-z]{1,19}(?:['’-][a-z]{1,15}){0,2}[.,;:!?)…"'`*\]]{0,3}$/u;
/** Bits a letter pair, see `meanSurprise`: words lie below. */
const WORDLIKE = 4.5;
/** What is said to be a secret, is none of the ordinary words. */
const NAMED =
	/(?:pass|pwd|secret|token|key|auth|bearer|basic|cred|cookie|session|private|signature|pin|otp|seed|salt)\S{0,20}\s{0,3}[:=>]?\s{0,3}\S{0,3}$/i;

/** A place where a word ends that may go on. */
interface Spot {
	readonly end: number;
	/** Nothing more follows on the line. */
	readonly isLast: boolean;
}

export interface Held {
	/** By line, in no order; they may overlap. */
	readonly lines: ReadonlyMap<number, readonly Replacement[]>;
	/** When some of it will be shown if nothing changes; never: infinity. */
	readonly until: number;
}

export interface GrowingPicture {
	readonly picture: Picture;
	readonly lines: readonly PictureLine[];
	readonly stands: readonly Standing[];
	readonly isOver: boolean;
}

/** How long a row has said what it says. */
export interface Standing {
	/** In the picture's time. */
	readonly since: number;
	/** What the next row below it that is not blank said then. */
	readonly below: string;
}

/** What stands at the end of a spot. */
interface Tail {
	readonly end: number;
	readonly isLast: boolean;
	/** Where it begins in its line: the shown part comes first; at the line's own beginning it may have begun above. */
	readonly start: number;
	readonly mayBeginAbove: boolean;
	readonly isWord: boolean;
}

/** Texts remembered with what was found out about their ends: some screens full. */
const REMEMBERED_TEXTS = 1000;

export class Growing {
	readonly #knownValues: readonly string[];
	readonly #tails = new WeakMap<PictureLine, readonly Tail[]>();
	readonly #byText = new Map<string, readonly Tail[]>();
	readonly #carets = new CaretFinder();

	constructor(knownValues: readonly string[]) {
		this.#knownValues = knownValues;
	}

	find(of: GrowingPicture): Held {
		const held = new Map<number, Replacement[]>();
		let until = Number.POSITIVE_INFINITY;
		const carets = this.#carets.find(of.picture);
		const { at, rows } = of.picture;
		for (let index = 0; index < of.lines.length; index += 1) {
			const line = of.lines[index] as PictureLine;
			if (line.text === "") continue;
			const since = sinceOf(line, of.stands);
			const atCarets = carets.some(({ row }) => isIn(row, line)) ? caretsIn(line, carets, rows) : NO_CARETS;
			if (at - since >= LONG_MS && atCarets.length === 0) continue;
			for (const tail of this.#tailsOf(line, atCarets)) {
				const end = since + patience(tail, { of, index, isAtCaret: atCarets.includes(tail.end) });
				if (at >= end) continue;
				until = Math.min(until, end);
				hold(held, of.lines, { index, end: tail.end, from: this.#beginning(of.lines, index, tail) });
			}
		}
		return { lines: held, until };
	}

	/** A line is the same object for as long as it stands there, and the same text when it is painted again elsewhere. */
	#tailsOf(line: PictureLine, atCarets: readonly number[]): readonly Tail[] {
		const known = atCarets.length > 0 ? undefined : this.#tails.get(line);
		if (known !== undefined) return known;
		const key = atCarets.length > 0 ? `${atCarets.join(" ")}|${line.text}` : line.text;
		let tails = this.#byText.get(key);
		if (tails === undefined) {
			tails = readTails(line.text, spotsOf(line.text, atCarets), this.#knownValues);
			if (this.#byText.size >= REMEMBERED_TEXTS) this.#byText.clear();
			this.#byText.set(key, tails);
		}
		if (atCarets.length === 0) this.#tails.set(line, tails);
		return tails;
	}

	/** From where on nothing is shown: it may begin some rows above. */
	#beginning(lines: readonly PictureLine[], index: number, { start, end, mayBeginAbove }: Tail): Place {
		// A word that goes on over a row's end leaves no blank row between its halves.
		if (!mayBeginAbove || (lines[index - 1]?.text ?? "") === "")
			return { line: index, offset: start + SHOWN };
		const first = Math.max(0, index - ROWS_ABOVE);
		const above = lines.slice(first, index).map(({ text }) => text);
		const text = [...above, (lines[index]?.text ?? "").slice(0, end)].join("\n");
		return placeOf(text, uncertainStart(text, this.#knownValues, SHOWN + 1) + SHOWN, first);
	}
}

function isIn(row: number, { parts }: PictureLine): boolean {
	const first = parts[0]?.row ?? 0;
	return row >= first && row < first + parts.length;
}

function sinceOf({ parts }: PictureLine, stands: readonly Standing[]): number {
	if (parts.length === 1) return stands[parts[0]?.row ?? 0]?.since ?? 0;
	return parts.reduce((latest, { row }) => Math.max(latest, stands[row]?.since ?? 0), 0);
}

interface Place {
	readonly line: number;
	readonly offset: number;
}

interface Where {
	readonly of: GrowingPicture;
	readonly index: number;
	readonly isAtCaret: boolean;
}

/** How long, from when it was drawn, what ends there is held back. */
function patience({ isWord, isLast }: Tail, { of, index, isAtCaret }: Where): number {
	if (isWord) return of.isOver ? 0 : SOON_MS;
	if (isAtCaret) return Number.POSITIVE_INFINITY;
	if (of.isOver) return 0;
	if (!isLast || !isBare(of.lines[index + 1]?.text ?? "")) return SOON_MS;
	return Math.min(LONG_MS, Math.max(SOON_MS, goneOnAfter(of, index)));
}

/** How long it took until the program was seen at something else; infinity: it was not. A spinner never stays as it is. */
function goneOnAfter({ lines, stands }: GrowingPicture, index: number): number {
	const row = lines[index]?.parts.at(-1)?.row ?? 0;
	const next = lines.findIndex(({ text }, at) => at > index && text !== "");
	const nextRow = lines[next]?.parts[0]?.row;
	const [own, below] = [stands[row], nextRow === undefined ? undefined : stands[nextRow]];
	if (own === undefined || below === undefined || lines[next]?.text === own.below)
		return Number.POSITIVE_INFINITY;
	return below.since + SOON_MS - own.since;
}

/** Those that are longer than what is always shown. */
function readTails(text: string, spots: readonly Spot[], knownValues: readonly string[]): readonly Tail[] {
	const content = text.search(INK);
	return spots.flatMap(({ end, isLast }) => {
		const upTo = text.slice(0, end);
		const start = behindForeign(upTo, uncertainStart(upTo, knownValues, SHOWN + 1));
		const mayBeginAbove = start <= content;
		if (end - start <= SHOWN && !mayBeginAbove) return [];
		return [{ end, isLast, start, mayBeginAbove, isWord: isWord(upTo.slice(start), upTo.slice(0, start)) }];
	});
}

function placeOf(text: string, offset: number, firstLine: number): Place {
	const before = text.slice(0, offset);
	const newline = before.lastIndexOf("\n");
	return { line: firstLine + before.split("\n").length - 1, offset: offset - newline - 1 };
}

/** Beyond the Latin letters. */
const FIRST_FOREIGN = 0x250;

/** Scripts without blanks between the words: a secret begins behind them, unless one is announced. */
function behindForeign(text: string, start: number): number {
	let end = text.length;
	while (end > start && text.charCodeAt(end - 1) < FIRST_FOREIGN) end -= 1;
	return end === start || NAMED.test(text.slice(Math.max(0, end - 60), end)) ? start : end;
}

function isWord(tail: string, before: string): boolean {
	return WORD.test(tail) && meanSurprise(tail) < WORDLIKE && !NAMED.test(before.slice(-60));
}

function hold(
	held: Map<number, Replacement[]>,
	lines: readonly PictureLine[],
	{ index, end, from }: { readonly index: number; readonly end: number; readonly from: Place },
): void {
	for (let at = from.line; at <= index; at += 1) {
		const text = lines[at]?.text ?? "";
		const start = at === from.line ? from.offset : 0;
		const ranges = inkIn(text, start, at === index ? end : text.length);
		held.set(at, [...(held.get(at) ?? []), ...ranges]);
	}
}

/** Frames and blanks between the halves of a word stay as they are. */
function inkIn(text: string, start: number, end: number): Replacement[] {
	const ranges: { start: number; end: number }[] = [];
	for (let at = start; at < end; at += 1) {
		if (FRAME.test(text[at] ?? "")) continue;
		const last = ranges.at(-1);
		if (last?.end === at) last.end = at + 1;
		else ranges.push({ start: at, end: at + 1 });
	}
	return ranges;
}

/** A frame or nothing. */
function isBare(text: string): boolean {
	for (const character of text) if (!FRAME.test(character)) return false;
	return true;
}

const INK = /[^\s│┃║|▏▎▌▕▐┆┊⎿├└╰╭┤╮╯─═╌]/u;
const GAP = /\S(?=\s{2,}\S)/gu;

function spotsOf(text: string, carets: readonly number[]): Spot[] {
	let end = text.length;
	while (end > 0 && FRAME.test(text[end - 1] ?? "")) end -= 1;
	if (end === 0) return [];
	const gaps = text.includes("  ")
		? Array.from(text.slice(0, end).matchAll(GAP), ({ index }) => index + 1)
		: [];
	const inner = [...gaps, ...carets.filter((caret) => caret !== end && !gaps.includes(caret))];
	return [...inner.map((at) => ({ end: at, isLast: false })), { end, isLast: true }];
}
