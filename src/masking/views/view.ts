/**
 * A view is a text as somebody reads it – rows joined, escapes undone – that knows where every part of it lies in
 * the original. Rules search views; what they find is replaced in the original.
 */
import type { Range } from "../finding.ts";

export interface View {
	readonly text: string;
	/** The pieces of the original behind a stretch of the view: several when rows cut it. */
	locate(range: Range): Range[];
}

/** The text as it is. */
export function plainView(text: string): View {
	return { text, locate: (range) => [{ start: range.start, end: range.end }] };
}

/** Builds a view from parts in order: verbatim stretches of the original, and texts that stand for one. */
export class ViewBuilder {
	readonly #original: string;
	readonly #parts: string[] = [];
	/** Four numbers a segment: start and end in the view, start and end in the original. */
	readonly #segments: number[] = [];
	#length = 0;

	constructor(original: string) {
		this.#original = original;
	}

	get length(): number {
		return this.#length;
	}

	verbatim(start: number, end: number): void {
		if (end > start) this.#add(this.#original.slice(start, end), start, end);
	}

	/** `text` stands for the original's `start`..`end`, and is replaced as a whole. */
	decoded(text: string, start: number, end: number): void {
		if (text !== "") this.#add(text, start, end);
	}

	#add(text: string, start: number, end: number): void {
		this.#parts.push(text);
		this.#segments.push(this.#length, this.#length + text.length, start, end);
		this.#length += text.length;
	}

	build(): View {
		const segments = this.#segments;
		const original = this.#original;
		return { text: this.#parts.join(""), locate: (range) => mergeOnRow(locate(segments, range), original) };
	}
}

function locate(segments: readonly number[], { start, end }: Range): Range[] {
	const pieces: Range[] = [];
	for (let i = firstSegment(segments, start); i < segments.length; i += 4) {
		const [viewStart = 0, viewEnd = 0, from = 0, to = 0] = segments.slice(i, i + 4);
		if (viewStart >= end) break;
		const isVerbatim = viewEnd - viewStart === to - from;
		const head = isVerbatim ? Math.max(0, start - viewStart) : 0;
		const tail = isVerbatim ? Math.max(0, viewEnd - end) : 0;
		pieces.push({ start: from + head, end: to - tail });
	}
	return pieces;
}

/** The first segment that ends behind `offset`. */
function firstSegment(segments: readonly number[], offset: number): number {
	let low = 0;
	let high = segments.length / 4;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((segments[middle * 4 + 1] ?? 0) > offset) high = middle;
		else low = middle + 1;
	}
	return low * 4;
}

/** What lies between two pieces on one row is escapes: it goes with them. What ends a row stays. */
function mergeOnRow(pieces: readonly Range[], original: string): Range[] {
	const merged: Range[] = [];
	for (const piece of pieces) {
		const last = merged.at(-1);
		const isBeyond = last === undefined || last.end > piece.start;
		if (isBeyond || original.slice(last.end, piece.start).includes("\n")) merged.push(piece);
		else merged[merged.length - 1] = { start: last.start, end: piece.end };
	}
	return merged;
}

/** A view of a view. */
export function composeViews(outer: View, inner: View): View {
	return { text: outer.text, locate: (range) => outer.locate(range).flatMap((piece) => inner.locate(piece)) };
}
