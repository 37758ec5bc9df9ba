/** The rows of an entry → what it says. */
import type { Row } from "../core/frame.ts";
import { type Look, matchRow } from "../core/look.ts";
import { type Entry, MadeEntry, type Result } from "./entry.ts";
import { entryNotes } from "./entry-notes.ts";
import { isSameStart, type OpenEntry, RESULT_COLUMN, TEXT_COLUMN } from "./open-entry.ts";
import { rowMemory } from "./row-memory.ts";
import { indentOfRow, isBlank } from "./rows.ts";
import { isSameList } from "./same.ts";
import { type TextRow, type UnwrapOptions, unwrapRows, wordsOfRows } from "./unwrap.ts";
import type { Words } from "./words.ts";

/** How rows were shown. */
export interface ShownAs {
	readonly cols: number;
	/** They are a part of the conversation, which is found by its words: these are wanted too. */
	readonly isPart: boolean;
}

/** Rows without a beginning, all as far right as what hangs below a prompt or a call. */
export const OUTPUT_REST = "output-rest";

/** The same rows make the same entry: nearly all of a conversation stood there in the frame before. */
export function closeEntry(look: Look, open: OpenEntry, { cols, isPart }: ShownAs): Entry {
	const memory = rowMemory(look, open.first);
	const { entries = [] } = memory;
	const twin = entries.find((each) => each.cols === cols && isSameEntry(each.open, open));
	if (twin !== undefined) return twin.entry;
	const entry = makeEntry(look, open, cols, isPart);
	memory.entries = [{ cols, open, entry }, ...entries.slice(0, TWINS - 1)];
	return entry;
}

/** Entries that begin with the same row and are remembered beside one another. */
const TWINS = 3;

function isSameEntry(a: OpenEntry, b: OpenEntry): boolean {
	return isSameStart(a, b) && isSameList(a.rows, b.rows) && isSameList(a.results, b.results);
}

function makeEntry(look: Look, open: OpenEntry, cols: number, isPart: boolean): Entry {
	const { rows, results } = open;
	const textRows: TextRow[] = rows.slice(0, results[0] ?? rows.length);
	if (open.text !== undefined) textRows[0] = indented(TEXT_COLUMN, open.text, open.first);
	const indent = open.kind === "fragment" ? fragmentIndent(textRows) : TEXT_COLUMN;
	const isOutput = open.kind === "fragment" && indent === RESULT_COLUMN;
	const said = saidBy(textRows, cols, indent, isPart);
	const hung = results.map((from, index) =>
		saidBelow(look, rows.slice(from, results[index + 1]), cols, isPart),
	);
	const entry = new MadeEntry({
		kind: open.kind,
		pattern: isOutput ? OUTPUT_REST : open.pattern,
		text: said.text,
		results: hung.map(({ text, fg }): Result => ({ text, fg })),
		promptKind: open.promptKind,
		isRunning: open.isRunning,
		bullet: open.first.lead?.fg,
	});
	if (isPart) entryNotes(entry).words = [said.words, ...hung.map(({ words }) => words)];
	return entry;
}

const NO_WORDS: Words = { keys: [], froms: [] };

interface Said {
	readonly text: string;
	readonly words: Words;
}

function saidBelow(look: Look, rows: readonly Row[], cols: number, isPart: boolean): Said & Result {
	const [first, ...rest] = rows;
	const text = first && matchRow(look, "result", first)?.text;
	const head = first === undefined ? [] : [indented(RESULT_COLUMN, text ?? "", first)];
	const said = saidBy([...head, ...rest], cols, RESULT_COLUMN, isPart);
	return { text: said.text, words: said.words, fg: first?.next?.fg };
}

function indented(columns: number, text: string, row: Row): TextRow {
	return { text: `${" ".repeat(columns)}${text}`, width: row.width };
}

function fragmentIndent(rows: readonly TextRow[]): number {
	let least = RESULT_COLUMN;
	for (const row of rows) if (!isBlank(row)) least = Math.min(least, indentOfRow(row));
	return least;
}

/** Lines that begin something of their own in Markdown as the screen shows it. */
const OWN_LINE = /^\s*(?:[-*•◦▪☐☒◻◼✔✓] |\d+[.)] |[│┌├└╭╰▎|] ?|─{3,}|… \+\d+ )/u;

function isOwnLine(text: string): boolean {
	return OWN_LINE.test(text);
}

function saidBy(rows: readonly TextRow[], cols: number, indent: number, isPart: boolean): Said {
	let last = rows.length;
	while (last > 0 && isBlank(rows[last - 1])) last--;
	const kept = rows.slice(0, last);
	const options: UnwrapOptions = { cols, indent, keepsOwnLine: isOwnLine };
	const text = unwrapRows(kept, options);
	return { text, words: isPart ? wordsOfRows(text, kept, options) : NO_WORDS };
}
