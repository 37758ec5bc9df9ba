/** Lines, masked → the rows of a picture. */
import type { PictureRow } from "../../core/picture.ts";
import { findReplacements, type Replacement } from "./align.ts";
import type { PictureLine } from "./lines.ts";
import { overlay } from "./overlay.ts";
import { paintOver } from "./paint-over.ts";
import type { RowReading } from "./row-reading.ts";

export interface ChangedLine {
	readonly line: PictureLine;
	/** How it reads masked. */
	readonly form: string;
	/** What of it is held back. */
	readonly growing: readonly Replacement[] | undefined;
}

/** Puts over a line's rows what is masked in it and what is held back. */
export function paintLine(
	rows: PictureRow[],
	readings: readonly RowReading[],
	{ line, form, growing }: ChangedLine,
): void {
	const known = line.reading?.painted;
	if (known !== undefined && known.form === form && known.growing === growing) {
		for (const { row } of line.parts) rows[row] = known.row;
		return;
	}
	const found = findReplacements(line.text, form);
	// Nothing of a line is shown whose masked form cannot be understood.
	const over = overlay(found ?? [{ start: 0, end: line.text.length }], growing ?? []);
	for (const part of line.parts) {
		const own = line.parts.length === 1 ? over : inPart(over, part);
		rows[part.row] = paintRow(rows[part.row] as PictureRow, readings[part.row] as RowReading, own);
	}
	// Of a line of several rows the form is no row's alone.
	const painted = line.reading?.painted;
	if (painted === undefined || over.length === 0) return;
	painted.form = form;
	painted.growing = growing;
}

/** The same row with the same replacements is the same row again. */
function paintRow(row: PictureRow, reading: RowReading, replacements: readonly Replacement[]): PictureRow {
	if (replacements.length === 0) return row;
	const known = reading.painted;
	if (known !== undefined && areSame(known.over, replacements)) return known.row;
	const painted = paintOver(row, replacements);
	reading.painted = { over: replacements, row: painted, form: undefined, growing: undefined };
	return painted;
}

function areSame(a: readonly Replacement[], b: readonly Replacement[]): boolean {
	if (a.length !== b.length) return false;
	for (let index = 0; index < a.length; index += 1) {
		const [one, other] = [a[index] as Replacement, b[index] as Replacement];
		if (one.start !== other.start || one.end !== other.end || one.label !== other.label) return false;
	}
	return true;
}

/** What of a line's replacements lies in one of its rows, in the row's own offsets; a placeholder stands where it begins. */
function inPart(over: readonly Replacement[], { start, end }: { start: number; end: number }): Replacement[] {
	return over
		.filter((one) => one.start < end && one.end > start)
		.map((one) => ({
			start: Math.max(one.start, start) - start,
			end: Math.min(one.end, end) - start,
			...(one.label === undefined || one.start < start ? {} : { label: one.label }),
		}));
}
