/**
 * Where masking may have brought new neighbours together: the rows of placeholders, as far as a name stands from its value,
 * and the next row where what is left of a word touches the row's edge, because rows are also read put together.
 */
import type { Range } from "./finding.ts";

const REACH = 300;
const NEWLINE = 10;
/** A word may hold any sign: rows are put together at more of them than tokens are made of. */
const BLANK = 32;

/** Ordered and disjoint. */
export function neighbourhoods(text: string, placeholders: readonly Range[]): Range[] {
	const regions: { start: number; end: number }[] = [];
	for (const placeholder of placeholders) {
		const start = startOf(text, placeholder.start);
		const end = endOf(text, placeholder.end);
		const last = regions.at(-1);
		if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
		else regions.push({ start, end });
	}
	return regions;
}

function startOf(text: string, from: number): number {
	const least = Math.max(0, from - REACH);
	let at = from;
	while (at > least && text.charCodeAt(at - 1) > BLANK) at -= 1;
	let isNext = at < from && text.charCodeAt(at - 1) === NEWLINE;
	while (at > least && (isNext || text.charCodeAt(at - 1) !== NEWLINE)) {
		at -= 1;
		if (text.charCodeAt(at) === NEWLINE) isNext = false;
	}
	return at;
}

function endOf(text: string, from: number): number {
	const most = Math.min(text.length, from + REACH);
	let at = from;
	while (at < most && text.charCodeAt(at) > BLANK) at += 1;
	let isNext = at > from && text.charCodeAt(at) === NEWLINE;
	while (at < most && (isNext || text.charCodeAt(at) !== NEWLINE)) {
		if (text.charCodeAt(at) === NEWLINE) isNext = false;
		at += 1;
	}
	return at;
}
