/**
 * Rows back into the lines somebody wrote. Claude Code wraps words itself and indents the rest, so the terminal's
 * own wrap flag says nothing. Two rules decide a row break:
 *
 *   no room for the next row's first word      → it was a soft wrap: one space
 *   a word longer than a whole row, cut in two → it was cut: nothing between the halves
 *   otherwise                                  → somebody's line break
 */

import { codeAt } from "../core/characters.ts";
import { PaintedRow } from "../core/painted-row.ts";
import { indentOfRow, isBlank } from "./rows.ts";
import { isBlankCode, isDrawing, keyAt, type Words, wordsOf } from "./words.ts";

export interface TextRow {
	readonly text: string;
	/** Columns the row occupies on the screen, its indentation included. */
	readonly width: number;
}

export interface UnwrapOptions {
	/** Columns available when the rows were painted. */
	readonly cols: number;
	/** Columns that the UI puts before every row. */
	readonly indent: number;
	/** Rows that start a line of their own, whatever fits: list items, table rows. */
	readonly keepsOwnLine?: (text: string) => boolean;
}

/** The UI leaves up to this many columns free at the right edge, depending on version and renderer. */
const RIGHT_MARGIN = 2;

const IDEOGRAPH = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff00-\uffef`;
const ENDS_IDEOGRAPHIC = new RegExp(`[${IDEOGRAPH}]$`, "u");
const STARTS_IDEOGRAPHIC = new RegExp(`^[${IDEOGRAPH}]`, "u");
const TWO_COLUMNS = new RegExp(`[${IDEOGRAPH}\\p{sc=Hangul}\\p{Emoji_Presentation}]`, "u");

export function unwrapRows(rows: readonly TextRow[], options: UnwrapOptions): string {
	const cols = edgeOf(rows, options.cols);
	let text = "";
	let above: TextRow | undefined;
	let endsBlank = false;
	for (const row of rows) {
		text += above === undefined ? bodyOf(row, options.indent) : continuation(above, row, cols, options).text;
		endsBlank ||= isBlankAt(row.text, row.text.length - 1);
		above = row;
	}
	return endsBlank ? text.replace(/[ \u00a0]+$/gmu, "") : text;
}

/** The words of `text`, which is these rows unwrapped: those of rows that were read before are known. */
export function wordsOfRows(text: string, rows: readonly TextRow[], options: UnwrapOptions): Words {
	const cols = edgeOf(rows, options.cols);
	const first = rows[0];
	if (first === undefined) return wordsOf(text);
	const head = bodyOf(first, options.indent);
	const words = wordsOf(head);
	const [keys, froms] = [[...words.keys], [...words.froms]];
	let at = head.length;
	for (let index = 1; index < rows.length; index++) {
		const [above, row] = [rows[index - 1], rows[index]];
		if (above === undefined || row === undefined) continue;
		const piece = continuation(above, row, cols, options);
		const isCut = at > 0 && piece.text !== "" && !isBlankCode(codeAt(piece.text, 0)) && endsInWord(text, at);
		if (isCut && (isDrawing(codeAt(piece.text, 0)) || isDrawing(codeAt(text, at - 1)))) return wordsOf(text);
		append({ keys, froms }, piece.words, at, isCut);
		if (isCut) mendLast(text, { keys, froms }, piece.words.keys.length);
		at += piece.text.length;
	}
	// Blanks at the ends of rows were cut off: every place after them is another one.
	return at === text.length ? { keys, froms } : wordsOf(text);
}

function endsInWord(text: string, at: number): boolean {
	return at <= text.length && !isBlankCode(codeAt(text, at - 1));
}

/** `isCut`: the first of them goes on with the last one there is. */
function append(
	all: { readonly keys: number[]; readonly froms: number[] },
	more: Words,
	shift: number,
	isCut: boolean,
): void {
	for (let index = isCut ? 1 : 0; index < more.keys.length; index++) {
		all.keys.push(more.keys[index] ?? 0);
		all.froms.push((more.froms[index] ?? 0) + shift);
	}
}

/** The word that was cut in two: the one before the last `count - 1`. */
function mendLast(
	text: string,
	{ keys, froms }: { readonly keys: number[]; readonly froms: number[] },
	count: number,
): void {
	const place = keys.length - count;
	const from = froms[place] ?? 0;
	keys[place] = keyAt(text, from);
}

function bodyOf(row: TextRow, indent: number): string {
	return row.text.slice(Math.min(indent, indentOfRow(row)));
}

/**
 * A row with what stood between it and the one above. Text that grows stands there row by row as in the frame before: what
 * was found out about two rows is kept with the first of them.
 */
function continuation(above: TextRow, row: TextRow, cols: number, options: UnwrapOptions): Continuation {
	const known = PaintedRow.continuationOf(above);
	if (known instanceof Continuation && known.row === row && known.cols === cols) {
		if (isAlike(known.options, options)) return known;
	}
	const body = bodyOf(row, options.indent);
	const between = seam(above, body, cols, options);
	const text = between + (between === "\n" ? body : body.trimStart());
	const made = new Continuation(row, cols, options, text);
	PaintedRow.keepContinuation(above, made);
	return made;
}

function isAlike(a: UnwrapOptions, b: UnwrapOptions): boolean {
	return a === b || (a.indent === b.indent && a.keepsOwnLine === b.keepsOwnLine);
}

class Continuation {
	readonly row: TextRow;
	readonly cols: number;
	readonly options: UnwrapOptions;
	readonly text: string;
	#words: Words | undefined = undefined;

	constructor(row: TextRow, cols: number, options: UnwrapOptions, text: string) {
		this.row = row;
		this.cols = cols;
		this.options = options;
		this.text = text;
	}

	get words(): Words {
		this.#words ??= wordsOf(this.text);
		return this.#words;
	}
}

function isBlankAt(text: string, at: number): boolean {
	if (at < 0) return false;
	const code = codeAt(text, at);
	return code === 0x20 || code === 0xa0;
}

/** Versions differ in how many columns they leave free; a row that comes this near to the edge shows where it is. */
const NEAR_EDGE = 5;

/** The column at which the rows were wrapped. They may be older than the last resize: the widest one tells. */
function edgeOf(rows: readonly TextRow[], cols: number): number {
	const widest = rows.reduce((most, row) => Math.max(most, row.width), 0);
	return widest >= cols - NEAR_EDGE ? widest : cols;
}

/** The right edge of a table or a box: nothing goes on behind it, however near to the window's it stands. */
const ENDS_DRAWN = /[┐┤┘╮╯]\s*$/u;

/** What stood between two rows before they were wrapped. */
function seam(above: TextRow, body: string, cols: number, options: UnwrapOptions): "\n" | " " | "" {
	const word = body.trimStart();
	if (word === "" || isBlank(above)) return "\n";
	if (options.keepsOwnLine?.(body) === true || ENDS_DRAWN.test(above.text)) return "\n";
	const room = cols - above.width;
	const first = word.split(/\s/u, 1)[0] ?? "";
	if (columnsOf(first) + 1 <= room - RIGHT_MARGIN) return "\n";
	return isCutWord(above.text, first, cols - options.indent, room) ? "" : " ";
}

/** Nobody writes one behind a word without a blank. */
const ADDRESS = /^\(?https?:\/\//u;

function isCutWord(above: string, first: string, available: number, room: number): boolean {
	if (room > RIGHT_MARGIN + 1) return false;
	if (ENDS_IDEOGRAPHIC.test(above) && STARTS_IDEOGRAPHIC.test(first)) return true;
	if (ADDRESS.test(first)) return false;
	const last = above.split(/\s/u).at(-1) ?? "";
	return columnsOf(last) + columnsOf(first) > available - RIGHT_MARGIN;
}

/** What joins the next character to the one before, or is drawn over that. */
const JOINS = /[\u200d\p{M}\p{Emoji_Modifier}]/u;
const PLAIN = /^[ -~]*$/u;

/** Columns of the text as Claude Code lays it out: what is drawn as one character has the width of one. */
export function columnsOf(text: string): number {
	if (PLAIN.test(text)) return text.length;
	let [width, last, isJoined] = [0, 0, false];
	for (const char of text) {
		if (char === "\ufe0f") {
			width += 2 - Math.max(1, last);
			last = 2;
		} else if (!isJoined && !JOINS.test(char)) {
			last = TWO_COLUMNS.test(char) ? 2 : 1;
			width += last;
		}
		isJoined = char === "\u200d";
	}
	return width;
}
