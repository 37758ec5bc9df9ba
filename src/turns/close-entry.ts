/** The rows of an entry → what it says. */
import type { Row } from "../core/frame.ts";
import { type Look, matchRow } from "../core/look.ts";
import type { Entry, Result } from "./entry.ts";
import { type LookMemory, memoryOf } from "./look-memory.ts";
import { isSameStart, type OpenEntry, RESULT_COLUMN, TEXT_COLUMN } from "./open-entry.ts";
import { indentOf } from "./rows.ts";
import { isSameList } from "./same.ts";
import { type TextRow, unwrapRows } from "./unwrap.ts";

/** The same rows make the same entry: nearly all of a conversation stood there in the frame before. */
export function closeEntry(look: Look, open: OpenEntry, cols: number): Entry {
	const entries = memoryOf(remembered, look);
	let known = entries.get(open.first);
	const twin = known?.find((each) => each.cols === cols && isSameEntry(each.open, open));
	if (twin !== undefined) return twin.entry;
	const entry = makeEntry(look, open, cols);
	known = [{ cols, open, entry }, ...(known ?? []).slice(0, TWINS - 1)];
	entries.set(open.first, known);
	return entry;
}

/** Rows without a beginning, all as far right as what hangs below a prompt or a call. */
export const OUTPUT_REST = "output-rest";

interface Remembered {
	readonly cols: number;
	readonly open: OpenEntry;
	readonly entry: Entry;
}

/** Entries that begin with the same row and are remembered beside one another. */
const TWINS = 3;
const remembered: LookMemory<readonly Remembered[]> = new WeakMap();

function isSameEntry(a: OpenEntry, b: OpenEntry): boolean {
	return isSameStart(a, b) && isSameList(a.rows, b.rows) && isSameList(a.results, b.results);
}

function makeEntry(look: Look, open: OpenEntry, cols: number): Entry {
	const textRows = open.rows
		.slice(0, open.results[0] ?? open.rows.length)
		.map(
			(row, index): TextRow =>
				index === 0 && open.text !== undefined ? indented(TEXT_COLUMN, open.text, row) : row,
		);
	const results = open.results.map((from, index) =>
		makeResult(look, open.rows.slice(from, open.results[index + 1]), cols),
	);
	const indent = open.kind === "fragment" ? fragmentIndent(textRows) : TEXT_COLUMN;
	const bullet = open.first.lead?.fg;
	const isOutput = open.kind === "fragment" && indent === RESULT_COLUMN;
	return {
		kind: open.kind,
		pattern: isOutput ? OUTPUT_REST : open.pattern,
		text: textOf(textRows, cols, indent),
		results,
		...(open.promptKind === undefined ? {} : { promptKind: open.promptKind }),
		...(open.isRunning === true ? { isRunning: true } : {}),
		...(bullet === undefined ? {} : { bullet }),
	};
}

function makeResult(look: Look, rows: readonly Row[], cols: number): Result {
	const [first, ...rest] = rows;
	const text = first && matchRow(look, "result", first)?.groups.text;
	const head = first === undefined ? [] : [indented(RESULT_COLUMN, text ?? "", first)];
	const fg = first?.next?.fg;
	return { text: textOf([...head, ...rest], cols, RESULT_COLUMN), ...(fg === undefined ? {} : { fg }) };
}

function indented(columns: number, text: string, row: Row): TextRow {
	return { text: `${" ".repeat(columns)}${text}`, width: row.width };
}

function fragmentIndent(rows: readonly TextRow[]): number {
	const indents = rows.filter((row) => row.text.trim() !== "").map((row) => indentOf(row.text));
	return Math.min(...indents, RESULT_COLUMN);
}

/** Lines that begin something of their own in Markdown as the screen shows it. */
const OWN_LINE = /^\s*(?:[-*•◦▪☐☒◻◼✔✓] |\d+[.)] |[│┌├└╭╰▎|] ?|─{3,}|… \+\d+ )/u;

function isOwnLine(text: string): boolean {
	return OWN_LINE.test(text);
}

function textOf(rows: readonly TextRow[], cols: number, indent: number): string {
	let last = rows.length;
	while (last > 0 && rows[last - 1]?.text.trim() === "") last--;
	return unwrapRows(rows.slice(0, last), { cols, indent, keepsOwnLine: isOwnLine });
}
