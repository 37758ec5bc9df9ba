/**
 * What still grows is not yet certain: the beginning of a secret looks like nothing in particular. Of a text that goes
 * on, the end is held back until it can be judged whole; of one that was cut off, the end is never given out.
 */
import type { Item, Turn } from "../core/turn.ts";
import { withheld } from "./placeholder.ts";
import { characterSetOf } from "./token-runs.ts";

/** Less than this of a secret tells nothing. */
const TELLING = 8;
/** No secret runs on over more than this. */
const LONGEST_END = 16_384;
/** Narrower rows were not broken by a window. */
const NARROWEST_ROW = 10;

/** As `\s` has them. */
const BLANKS =
	"\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";
export const BLANK = characterSetOf(BLANKS);
/** What frames, gutters and blanks are made of: no secret has it. */
export const FRAME = characterSetOf(`${BLANKS}│┃║|▏▎▌▕▐┆┊⎿├└╰╭┤╮╯─═╌`);
/** Figures and capitals in groups: cards, account numbers. */
const GROUPED = /(?:^|[\s:="'(])((?:[A-Z0-9]{1,6}[ -]){1,12}[A-Z0-9]{0,6})$/;
/** What all texts that end so have: found at once. */
const IN_GROUP = /[A-Z0-9-]/;
const QUOTE = /["'`]/;
/** A value in quotation marks that is not closed yet: it may have blanks in it. */
const OPEN_QUOTE = /[=:(,]\s{0,3}(["'`])(?:(?!\1)[^\n]){0,400}$/;

/** From where on a text is uncertain while it grows; its length when all of it is certain. */
export function uncertainFrom(text: string, knownValues: readonly string[] = []): number {
	const start = uncertainStart(text, knownValues, TELLING);
	return text.length - start < TELLING ? text.length : start;
}

/** Where what stands at the end of a text may have begun, however short it is; of a known value, `telling` characters. */
export function uncertainStart(text: string, knownValues: readonly string[], telling: number): number {
	return Math.min(
		lastTokenStart(text),
		endsGrouped(text) ? matchStart(text, GROUPED) : text.length,
		QUOTE.test(text) ? matchStart(text, OPEN_QUOTE) : text.length,
		knownValues.length === 0 ? text.length : knownStart(text, knownValues, telling),
	);
}

/** Its last character but blanks is one of a group's, or there is a space behind it. */
function endsGrouped(text: string): boolean {
	const { length } = text.trimEnd();
	return IN_GROUP.test(text[length - 1] ?? "") || text.includes(" ", length);
}

function matchStart(text: string, pattern: RegExp): number {
	const end = text.trimEnd();
	const from = Math.max(0, end.length - 500);
	const found = pattern.exec(end.slice(from));
	return found === null ? text.length : from + found.index;
}

/** The last word, and what it may be the end of: words at the ends of the rows above it. */
function lastTokenStart(text: string): number {
	let end = contentEnd(text, text.length);
	let start = end;
	for (let width = 0; end > 0 && text.length - end < LONGEST_END; ) {
		start = tokenStart(text, end);
		const row = text.lastIndexOf("\n", start - 1) + 1;
		if (row === 0 || contentStart(text, row) < start) return start;
		const above = contentEnd(text, row);
		const rowAbove = text.lastIndexOf("\n", above - 1) + 1;
		const isRowAbove = text.indexOf("\n", above) === row - 1;
		width = Math.max(width, end - row);
		if (!isRowAbove || above - rowAbove < Math.max(NARROWEST_ROW, width)) return start;
		end = above;
	}
	return start;
}

function contentEnd(text: string, end: number): number {
	let at = end;
	while (at > 0 && FRAME[text.charCodeAt(at - 1)] === 1) at -= 1;
	return at;
}

function contentStart(text: string, row: number): number {
	let at = row;
	while (at < text.length && text[at] !== "\n" && FRAME[text.charCodeAt(at)] === 1) at += 1;
	return at;
}

function tokenStart(text: string, end: number): number {
	let at = end;
	while (at > 0 && end - at < LONGEST_END && FRAME[text.charCodeAt(at - 1)] !== 1) at -= 1;
	return at;
}

/** Where the end of the text is the beginning of a known value; its length where it is none's. */
export function knownStart(text: string, knownValues: readonly string[], telling: number): number {
	const end = text.trimEnd();
	const starts = knownValues.map((value) => {
		for (let length = Math.min(value.length - 1, end.length); length >= telling; length -= 1) {
			if (end.endsWith(value.slice(0, length))) return end.length - length;
		}
		return text.length;
	});
	return Math.min(text.length, ...starts);
}

/** A turn that still grows, without what is uncertain in it. */
export function withoutUncertain(turn: Turn, knownValues: readonly string[] = []): Turn {
	const last = turn.items.length - 1;
	const shorten = (text: string) => text.slice(0, uncertainFrom(text, knownValues)).trimEnd();
	const items = turn.items.map((item, index) =>
		index === last || (item.kind === "tool" && item.status === "running") ? changeEnds(item, shorten) : item,
	);
	return { ...turn, items };
}

/** The last turn of a session that did not come to its end: a secret may have been cut off with it. */
export function withoutCutOff(turn: Turn, knownValues: readonly string[] = []): Turn {
	const last = turn.items.length - 1;
	const cut = (text: string) => {
		const start = uncertainFrom(text, knownValues);
		return start === text.length ? text : `${text.slice(0, start)}${withheld("cut off")}`;
	};
	return { ...turn, items: turn.items.map((item, index) => (index === last ? changeEnds(item, cut) : item)) };
}

/** Texts that a program writes bit by bit; what is painted at once stays. */
function changeEnds(item: Item, change: (text: string) => string): Item {
	switch (item.kind) {
		case "assistant":
		case "thinking":
		case "notice":
			return { ...item, text: change(item.text) };
		case "tool":
			return {
				...item,
				...(typeof item.input === "string" ? { input: change(item.input) } : {}),
				...(item.output === undefined ? {} : { output: change(item.output) }),
			};
		case "permission":
			return item;
	}
}
