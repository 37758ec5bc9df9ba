/** Texts made to fit the terminal. Pure. */
import { displayWidth, graphemes, graphemeWidth, ONE_COLUMN_EACH } from "./width.ts";

const TAB = "    ";
const ELLIPSIS = "…";
/** Everything a terminal would act upon instead of showing it, line breaks and tabs apart. */
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
/** Characters that turn the direction of all text after them: they can make a line read as what it is not. */
const DIRECTION_OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g;
const REPLACEMENT = "\ufffd";

/** Recorded text must never steer the reader's terminal. */
export function printable(text: string): string {
	return text
		.replace(/\r\n?/g, "\n")
		.replaceAll("\t", TAB)
		.replace(CONTROLS, REPLACEMENT)
		.replace(DIRECTION_OVERRIDES, REPLACEMENT);
}

/** One line of it, blanks folded. */
export function oneLine(text: string): string {
	return printable(text).replace(/\s+/g, " ").trim();
}

/** Cut to `width` columns, with an ellipsis where something was cut. */
export function truncate(text: string, width: number): string {
	if (fits(text, width)) return text;
	return width < 1 ? "" : takeColumns(text, width - 1) + ELLIPSIS;
}

/** As `truncate`, keeping the end: for paths, whose last part says most. */
export function truncateStart(text: string, width: number): string {
	if (displayWidth(text) <= width) return text;
	if (width < 1) return "";
	const kept: string[] = [];
	let used = 1;
	for (const part of graphemes(text).reverse()) {
		used += graphemeWidth(part);
		if (used > width) break;
		kept.unshift(part);
	}
	return ELLIPSIS + kept.join("");
}

export function padEnd(text: string, width: number): string {
	return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

export function padStart(text: string, width: number): string {
	return " ".repeat(Math.max(0, width - displayWidth(text))) + text;
}

/** Lines of at most `width` columns, broken at blanks where there are any; what a line began with is repeated. */
export function wrapText(text: string, width: number): string[] {
	return text.split("\n").flatMap((line) => wrapLine(line, Math.max(1, width)));
}

const INDENT = /^\s*(?:[-*+•] |\d{1,3}[.)] |> )?/;

function wrapLine(line: string, width: number): string[] {
	if (fits(line, width)) return [line.trimEnd()];
	const lead = INDENT.exec(line)?.[0] ?? "";
	const indent = displayWidth(lead) * 2 < width ? " ".repeat(displayWidth(lead)) : "";
	const lines: string[] = [];
	let rest = line;
	while (!fits(rest, width)) {
		const head = headOf(rest, width, indent.length + 1);
		lines.push(head.trimEnd());
		rest = indent + rest.slice(head.length).trimStart();
	}
	return [...lines, rest.trimEnd()];
}

/** The longest beginning that fits, up to its last blank if it has one behind the indentation. */
function headOf(line: string, width: number, from: number): string {
	const head = takeColumns(line, width) || (graphemes(line.slice(0, PIECE_CHARS))[0] ?? "");
	if (line[head.length] === " ") return head;
	const blank = head.lastIndexOf(" ");
	return blank >= from ? head.slice(0, blank + 1) : head;
}

/** Looks at no more of it than it has to. */
function fits(text: string, width: number): boolean {
	return takeColumns(text, width).length === text.length;
}

/** Of a long text a piece is looked at, and more of it only where that was not enough. */
const PIECE_CHARS = 64;

function takeColumns(text: string, width: number): string {
	if (ONE_COLUMN_EACH.test(text.slice(0, width + 1))) return text.slice(0, width);
	for (let chars = width * 2 + PIECE_CHARS; ; chars *= 2) {
		const piece = text.slice(0, chars);
		const taken = takeFrom(piece, width);
		// What stands at the piece's end may be half of a sign.
		if (chars >= text.length || taken.length < chars / 2) return taken;
	}
}

function takeFrom(text: string, width: number): string {
	let used = 0;
	let taken = 0;
	for (const grapheme of graphemes(text)) {
		used += graphemeWidth(grapheme);
		if (used > width) break;
		taken += grapheme.length;
	}
	return text.slice(0, taken);
}
