/** Rows of a picture as a terminal draws them: text and `CSI … m`, nothing else. */
import { ATTRIBUTES, cellsOf, PALETTE, type Paint, type PictureRow, RGB } from "../../core/picture.ts";

const ESC = "\u001b[";
export const RESET = `${ESC}0m`;

const CODES: readonly (readonly [bit: number, code: number])[] = [
	[ATTRIBUTES.bold, 1],
	[ATTRIBUTES.dim, 2],
	[ATTRIBUTES.italic, 3],
	[ATTRIBUTES.underlined, 4],
	[ATTRIBUTES.inverse, 7],
	[ATTRIBUTES.struck, 9],
];

/** Whatever was painted before, this is how it goes on. */
export function paintCode({ fg, bg, attributes }: Paint): string {
	const codes: (number | string)[] = [0];
	for (const [bit, code] of CODES) if ((attributes & bit) !== 0) codes.push(code);
	if (fg !== 0) codes.push(colourCode(38, fg));
	if (bg !== 0) codes.push(colourCode(48, bg));
	return `${ESC}${codes.join(";")}m`;
}

function colourCode(target: 38 | 48, colour: number): string {
	if ((colour & RGB) !== 0)
		return `${target};2;${(colour >> 16) & 0xff};${(colour >> 8) & 0xff};${colour & 0xff}`;
	const number = colour & ~PALETTE & 0xff;
	if (number < 8) return String(target - 8 + number);
	if (number < 16) return String(target + 52 + number - 8);
	return `${target};5;${number}`;
}

/** The row's first `columns` columns; a wide character that has no room at the end is left out. */
export function drawRow(row: PictureRow, columns: number): string {
	let left = columns;
	let drawn = "";
	let before: Paint | undefined;
	for (const run of row.runs) {
		const fitting = Math.min(run.cells, Math.floor(left / run.width));
		if (fitting <= 0) break;
		if (run.paint !== before) drawn += paintCode(run.paint);
		before = run.paint;
		const text = fitting === run.cells ? run.text : cellsOf(run).slice(0, fitting).join("");
		drawn += printable(text);
		left -= fitting * run.width;
	}
	return before === undefined ? "" : drawn + RESET;
}

/** Cells hold no control characters; should one get there all the same, a terminal is not to obey it. */
export function printable(text: string): string {
	return text.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, " ");
}
