/** What a row begins, or which entry it belongs to: decided from the row, its neighbours and the entry above. */
import type { Row } from "../core/frame.ts";
import { type Look, type LookKind, type LookMatch, matchRow, matchText } from "../core/look.ts";
import type { PromptKind } from "../core/turn.ts";
import type { EntryKind } from "./entry.ts";
import { type OpenEntry, TEXT_COLUMN } from "./open-entry.ts";
import { rowMemory, type Start } from "./row-memory.ts";
import { indentOfRow, isBlank } from "./rows.ts";

export interface Place {
	readonly look: Look;
	readonly row: Row;
	readonly above: Row | undefined;
	readonly below: Row | undefined;
	readonly current: OpenEntry | undefined;
}

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

/** The entry that begins with this row, if one does. */
export function startOf(place: Place): OpenEntry | undefined {
	const { look, row, above, current } = place;
	if (isBlank(row) || continuesPrompt(look, row, current)) return undefined;
	if (indentOfRow(row) === 0) return startAtMargin(look, row, place.below);
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

const DESCRIBED_TOOL: LookMatch = { pattern: "described-tool", text: undefined, groups: {} };

/** `  Listing files` with `  ⎿  $ ls` below: a running tool that shows its description, its bullet blinking. */
function startsDescribedTool({ look, row, below, current }: Place): boolean {
	if (current === undefined || indentOfRow(row) !== TEXT_COLUMN) return false;
	return isToolResult(look, below) && below?.next?.fg === below?.lead?.fg;
}

function isToolResult(look: Look, row: Row | undefined): boolean {
	if (row?.lead?.fg === undefined) return false;
	const result = matchRow(look, "result", row);
	return result !== undefined && matchText(look, "interrupted", result.text ?? "") === undefined;
}

/** The same while its bullet shows: grey, where an answer's is white. */
function isDescribedTool(look: Look, match: LookMatch, row: Row, below: Row | undefined): boolean {
	return match.pattern === "bullet-coloured" && row.next?.bold === false && isToolResult(look, below);
}

function startAtMargin(look: Look, row: Row, below: Row | undefined): OpenEntry {
	const [match, kind, promptKind] = marginStart(look, row);
	if (!isDescribedTool(look, match, row, below)) return openEntry(kind, match, row, promptKind);
	return openEntry("group", { ...match, pattern: DESCRIBED_TOOL.pattern }, row);
}

/** What a row at the margin begins, by its look alone. */
function marginStart(look: Look, row: Row): Start {
	const memory = rowMemory(look, row);
	memory.start ??= findMarginStart(look, row);
	return memory.start;
}

function findMarginStart(look: Look, row: Row): Start {
	for (const [lookKind, kind, promptKind] of MARGIN_KINDS) {
		const match = matchRow(look, lookKind, row);
		if (match !== undefined) return [match, kind, promptKind];
	}
	return [{ pattern: "unknown", text: row.text, groups: {} }, "unknown", undefined];
}

function openEntry(kind: EntryKind, match: LookMatch, row: Row, promptKind?: PromptKind): OpenEntry {
	return {
		kind,
		pattern: match.pattern,
		promptKind,
		isRunning: kind === "group" && isRunningGroup(match, row),
		first: row,
		text: match.text ?? row.text.trimStart(),
		rows: [row],
		results: [],
	};
}

function isRunningGroup(match: LookMatch, row: Row): boolean {
	return match.pattern === DESCRIBED_TOOL.pattern || row.text.includes("…");
}

/** A prompt's rows share its background (or, in 1.0, its grey or dim); the echo of a slash command may wrap to the margin. */
function continuesPrompt(look: Look, row: Row, current: OpenEntry | undefined): boolean {
	if (current?.kind !== "prompt" || current.results.length > 0) return false;
	const { fill } = current.first;
	if (fill !== undefined || row.fill !== undefined)
		return row.fill !== undefined && row.fill === (fill ?? row.fill) && !/^[❯>!#] /u.test(row.text);
	const echo = current.first.next;
	if (echo === undefined || (echo.fg === undefined && !echo.dim)) return false;
	// Dim text may have words in colour.
	const isSameColour = row.lead?.fg === echo.fg || (echo.dim && indentOfRow(row) > 0);
	return isSameColour && row.lead?.dim === echo.dim && !/^> /u.test(row.text) && !isThinking(look, row);
}

/** It may be as grey as the prompt above it; the further lines of a prompt are indented. */
function isThinking(look: Look, row: Row): boolean {
	return indentOfRow(row) === 0 && matchRow(look, "thinking", row) !== undefined;
}

/** A row that begins nothing goes to the entry above, or is the rest of one whose beginning nobody saw. */
export function continueEntry(look: Look, open: OpenEntry[], row: Row): void {
	const current = open.at(-1);
	if (current === undefined) {
		if (!isBlank(row)) open.push(openFragment(look, row));
		return;
	}
	if (isResult(look, current, row)) {
		current.results.push(current.rows.length);
		current.rows.push(row);
		return;
	}
	if (current.kind === "tool" && matchRow(look, "strange-result", row) !== undefined) {
		open.push(openEntry("unknown", UNKNOWN, row));
		return;
	}
	if (leavesPrompt(look, current, row) && !(isBlank(row) && current.first.fill === undefined)) {
		if (!isBlank(row)) open.push(openEntry("unknown", UNKNOWN, row));
		return;
	}
	current.rows.push(row);
}

const UNKNOWN: LookMatch = { pattern: "unknown", text: undefined, groups: {} };

/** Below a prompt's last row (no background any more) nothing belongs to it but results. */
function leavesPrompt(look: Look, current: OpenEntry, row: Row): boolean {
	return current.kind === "prompt" && current.results.length === 0 && !continuesPrompt(look, row, current);
}

function openFragment(look: Look, row: Row): OpenEntry {
	return {
		kind: "fragment",
		pattern: "fragment",
		promptKind: undefined,
		isRunning: false,
		first: row,
		text: undefined,
		rows: [row],
		results: matchRow(look, "result", row)?.text === undefined ? [] : [0],
	};
}

/** An answer's own text may hold a `⎿`: below an answer only what the UI is known to hang there counts. */
function isResult(look: Look, current: OpenEntry, row: Row): boolean {
	const match = matchRow(look, "result", row);
	if (match === undefined) return false;
	const text = match.text ?? "";
	if (current.kind === "assistant" && matchText(look, "side-result", text) === undefined) return false;
	if (current.kind !== "fragment" || row.lead?.fg !== undefined || row.lead?.dim === true) return true;
	// 1.0 paints the words alone.
	return row.next?.fg !== undefined && matchText(look, "interrupted", text) !== undefined;
}
