/** What was found out about a row: it stands in many pictures, and is read once. */
import { type PictureRow, textOfRow } from "../../core/picture.ts";
import { PicturedRow } from "../../core/pictured-row.ts";
import { mentionsKey } from "../private-key-block.ts";
import type { Replacement } from "./align.ts";
import type { Tail } from "./tails.ts";

export interface RowReading {
	/** For whom it was read: others may know other values. */
	readonly reader: object;
	readonly text: string;
	/** Something of a key in armour stands in it. */
	readonly mentionsKey: boolean;
	/** Where its words end that may go on; see `Tail`. */
	tails: readonly Tail[] | undefined;
	/** The same with cursors in it, where they stood last. */
	tailsAtCarets: { readonly carets: readonly number[]; readonly tails: readonly Tail[] } | undefined;
	/** A frame or nothing; undefined until somebody asks. */
	isBare: boolean | undefined;
	/** Columns in which a program drew a cursor. */
	carets: readonly number[] | undefined;
	/** How it was painted over last. */
	painted: PaintedOver | undefined;
	/** Since when it stands there, and in which of the pictures it was seen last. */
	standing: Standing | undefined;
	seenIn: number;
}

export interface PaintedOver {
	readonly over: readonly Replacement[];
	readonly row: PictureRow;
	/** What it was painted from, where it is a line by itself: how it reads masked, and what of it was held back. */
	form: string | undefined;
	growing: readonly Replacement[] | undefined;
}

/** How long a row has said what it says. */
export interface Standing {
	/** In the picture's time. */
	readonly since: number;
	/** What the next row below it that is not blank said then. */
	readonly below: string;
}

const NOT_SEEN = -1;

export function readRow(row: PictureRow, reader: object): RowReading {
	const known = PicturedRow.readingOf(row) as RowReading | undefined;
	if (known?.reader === reader) return known;
	const text = textOfRow(row);
	const reading: RowReading = {
		reader,
		text,
		mentionsKey: mentionsKey(text),
		tails: undefined,
		tailsAtCarets: undefined,
		isBare: undefined,
		carets: undefined,
		painted: undefined,
		standing: undefined,
		seenIn: NOT_SEEN,
	};
	PicturedRow.keepReading(row, reading);
	return reading;
}
