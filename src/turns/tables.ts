/**
 * A table that Claude Code drew becomes Markdown again, as the model wrote it. One that is too wide for the window is drawn with
 * its cells wrapped, each for itself: read line by line, the words of neighbouring cells would be mixed.
 *
 *   ┌─────────┬─────────┐
 *   │ pear ha │ garden  │
 *   │ lf-ripe │ over    │         | pear half-ripe | garden over |
 *   ├─────────┼─────────┤    →    | --- | --- |
 *   │ one     │ two     │         | one | two |
 *   └─────────┴─────────┘
 *
 * Claude Code (2.1.30 and later) draws a rule between any two rows. What somebody else drew may hold several rows between
 * two rules; it stays as it is where a line begins with a word that the line above had room for.
 */
import { columnsOf } from "./unwrap.ts";

const TOP = /^\s*┌─+(?:┬─+)+┐\s*$/u;
const BOTTOM = /^\s*└─+(?:┴─+)+┘\s*$/u;
const RULE = /^\s*├─+(?:┼─+)+┤\s*$/u;
const ROW = /^\s*│ .* │\s*$/u;
/** Columns beside a cell, one on each side. */
const PADDING = 2;
const WIDE = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}`;
const BETWEEN_WIDE = new RegExp(`[${WIDE}]\n[${WIDE}]`, "u");

export function restoreTables(text: string): string {
	if (!text.includes("┬")) return text;
	const lines = text.split("\n");
	const joined: string[] = [];
	for (let at = 0; at < lines.length; at++) {
		const table = TOP.test(lines[at] ?? "") ? tableAt(lines, at) : [];
		const restored = table.length > 0 ? restoreTable(table) : undefined;
		joined.push(...(restored ?? lines.slice(at, at + 1)));
		if (restored === undefined) continue;
		at += table.length - 1;
		// 2.1.30 leaves no row free below a table; in Markdown, what follows would be one of it.
		if ((lines[at + 1] ?? "").trim() !== "") joined.push("");
	}
	return joined.join("\n");
}

/** The lines of the table that begins there; none where it does not come to its end. */
function tableAt(lines: readonly string[], from: number): readonly string[] {
	let end = from + 1;
	while (ROW.test(lines[end] ?? "") || RULE.test(lines[end] ?? "")) end++;
	return BOTTOM.test(lines[end] ?? "") ? lines.slice(from, end + 1) : [];
}

interface TableRow {
	/** Lines that it takes. */
	readonly height: number;
	/** What each column says in it, line by line; blanks before it are kept, as they are wrapped, too. */
	readonly columns: readonly (readonly string[])[];
}

/** Nothing where it is not known to be Claude Code's. */
function restoreTable(table: readonly string[]): readonly string[] | undefined {
	const [top = "", ...rest] = table;
	const widths = inside(top, "┬").map((segment) => segment.length - PADDING);
	const rows = rowsOf(rest, widths.length);
	if (rows === undefined || !isClaudes(rows, widths)) return undefined;
	const [head = "", ...body] = rows.map(({ columns }) =>
		rowOf(columns.map((pieces, at) => joinCell(pieces, widths[at] ?? 0))),
	);
	// Below an item of a list it stands further right.
	const margin = top.slice(0, top.indexOf("┌"));
	return [head, rowOf(widths.map(() => "---")), ...body].map((row) => `${margin}${row}`);
}

/** A row of a table in Markdown. */
export function rowOf(cells: readonly string[]): string {
	return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

/** Undefined where a line has not a cell for each column. */
function rowsOf(lines: readonly string[], columns: number): readonly TableRow[] | undefined {
	const rows: TableRow[] = [];
	let own: string[] = [];
	for (const line of lines) {
		if (ROW.test(line)) own.push(line);
		else {
			const cells = own.map((each) => inside(each, "│"));
			if (cells.some((each) => each.length !== columns)) return undefined;
			rows.push({
				height: own.length,
				columns: Array.from({ length: columns }, (_, at) => saidIn(cells, at)),
			});
			own = [];
		}
	}
	return rows;
}

function inside(line: string, between: string): readonly string[] {
	return line.trim().slice(1, -1).split(between);
}

/** A cell that is shorter than its neighbours has empty lines above and below; within it, one holds a blank that had no room. */
function saidIn(cells: readonly (readonly string[])[], column: number): readonly string[] {
	const pieces = cells.map((each) => (each[column] ?? "").slice(1).trimEnd());
	const isSaid = (piece: string) => piece !== "";
	return pieces.slice(Math.max(0, pieces.findIndex(isSaid)), pieces.findLastIndex(isSaid) + 1);
}

/**
 * With one rule only, and lines below it, a table could be anybody's: each line a row. But nobody else's head has two
 * lines.
 */
function isClaudes(rows: readonly TableRow[], widths: readonly number[]): boolean {
	const [head, body] = rows;
	if (head === undefined || body === undefined || rows.some(({ height }) => height === 0)) return false;
	if (rows.length < 3 && body.height > 1 && head.height < 2) return false;
	return rows.every(({ columns }) =>
		columns.every((pieces, column) => isWrapped(pieces, widths[column] ?? 0)),
	);
}

/** No line begins with a word that the line above had room for. */
function isWrapped(pieces: readonly string[], width: number): boolean {
	return pieces.every((piece, at) => {
		const above = pieces[at - 1];
		const [first = ""] = piece.trimStart().split(/\s/u, 1);
		return above === undefined || columnsOf(above) + 1 + columnsOf(first) > width;
	});
}

/**
 * The blank between two words stays where it fell: behind a line that has room for it, and before the next one otherwise. So
 * where a line is full and the next begins without a blank, a word was longer than the column and was cut.
 */
function joinCell(pieces: readonly string[], width: number): string {
	return pieces.reduce((text, piece, at) => {
		if (piece === "") return text;
		const above = pieces[at - 1] ?? "";
		// A wide character that had no room leaves a column free.
		const isFull = columnsOf(above) >= width - Number(BETWEEN_WIDE.test(`${above}\n${piece}`));
		return `${text}${at === 0 || (isFull && !piece.startsWith(" ")) ? "" : " "}${piece.trimStart()}`;
	}, "");
}
