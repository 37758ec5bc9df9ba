/** Rows of the conversation → entries. One pass, top to bottom; every row belongs to the entry above it until one begins. */
import type { Row } from "../core/frame.ts";
import { type Look, type LookKind, type LookMatch, matchRow, matchText } from "../core/look.ts";
import type { PromptKind } from "../core/turn.ts";
import type { Entry, EntryKind, Result } from "./entry.ts";
import { indentOf, isBlank } from "./rows.ts";
import { unwrapRows } from "./unwrap.ts";

export function readEntries(look: Look, rows: readonly Row[], cols: number): readonly Entry[] {
	const open: OpenEntry[] = [];
	for (const [index, row] of rows.entries()) {
		const started = startOf({
			look,
			row,
			above: rows[index - 1],
			below: rows[index + 1],
			current: open.at(-1),
		});
		if (started !== undefined) open.push(started);
		else continueEntry(look, open, row);
	}
	return open.map((each) => closeEntry(each, cols)).filter((entry) => entry !== undefined);
}

interface OpenEntry {
	readonly kind: EntryKind;
	readonly pattern: string;
	readonly promptKind?: PromptKind;
	readonly isRunning?: boolean;
	readonly first: Row;
	/** Columns of the glyph that `text` begins after. */
	readonly textRows: PlainRow[];
	readonly results: PlainRow[][];
	readonly resultColours: (string | undefined)[];
}

interface PlainRow {
	readonly text: string;
	readonly width: number;
}

interface Place {
	readonly look: Look;
	readonly row: Row;
	readonly above: Row | undefined;
	readonly below: Row | undefined;
	readonly current: OpenEntry | undefined;
}

const TEXT_COLUMN = 2; // glyph and blank
const RESULT_COLUMN = 5; // `  ⎿  `

/** Kinds that begin at the left margin, in the order they are tried. */
const MARGIN_KINDS: readonly (readonly [LookKind, EntryKind, PromptKind?])[] = [
	["prompt", "prompt", "prompt"],
	["bash-prompt", "prompt", "bash"],
	["memory-prompt", "prompt", "memory"],
	["thinking", "thinking"],
	["group", "group"],
	["api-error", "assistant"],
	["agent-notice", "notice"],
	["tool", "tool"],
	["bullet", "assistant"],
	["turn-end", "turn-end"],
	["spinner", "noise"],
	["banner", "banner"],
	["rule", "noise"],
	["frame-top", "noise"],
	["frame-row", "noise"],
	["frame-bottom", "noise"],
	["notice", "notice"],
];

/** Kinds that begin indented, after a blank row: things that have no bullet, or whose bullet is blinking. */
const INDENTED_KINDS: readonly (readonly [LookKind, EntryKind])[] = [
	["thinking", "thinking"],
	["group", "group"],
	["blinking-tool", "tool"],
	["banner", "banner"],
];

function startOf(place: Place): OpenEntry | undefined {
	const { look, row, above, current } = place;
	if (isBlank(row) || continuesPrompt(row, current)) return undefined;
	if (indentOf(row.text) === 0) return startAtMargin(look, row, place.below);
	const banner = current?.kind === "unknown" ? matchRow(look, "banner", row) : undefined;
	if (banner !== undefined) return openEntry("banner", banner, row);
	if (above !== undefined && !isBlank(above) && current?.kind !== "banner" && current?.kind !== "noise")
		return undefined;
	for (const [lookKind, kind] of INDENTED_KINDS) {
		const match = matchRow(look, lookKind, row);
		if (match !== undefined) return openEntry(kind, match, row);
	}
	return startsDescribedTool(place) ? openEntry("group", DESCRIBED_TOOL, row) : undefined;
}

const DESCRIBED_TOOL: LookMatch = { pattern: "described-tool", groups: {} };

/** `  Listing files` with `  ⎿  $ ls` below: a running tool that shows its description, its bullet blinking. */
function startsDescribedTool({ look, row, below, current }: Place): boolean {
	if (current === undefined || indentOf(row.text) !== TEXT_COLUMN) return false;
	return isToolResult(look, below) && below?.next?.fg === below?.lead?.fg;
}

function isToolResult(look: Look, row: Row | undefined): boolean {
	if (row?.lead?.fg === undefined) return false;
	const result = matchRow(look, "result", row);
	return result !== undefined && matchText(look, "interrupted", result.groups.text ?? "") === undefined;
}

/** The same while its bullet shows: grey, where an answer's is white. */
function isDescribedTool(look: Look, match: LookMatch, row: Row, below: Row | undefined): boolean {
	return match.pattern === "bullet-coloured" && row.next?.bold === false && isToolResult(look, below);
}

function startAtMargin(look: Look, row: Row, below: Row | undefined): OpenEntry {
	for (const [lookKind, kind, promptKind] of MARGIN_KINDS) {
		const match = matchRow(look, lookKind, row);
		if (match === undefined) continue;
		if (!isDescribedTool(look, match, row, below)) return openEntry(kind, match, row, promptKind);
		return openEntry("group", { ...match, pattern: DESCRIBED_TOOL.pattern }, row);
	}
	return openEntry("unknown", { pattern: "unknown", groups: { text: row.text } }, row);
}

function openEntry(kind: EntryKind, match: LookMatch, row: Row, promptKind?: PromptKind): OpenEntry {
	const text = match.groups.text ?? row.text.trimStart();
	return {
		kind,
		pattern: match.pattern,
		...(promptKind === undefined ? {} : { promptKind }),
		...(kind === "group" && isRunningGroup(match, row) ? { isRunning: true } : {}),
		first: row,
		textRows: [{ text: `${" ".repeat(TEXT_COLUMN)}${text}`, width: row.width }],
		results: [],
		resultColours: [],
	};
}

