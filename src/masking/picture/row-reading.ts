/** What was found out about a row: it stands in many pictures, and is read once. */
import { type PictureRow, textOfRow } from "../../core/picture.ts";
import { PicturedRow } from "../../core/pictured-row.ts";
import type { Tail } from "./tails.ts";

export interface RowReading {
	/** For whom it was read: others may know other values. */
	readonly reader: object;
	readonly text: string;
	/** Where its words end that may go on; see `Tail`. */
	tails: readonly Tail[] | undefined;
	/** Columns in which a program drew a cursor. */
	carets: readonly number[] | undefined;
	/** How it was painted over last. */
	painted: { readonly key: string; readonly row: PictureRow } | undefined;
}

export function readRow(row: PictureRow, reader: object): RowReading {
	const known = PicturedRow.readingOf(row) as RowReading | undefined;
	if (known?.reader === reader) return known;
	const reading = { reader, text: textOfRow(row), tails: undefined, carets: undefined, painted: undefined };
	PicturedRow.keepReading(row, reading);
	return reading;
}
