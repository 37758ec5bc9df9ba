import type { Range } from "../finding.ts";
import type { Replacement } from "./align.ts";

/** Both, ordered and disjoint: a placeholder goes before what is only held back. */
export function overlay(masked: readonly Replacement[], held: readonly Range[]): readonly Replacement[] {
	if (held.length === 0) return masked;
	if (masked.length === 0 && areApart(held)) return held;
	const rest = held.flatMap((range) => without(range, masked));
	const all = [...masked, ...rest].sort((a, b) => a.start - b.start);
	const united: Replacement[] = [];
	for (const one of all) {
		const last = united.at(-1);
		if (last === undefined || one.start >= last.end) united.push(one);
		else if (one.end > last.end) united[united.length - 1] = { ...last, end: one.end };
	}
	return united;
}

/** Ordered and disjoint already. */
function areApart(ranges: readonly Range[]): boolean {
	for (let at = 1; at < ranges.length; at += 1)
		if ((ranges[at]?.start ?? 0) < (ranges[at - 1]?.end ?? 0)) return false;
	return true;
}

function without({ start, end }: Range, taken: readonly Range[]): Range[] {
	const left: Range[] = [];
	let from = start;
	for (const one of taken) {
		if (one.end <= from || one.start >= end) continue;
		if (one.start > from) left.push({ start: from, end: one.start });
		from = one.end;
	}
	return from < end ? [...left, { start: from, end }] : left;
}
