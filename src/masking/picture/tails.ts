/** Where in a line words end that may go on: where nothing but blanks or a frame follows, and at a cursor. */
import { BLANK, FRAME } from "../frame-characters.ts";
import { uncertainStart } from "../hold-back.ts";
import { meanSurprise } from "../surprise.ts";
import type { Replacement } from "./align.ts";

/** So much of a word is always shown. */
export const SHOWN = 4;

/** A plain word, punctuation around it. */
const WORD = /^[("'`*_[]{0,3}[A-Za-z]?[a-z]{1,19}(?:['’-][a-z]{1,15}){0,2}[.,;:!?)…"'`*\]]{0,3}$/u;
/** Bits a letter pair, see `meanSurprise`: words lie below. */
const WORDLIKE = 4.5;
/** What is said to be a secret, is none of the ordinary words. */
const NAMED =
	/(?:pass|pwd|secret|token|key|auth|bearer|basic|cred|cookie|session|private|signature|pin|otp|seed|salt)\S{0,20}\s{0,3}[:=>]?\s{0,3}\S{0,3}$/i;
/** Beyond the Latin letters. */
const FIRST_FOREIGN = 0x250;
const NEWLINE = "\n";

/** Rows above that a word may have begun in. */
export const ROWS_ABOVE = 8;

/** What stands at the end of such a place. */
export interface Tail {
	readonly end: number;
	/** Nothing more follows on the line. */
	readonly isLast: boolean;
	/** Where it begins in its line: the shown part comes first; at the line's own beginning it may have begun above. */
	readonly start: number;
	readonly mayBeginAbove: boolean;
	/** Its line up to its end. */
	readonly upTo: string;
	/** An ordinary word; undefined until somebody asks (`isWord`): most are gone before. */
	isWord: boolean | undefined;
	/** What of it is not shown while it is held back, as far as it stands in its own line. */
	readonly hidden: readonly Replacement[];
	/** Where it begins above, when these lines stand there. */
	beginning: { readonly above: readonly string[]; readonly place: Place } | undefined;
}

export interface Place {
	/** Lines above its own. */
	readonly above: number;
	readonly offset: number;
}

/** Those that are longer than what is always shown; `carets` are ends of words at cursors. */
export function readTails(
	text: string,
	carets: readonly number[],
	knownValues: readonly string[],
): readonly Tail[] {
	const end = inkEnd(text, text.length);
	if (end === 0) return [];
	const content = inkStart(text);
	const tails: Tail[] = [];
	const add = (at: number, isLast: boolean) => {
		const tail = readTail(text.slice(0, at), { isLast, content, knownValues });
		if (tail !== undefined) tails.push(tail);
	};
	const gaps = gapsIn(text, end);
	for (const gap of gaps) add(gap, false);
	for (const caret of carets) if (caret !== end && !gaps.includes(caret)) add(caret, false);
	add(end, true);
	return tails;
}

interface Around {
	readonly isLast: boolean;
	/** Where the line's content begins. */
	readonly content: number;
	readonly knownValues: readonly string[];
}

function readTail(upTo: string, { isLast, content, knownValues }: Around): Tail | undefined {
	const end = upTo.length;
	const start = behindForeign(upTo, uncertainStart(upTo, knownValues, SHOWN + 1));
	const mayBeginAbove = start <= content;
	if (end - start <= SHOWN && !mayBeginAbove) return undefined;
	return {
		end,
		isLast,
		start,
		mayBeginAbove,
		upTo,
		isWord: undefined,
		hidden: inkIn(upTo, start + SHOWN, end),
		beginning: undefined,
	};
}

/** Where a tail that may begin above its line does; `lines` are those of the picture. */
export function beginningOf(
	lines: readonly { readonly text: string }[],
	index: number,
	tail: Tail,
	knownValues: readonly string[],
): Place {
	const first = Math.max(0, index - ROWS_ABOVE);
	const known = tail.beginning;
	if (known !== undefined && standAbove(known.above, lines, first, index)) return known.place;
	const above = lines.slice(first, index).map(({ text }) => text);
	const text = [...above, (lines[index]?.text ?? "").slice(0, tail.end)].join(NEWLINE);
	const place = placeOf(text, uncertainStart(text, knownValues, SHOWN + 1) + SHOWN, above.length);
	tail.beginning = { above, place };
	return place;
}

function standAbove(
	above: readonly string[],
	lines: readonly { readonly text: string }[],
	first: number,
	index: number,
): boolean {
	return above.length === index - first && above.every((text, at) => text === lines[first + at]?.text);
}

function placeOf(text: string, offset: number, linesAbove: number): Place {
	let line = 0;
	let start = 0;
	for (let at = text.indexOf(NEWLINE); at !== -1 && at < offset; at = text.indexOf(NEWLINE, start)) {
		start = at + 1;
		line += 1;
	}
	return { above: linesAbove - line, offset: offset - start };
}

/** Scripts without blanks between the words: a secret begins behind them, unless one is announced. */
function behindForeign(text: string, start: number): number {
	let end = text.length;
	while (end > start && text.charCodeAt(end - 1) < FIRST_FOREIGN) end -= 1;
	return end === start || NAMED.test(text.slice(Math.max(0, end - 60), end)) ? start : end;
}

export function isWord(tail: Tail): boolean {
	tail.isWord ??= isOrdinary(tail.upTo.slice(tail.start), tail.upTo.slice(0, tail.start));
	return tail.isWord;
}

/** Whether the row above ends in a word, too, where a tail may have begun there. */
export function endsInWord(text: string): boolean {
	const end = inkEnd(text, text.length);
	let start = end;
	while (start > 0 && FRAME[text.charCodeAt(start - 1)] !== 1) start -= 1;
	return isOrdinary(text.slice(start, end), text.slice(0, start));
}

function isOrdinary(word: string, before: string): boolean {
	return WORD.test(word) && meanSurprise(word) < WORDLIKE && !NAMED.test(before.slice(-60));
}

/** Frames and blanks between the halves of a word stay as they are. */
export function inkIn(text: string, start: number, end: number): Replacement[] {
	const ranges: { start: number; end: number }[] = [];
	for (let at = start; at < end; at += 1) {
		if (FRAME[text.charCodeAt(at)] === 1) continue;
		const last = ranges.at(-1);
		if (last?.end === at) last.end = at + 1;
		else ranges.push({ start: at, end: at + 1 });
	}
	return ranges;
}

/** A frame or nothing. */
export function isBare(text: string): boolean {
	return inkEnd(text, text.length) === 0;
}

function inkEnd(text: string, end: number): number {
	let at = end;
	while (at > 0 && FRAME[text.charCodeAt(at - 1)] === 1) at -= 1;
	return at;
}

function inkStart(text: string): number {
	let at = 0;
	while (at < text.length && FRAME[text.charCodeAt(at)] === 1) at += 1;
	return at;
}

/** Where something is followed by two blanks or more, and by something again. */
function gapsIn(text: string, end: number): readonly number[] {
	const gaps: number[] = [];
	let ink = -1;
	for (let at = 0; at < end; at += 1) {
		if (BLANK[text.charCodeAt(at)] === 1) continue;
		if (ink !== -1 && at - ink > 2) gaps.push(ink + 1);
		ink = at;
	}
	return gaps;
}
