/**
 * Rows that a program broke because its window was full, put together again: frames, gutters, diff marks and
 * indentation between the two halves of a word left out. Nothing says which rows were broken, so every pair that
 * could be is joined; only what is found *across* a joint counts, everything else the plain text shows already.
 */
import type { Range } from "../finding.ts";
import { meanSurpriseOf } from "../surprise.ts";
import { characterSet, characterSetOf } from "../token-runs.ts";
import { breaksTellingWord, isQuoteBroken } from "./broken-words.ts";
import { type View, ViewBuilder } from "./view.ts";

export interface JoinedView extends View {
	/** Offsets in the view at which rows were put together. */
	readonly joints: readonly number[];
}

export interface JoinOptions {
	/** Join words too: a known value may be made of them. Otherwise two words are two words. */
	readonly words: boolean;
}

/** Narrower rows are lists and code, not a window's edge. */
const NARROWEST_WINDOW = 10;
/** A very long line was never broken by a window. */
const LONGEST_ROW = 1000;
/** The widest frame or indentation looked through. */
const WIDEST_FRAME = 200;
/** Two words have fewer figures between them, dates and versions included; keys have more. */
const SECRET_DIGITS = 4;
/** As much of a token as is judged. */
const TOKEN_REACH = 48;
/** Mean bits a letter pair, see `meanSurprise`: two words put together lie below. */
const WORDLIKE = 4.9;