function isRunningGroup(match: LookMatch, row: Row): boolean {
	return match.pattern === DESCRIBED_TOOL.pattern || row.text.includes("…");
}

/** A prompt's rows share its background (or, in 1.0, its grey or dim); the echo of a slash command may wrap to the margin. */
function continuesPrompt(row: Row, current: OpenEntry | undefined): boolean {
	if (current?.kind !== "prompt" || current.results.length > 0) return false;
	const { fill } = current.first;
	if (fill !== undefined) return row.fill === fill && !/^[❯>!#] /u.test(row.text);
	const echo = current.first.next;
	if (echo === undefined || (echo.fg === undefined && !echo.dim)) return false;
	return row.lead?.fg === echo.fg && row.lead?.dim === echo.dim && !/^> /u.test(row.text);
}

function continueEntry(look: Look, open: OpenEntry[], row: Row): void {
	const current = open.at(-1);
	if (current === undefined) {
		if (!isBlank(row)) open.push(openFragment(look, row));
		return;
	}
	const result = resultOf(look, current, row);
	if (result !== undefined) {
		current.results.push([{ text: `${" ".repeat(RESULT_COLUMN)}${result}`, width: row.width }]);
		current.resultColours.push(row.next?.fg);
		return;
	}
	if (current.kind === "tool" && matchRow(look, "strange-result", row) !== undefined) {
		open.push(openEntry("unknown", { pattern: "unknown", groups: {} }, row));
		return;
	}
	if (leavesPrompt(current, row) && !(isBlank(row) && current.first.fill === undefined)) {
		if (!isBlank(row)) open.push(openEntry("unknown", { pattern: "unknown", groups: {} }, row));
		return;
	}
	(current.results.at(-1) ?? current.textRows).push(row);
}

/** Below a prompt's last row (no background any more) nothing belongs to it but results. */
function leavesPrompt(current: OpenEntry, row: Row): boolean {
	return current.kind === "prompt" && current.results.length === 0 && !continuesPrompt(row, current);
}

function openFragment(look: Look, row: Row): OpenEntry {
	const fragment = openEntry("fragment", { pattern: "fragment", groups: {} }, row);
	const result = matchRow(look, "result", row)?.groups.text;
	if (result === undefined) return { ...fragment, textRows: [row] };
	return {
		...fragment,
		textRows: [],
		results: [[{ text: `${" ".repeat(RESULT_COLUMN)}${result}`, width: row.width }]],
		resultColours: [row.next?.fg],
	};
}

/** An answer's own text may hold a `⎿`: below an answer only what the UI is known to hang there counts. */
function resultOf(look: Look, current: OpenEntry, row: Row): string | undefined {
	const match = matchRow(look, "result", row);
	if (match === undefined) return undefined;
	const text = match.groups.text ?? "";
	if (current.kind === "assistant" && matchText(look, "side-result", text) === undefined) return undefined;
	if (current.kind === "fragment" && row.lead?.fg === undefined && row.lead?.dim !== true) return undefined;
	return text;
}

function closeEntry(open: OpenEntry, cols: number): Entry | undefined {
	const results = open.results.map((rows, index): Result => {
		const fg = open.resultColours[index];
		return { text: textOf(rows, cols, RESULT_COLUMN), ...(fg === undefined ? {} : { fg }) };
	});
	const indent = open.kind === "fragment" ? fragmentIndent(open.textRows) : TEXT_COLUMN;
	const bullet = open.first.lead?.fg;
	return {
		kind: open.kind,
		pattern: open.pattern,
		text: textOf(open.textRows, cols, indent),
		results,
		...(open.promptKind === undefined ? {} : { promptKind: open.promptKind }),
		...(open.isRunning === true ? { isRunning: true } : {}),
		...(bullet === undefined ? {} : { bullet }),
	};
}

function fragmentIndent(rows: readonly PlainRow[]): number {
	const indents = rows.filter((row) => row.text.trim() !== "").map((row) => indentOf(row.text));
	return Math.min(...indents, RESULT_COLUMN);
}

/** Lines that begin something of their own in Markdown as the screen shows it. */
const OWN_LINE = /^\s*(?:[-*•◦▪☐☒◻◼✔✓] |\d+[.)] |[│┌├└╭╰▎|] ?|… \+\d+ )/u;

function textOf(rows: readonly PlainRow[], cols: number, indent: number): string {
	let last = rows.length;
	while (last > 0 && rows[last - 1]?.text.trim() === "") last--;
	return unwrapRows(rows.slice(0, last), { cols, indent, keepsOwnLine: (text) => OWN_LINE.test(text) });
}

/** What a row belongs to. */
export interface RowOwner {
	readonly kind: EntryKind;
	/** Id of the pattern that recognised the entry. */
	readonly pattern: string;
	/** The entry begins with this row. */
	readonly isFirst: boolean;
}

/** The owner of every row, as `readEntries` decides it: for explaining a screen, not for reading it. */
export function ownersOf(look: Look, rows: readonly Row[]): readonly (RowOwner | undefined)[] {
	const open: OpenEntry[] = [];
	return rows.map((row, index) => {
		const before = open.length;
		const place = { look, row, above: rows[index - 1], below: rows[index + 1], current: open.at(-1) };
		const started = startOf(place);
		if (started !== undefined) open.push(started);
		else continueEntry(look, open, row);
		const owner = open.at(-1);
		return owner && { kind: owner.kind, pattern: owner.pattern, isFirst: open.length > before };
	});
}
