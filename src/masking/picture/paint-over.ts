/**
 * Puts placeholders over cells. The picture stays as wide as it was: a placeholder that is longer than what it stands for is
 * cut, and what it leaves of a longer secret is filled. Cells keep their colours.
 */
import { cellsOf, type Paint, type PictureRow, type Run } from "../../core/picture.ts";
import type { Replacement } from "./align.ts";

export const FILLER = "•";

/** `replacements` in offsets of the row's text, ordered and disjoint. */
export function paintOver(row: PictureRow, replacements: readonly Replacement[]): PictureRow {
	const shown = new Map<Replacement, number>();
	const runs: Run[] = [];
	let start = 0;
	for (const run of row.runs) {
		const end = start + run.text.length;
		if (replacements.some((one) => one.start < end && one.end > start)) {
			const over = replacements.filter((one) => one.start < end && one.end > start);
			for (const painted of paintRun(run, { start, over, shown })) runs.push(painted);
		} else runs.push(run);
		start = end;
	}
	return { runs, isWrapped: row.isWrapped };
}

interface Cover {
	/** Where the run begins in the row's text. */
	readonly start: number;
	readonly over: readonly Replacement[];
	/** How much of each one's label was painted before. */
	readonly shown: Map<Replacement, number>;
}

function paintRun(run: Run, cover: Cover): readonly Run[] {
	return run.cells === run.text.length && run.width === 1 ? [paintPlain(run, cover)] : paintCells(run, cover);
}

/** Every cell is one code unit wide: the common case. */
function paintPlain(run: Run, { start, over, shown }: Cover): Run {
	let text = "";
	let kept = 0;
	for (const one of over) {
		const [from, to] = [Math.max(0, one.start - start), Math.min(run.cells, one.end - start)];
		const before = shown.get(one) ?? 0;
		const label = one.label === undefined ? "" : one.label.slice(before, before + to - from);
		text += run.text.slice(kept, from) + label.padEnd(to - from, FILLER);
		if (one.label !== undefined) shown.set(one, before + to - from);
		kept = to;
	}
	return { text: text + run.text.slice(kept), cells: run.cells, width: run.width, paint: run.paint };
}

function paintCells(run: Run, { start, over, shown }: Cover): readonly Run[] {
	const { width, paint } = run;
	const cells: Cell[] = [];
	let offset = start;
	for (const text of cellsOf(run)) {
		const one = over.find((range) => range.start < offset + text.length && range.end > offset);
		offset += text.length;
		if (one === undefined) {
			cells.push({ text, width });
			continue;
		}
		const from = shown.get(one) ?? 0;
		for (let column = from; column < from + width; column += 1)
			cells.push({ text: one.label?.[column] ?? FILLER, width: 1 });
		shown.set(one, from + width);
	}
	return joinCells(cells, paint);
}

interface Cell {
	readonly text: string;
	readonly width: 1 | 2;
}

/** A cluster, which is more than one character, has a run of its own. */
function joinCells(cells: readonly Cell[], paint: Paint): Run[] {
	const runs: Run[] = [];
	let isLastCluster = true;
	for (const { text, width } of cells) {
		const last = runs.at(-1);
		const isCluster = text.length > 1 && [...text].length > 1;
		if (last === undefined || isCluster || isLastCluster || last.width !== width)
			runs.push({ text, cells: 1, width, paint });
		else runs[runs.length - 1] = { ...last, text: last.text + text, cells: last.cells + 1 };
		isLastCluster = isCluster;
	}
	return runs;
}
