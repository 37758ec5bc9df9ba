/**
 * Rows that a program broke because its window was full, put together again: frames, gutters, diff marks and
 * indentation between the two halves of a word left out. Nothing says which rows were broken, so every pair that
 * could be is joined; only what is found *across* a joint counts, everything else the plain text shows already.
 */
import type { Range } from "../finding.ts";
import { meanSurprise } from "../surprise.ts";
import { breaksTellingWord } from "./broken-words.ts";
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
/** As much of a token as is judged. */
const TOKEN_REACH = 48;
/** Mean bits a letter pair, see `meanSurprise`: two words put together lie below. */
const WORDLIKE = 4.9;

const FRAME = new Set(" \t\r│┃║|▏▎▌▕▐┆┊⎿├└╰╭┤╮╯>\\");
const GUTTER = /^(?:\d{1,6}[ \t]{1,3}(?=[+\-│| \t]))?(?:[+-][ \t])?[ \t│┃║|]{0,40}/;
const TOKEN = /[A-Za-z0-9_+/=.~%:@&?!#$*^-]/;
const IS_TOKEN = Uint8Array.from({ length: 128 }, (_, code) =>
	TOKEN.test(String.fromCharCode(code)) ? 1 : 0,
);

/** Undefined when there is nothing to join. */
export function joinedView(text: string, { words }: JoinOptions): JoinedView | undefined {
	const joints = findJoints(text).filter(
		(joint) => words || !joinsWords(text, joint) || breaksTellingWord(text, joint.left, joint.right),
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
}

function findJoints(text: string): Joint[] {
	const joints: Joint[] = [];
	let rowStart = 0;
	for (let newline = text.indexOf("\n"); newline !== -1; newline = text.indexOf("\n", newline + 1)) {
		const joint = jointAt(text, rowStart, newline);
		if (joint !== undefined) joints.push(joint);
		rowStart = newline + 1;
	}
	return joints;
}

function jointAt(text: string, rowStart: number, newline: number): Joint | undefined {
	if (newline - rowStart < NARROWEST_WINDOW || newline - rowStart > LONGEST_ROW) return undefined;
	const left = skipBack(text, rowStart, newline);
	if (left - rowStart < NARROWEST_WINDOW || !isToken(text, left - 1)) return undefined;
	const right = contentStart(text, newline + 1);
	if (!isToken(text, right)) return undefined;
	return { left, right };
}

function skipBack(text: string, start: number, end: number): number {
	let at = end;
	while (at > start && end - at < WIDEST_FRAME && FRAME.has(text[at - 1] ?? "")) at -= 1;
	return at;
}

function contentStart(text: string, start: number): number {
	let at = start;
	while (at - start < WIDEST_FRAME && FRAME.has(text[at] ?? "")) at += 1;
	const gutter = GUTTER.exec(text.slice(at, at + TOKEN_REACH))?.[0].length ?? 0;
	return at + gutter;
}

function isToken(text: string, at: number): boolean {
	const code = text.charCodeAt(at);
	return code < 128 && IS_TOKEN[code] === 1;
}

/** The end of one word and the beginning of another: nothing was broken between them. */
function joinsWords(text: string, { left, right }: Joint): boolean {
	let start = left;
	while (left - start < TOKEN_REACH && isToken(text, start - 1)) start -= 1;
	let end = right;
	while (end - right < TOKEN_REACH && isToken(text, end)) end += 1;
	const token = text.slice(start, left) + text.slice(right, end);
	return !/\d/.test(token) && meanSurprise(token) < WORDLIKE;
}
