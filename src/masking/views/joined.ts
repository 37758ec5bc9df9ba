/**
 * Rows that a program broke because its window was full, put together again: frames, gutters, diff marks and
 * indentation between the two halves of a word left out. Nothing says which rows were broken, so every pair that
 * could be is joined; only what is found *across* a joint counts, everything else the plain text shows already.
 */
import type { Range } from "../finding.ts";
import { type View, ViewBuilder } from "./view.ts";

/** Frames, bars, bullets of a tool's result, and blanks: what may stand before or after a row's content. */
const ROW_START = /^(?:[\s│┃║|▏▎▌┆┊⎿├└╰╭>]{0,40})(?:\d{1,6}\s{1,3}(?=[+\-│|\s]))?(?:[+-]\s)?[\s│┃║|]{0,40}/;
const ROW_END = /[\s│┃║|▕▐┆┊┤╮╯\\]{0,400}$/;
const JOINABLE_END = /[A-Za-z0-9_+/=.~%:@&?!#$*^-]$/;
const JOINABLE_START = /^[A-Za-z0-9_+/=.~%:@&?!#$*^-]/;
/** A broken row is full: a following row may be longer only by its own indentation or frame. */
const SLACK = 8;
/** Narrower rows are lists and code, not a window's edge. */
const NARROWEST_WINDOW = 10;

export interface JoinedView extends View {
	/** Offsets in the view at which rows were put together. */
	readonly joints: readonly number[];
}

/** Undefined when there is nothing to join. */
export function joinedView(text: string): JoinedView | undefined {
	if (!text.includes("\n")) return undefined;
	const rows = rowsOf(text);
	if (!rows.some((row, i) => canJoin(text, row, rows[i + 1]))) return undefined;
	const builder = new ViewBuilder(text);
	const joints: number[] = [];
	let from = 0;
	rows.forEach((row, i) => {
		const next = rows[i + 1];
		if (next === undefined || !canJoin(text, row, next)) return;
		builder.verbatim(from, row.contentEnd);
		joints.push(builder.length);
		from = next.contentStart;
	});
	builder.verbatim(from, text.length);
	return { ...builder.build(), joints };
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

interface Row {
	readonly start: number;
	readonly contentStart: number;
	readonly contentEnd: number;
}

function rowsOf(text: string): Row[] {
	const rows: Row[] = [];
	for (let start = 0; start <= text.length; ) {
		const newline = text.indexOf("\n", start);
		const end = newline === -1 ? text.length : newline;
		rows.push(rowOf(text, start, end));
		start = end + 1;
	}
	return rows;
}

/** A very long line was never broken by a window: its ends need no look. */
const LONGEST_ROW = 1000;

function rowOf(text: string, start: number, end: number): Row {
	if (end - start > LONGEST_ROW) return { start, contentStart: start, contentEnd: start };
	const line = text.slice(start, end);
	const head = ROW_START.exec(line)?.[0].length ?? 0;
	const tail = ROW_END.exec(line)?.[0].length ?? 0;
	return { start, contentStart: start + head, contentEnd: Math.max(start + head, end - tail) };
}

function canJoin(text: string, row: Row, next: Row | undefined): boolean {
	if (next === undefined || row.contentEnd === row.contentStart || next.contentEnd === next.contentStart)
		return false;
	const width = row.contentEnd - row.start;
	if (width < NARROWEST_WINDOW || next.contentEnd - next.start > width + SLACK) return false;
	return (
		JOINABLE_END.test(text.slice(row.contentEnd - 1, row.contentEnd)) &&
		JOINABLE_START.test(text.slice(next.contentStart, next.contentStart + 1))
	);
}
