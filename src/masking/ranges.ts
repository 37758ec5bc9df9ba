/**
 * From findings to what is replaced. Overlapping ranges become their union: keeping one of two overlapping
 * secrets would leave the head or the tail of the other. The union is named after the leftmost finding, then
 * the longest, then the most severe.
 */
import { type Finding, isMoreSevere, type Located, type Range } from "./finding.ts";

/** A stretch to replace. `isHead` is false for the further pieces of a secret that rows or escapes cut apart. */
export interface Cut extends Range {
	readonly finding: Finding;
	readonly isHead: boolean;
}

/** Ordered, disjoint cuts that cover every piece, outside `barriers` (placeholders that are there already). */
export function planCuts(located: readonly Located[], barriers: readonly Range[]): Cut[] {
	const pieces = located.flatMap(({ finding, pieces }) =>
		pieces.map((piece, index) => ({ start: piece.start, end: piece.end, finding, isHead: index === 0 })),
	);
	const cuts = barriers.length === 0 ? pieces : pieces.flatMap((piece) => carve(piece, barriers));
	return unite(cuts.sort(byPrecedence));
}

function byPrecedence(a: Cut, b: Cut): number {
	if (a.start !== b.start) return a.start - b.start;
	if (a.isHead !== b.isHead) return a.isHead ? -1 : 1;
	if (a.end !== b.end) return b.end - a.end;
	if (a.finding.level !== b.finding.level) return isMoreSevere(a.finding.level, b.finding.level) ? -1 : 1;
	return a.finding.ruleId < b.finding.ruleId ? -1 : 1;
}

function unite(sorted: readonly Cut[]): Cut[] {
	const united: Cut[] = [];
	for (const cut of sorted) {
		const last = united.at(-1);
		if (last === undefined || cut.start >= last.end) united.push(cut);
		else if (cut.end > last.end) united[united.length - 1] = { ...last, end: cut.end };
	}
	return united;
}

/** What is left of a piece when placeholders are taken out of it. */
function carve(piece: Cut, barriers: readonly Range[]): Cut[] {
	const kept: Cut[] = [];
	let start = piece.start;
	for (const barrier of barriers) {
		if (barrier.end <= start) continue;
		if (barrier.start >= piece.end) break;
		if (barrier.start > start) kept.push({ ...piece, start, end: barrier.start });
		start = barrier.end;
	}
	if (start < piece.end) kept.push({ ...piece, start });
	return kept;
}