const IS_FRAME = characterSetOf(" \t\r│┃║|▏▎▌▕▐┆┊⎿├└╰╭┤╮╯>\\");
const IS_BAR = characterSetOf(" \t│┃║|");
const IS_TOKEN = characterSet(/[A-Za-z0-9_+/=.~%:@&?!#$*^-]/);
/** Less than this was put together: nothing of a secret that anybody could use. */
const SHORTEST_TOKEN = 8;

/** Undefined when there is nothing to join. */
export function joinedView(text: string, { words }: JoinOptions): JoinedView | undefined {
	const joints = findJoints(text).filter(
		(joint) => words || !joinsWords(text, joint) || breaksWord(text, joint),
	);
	if (joints.length === 0) return undefined;
	const builder = new ViewBuilder(text);
	const offsets: number[] = [];
	let from = -1;
	for (const joint of joints) {
		const rowStart = text.lastIndexOf("\n", joint.left - 1) + 1;
		if (from < rowStart) {
			if (from !== -1) finishRow(builder, text, from);
			from = rowStart;
		}
		builder.verbatim(from, joint.left);
		offsets.push(builder.length);
		from = joint.right;
	}
	finishRow(builder, text, from);
	return { ...builder.build(), joints: offsets };
}

function finishRow(builder: ViewBuilder, text: string, from: number): void {
	const newline = text.indexOf("\n", from);
	builder.verbatim(from, newline === -1 ? text.length : newline + 1);
}

/** The blank before a sign may have been the row's last column. */
const LOST_BLANK = 1;

function breaksWord(text: string, joint: Joint): boolean {
	const { left, right } = joint;
	const isBroken = isQuoteBroken(text, left, right) || breaksTellingWord(text, left, right);
	return isBroken && mayBeFull(text, joint, LOST_BLANK);
}

/** Whether a stretch of the view runs over a joint. */
export function crossesJoint({ joints }: JoinedView, range: Range): boolean {
	let low = 0;
	let high = joints.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((joints[middle] ?? 0) > range.start) high = middle;
		else low = middle + 1;
	}
	const joint = joints[low];
	return joint !== undefined && joint < range.end;
}

/** Where a row's content ends and where the next one's begins. */
interface Joint {
	readonly left: number;
	readonly right: number;
	/** The row, and the one that goes on. */
	readonly row: Range;
	readonly next: Range;
}

function findJoints(text: string): Joint[] {
	const joints: Joint[] = [];
	let row = { start: 0, end: text.indexOf("\n") };
	while (row.end !== -1) {
		const newline = text.indexOf("\n", row.end + 1);
		const next = { start: row.end + 1, end: newline === -1 ? text.length : newline };
		const joint = jointAt(text, row, next);
		if (joint !== undefined) joints.push(joint);
		row = { start: next.start, end: newline };
	}
	return joints;
}

function jointAt(text: string, row: Range, next: Range): Joint | undefined {
	const length = row.end - row.start;
	if (length < NARROWEST_WINDOW || length > LONGEST_ROW) return undefined;
	const left = skipBack(text, row.start, row.end);
	if (left - row.start < NARROWEST_WINDOW) return undefined;
	const right = contentStart(text, next.start);
	const joins = isToken(text, left - 1) && isToken(text, right);
	if (!joins && !isQuoteBroken(text, left, right)) return undefined;
	return { left, right, row, next };
}

/**
 * A row that was broken filled its window, so what follows is no wider: counted from the window's edge, or from where
 * the content begins. A row with wide characters or tabs is wider than it is long, and may always be full.
 */
function mayBeFull(text: string, { row, next, left, right }: Joint, lost = 0): boolean {
	const nextEnd = skipBack(text, right, next.end);
	if (nextEnd - next.start <= left - row.start + lost) return true;
	if (nextEnd - right <= left - contentStart(text, row.start) + lost) return true;
	return hasWide(text, row);
}

const WIDE = 0x1100;
const TAB = 9;

function hasWide(text: string, { start, end }: Range): boolean {
	for (let i = start; i < end; i += 1) {
		const code = text.charCodeAt(i);
		if (code >= WIDE || code === TAB) return true;
	}
	return false;
}

function skipBack(text: string, start: number, end: number): number {
	let at = end;
	while (at > start && end - at < WIDEST_FRAME && IS_FRAME[text.charCodeAt(at - 1)] === 1) at -= 1;
	return at;
}

function contentStart(text: string, start: number): number {
	let at = start;
	while (at - start < WIDEST_FRAME && IS_FRAME[text.charCodeAt(at)] === 1) at += 1;
	return gutterEnd(text, at);
}

const LINE_NUMBER = 6;
const BLANKS = characterSet(/[ \t]/);
const IS_MARK = characterSet(/[+-]/);
const WIDEST_GUTTER = 40;

/** Behind a line's number and a diff's mark, or where it was. */
function gutterEnd(text: string, start: number): number {
	let at = behindLineNumber(text, start);
	if (IS_MARK[text.charCodeAt(at)] === 1 && BLANKS[text.charCodeAt(at + 1)] === 1) at += 2;
	if (at === start) return start;
	const widest = at + WIDEST_GUTTER;
	while (at < widest && IS_BAR[text.charCodeAt(at)] === 1) at += 1;
	return at;
}

/** A number is a line's when two blanks follow, or one and a mark or a frame. */
function behindLineNumber(text: string, start: number): number {
	let at = start;
	while (at - start < LINE_NUMBER && isDigit(text.charCodeAt(at))) at += 1;
	if (at === start) return start;
	const digitsEnd = at;
	while (at - digitsEnd < 3 && BLANKS[text.charCodeAt(at)] === 1) at += 1;
	if (at - digitsEnd >= 2) return at;
	const next = text.charCodeAt(at);
	return at > digitsEnd && (IS_MARK[next] === 1 || IS_BAR[next] === 1) ? at : start;
}

function isToken(text: string, at: number): boolean {
	return IS_TOKEN[text.charCodeAt(at)] === 1;
}

/** The end of one word and the beginning of another, or next to nothing: no secret was broken between them. */
function joinsWords(text: string, joint: Joint): boolean {
	const { left, right } = joint;
	let digits = 0;
	let start = left;
	while (left - start < TOKEN_REACH && IS_TOKEN[text.charCodeAt(start - 1)] === 1) {
		start -= 1;
		if (isDigit(text.charCodeAt(start))) digits += 1;
	}
	let end = right;
	while (end - right < TOKEN_REACH && IS_TOKEN[text.charCodeAt(end)] === 1) {
		if (isDigit(text.charCodeAt(end))) digits += 1;
		end += 1;
	}
	if (left - start + end - right < SHORTEST_TOKEN) return true;
	if (digits >= SECRET_DIGITS || (digits > 0 && mayBeFull(text, joint))) return false;
	const token = [
		{ start, end: left },
		{ start: right, end },
	];
	return meanSurpriseOf(text, token) < WORDLIKE;
}

function isDigit(code: number): boolean {
	return code >= 48 && code <= 57;
}
