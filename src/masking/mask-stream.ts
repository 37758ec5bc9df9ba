/**
 * Masks a text that arrives in pieces. It is cut at the ends of rows, by its content alone, and every part is masked
 * together with the end of the one before it and the beginning of the one after: the same text gives the same bytes
 * however it was chunked, and a secret that runs over a cut is masked on both sides.
 */
import type { LineMasker, MaskCounts } from "./mask-text.ts";
import { withheld } from "./placeholder.ts";
import { settleText } from "./screen-text.ts";

export interface MaskStream {
	/** What is certain by now. Never anything that could still turn out to be part of a secret. */
	feed(text: string): string;
	/** The rest. */
	flush(): string;
	/** Secrets masked so far, by rule. */
	readonly counts: MaskCounts;
}

/** A part ends with the first row that ends after this … */
const PART_CHARS = 49_152;
/** … or at the end of a word, when the row goes on this long … */
const LONGEST_PART = 65_536;
/** … and is withheld when not even a word ends within so much of it. */
const LONGEST_WORD = 8192;
/** As much of what went before is looked at again: a key's header stands far from its end. */
const CONTEXT_CHARS = 8192;
/** As much of what comes after is looked at before: more than any secret that is not known by its first rows. */
const AHEAD_CHARS = 8192;

interface Part {
	/** Settled text, without the end of its last row. */
	readonly rows: readonly string[];
	/** For each row, the carriage return before its newline, if there is one. */
	readonly returns: readonly string[];
	/** What ended the last row: nothing when a row was cut. */
	readonly end: string;
}

export function createMaskStream(maskLines: LineMasker): MaskStream {
	let pending = "";
	let context: readonly string[] = [];
	let isInEndlessWord = false;
	const counts: Record<string, number> = {};

	const emit = (part: Part, ahead: string): string => {
		const { lines, spans } = maskLines([
			...context,
			...part.rows,
			...(ahead === "" ? [] : partOf(ahead).rows),
		]);
		const from = lengthOf(context);
		const to = from + lengthOf(part.rows);
		for (const { start, ruleId } of spans) {
			if (start >= from && start < to) counts[ruleId] = (counts[ruleId] ?? 0) + 1;
		}
		const own = lines.slice(context.length, context.length + part.rows.length);
		context = lastRows([...context, ...part.rows], CONTEXT_CHARS);
		return own.map((line, index) => line + (part.returns[index] ?? "")).join("\n") + part.end;
	};

	/** The end of a word whose beginning was withheld is withheld with it. */
	const cutPart = (text: string): Part => {
		const rest = isInEndlessWord ? text.replace(/^\S+/, "") : text;
		isInEndlessWord = isEndless(text) || (isInEndlessWord && rest === "");
		return partOf(rest);
	};

	/** The parts after which there is enough; at the end of the text, all of them. */
	const take = (isOver: boolean): string => {
		let output = "";
		for (let cut = endOfPart(pending); cut !== undefined; cut = endOfPart(pending)) {
			const ahead = endOfAhead(pending, cut) ?? (isOver ? pending.length : undefined);
			if (ahead === undefined) break;
			output += emit(cutPart(pending.slice(0, cut)), pending.slice(cut, ahead));
			pending = pending.slice(cut);
		}
		return output;
	};

	return {
		counts,
		feed(text) {
			pending += text;
			return pending.length < PART_CHARS + AHEAD_CHARS ? "" : take(false);
		},
		flush() {
			const output = take(true);
			const rest = pending;
			pending = "";
			return rest === "" ? output : output + emit(cutPart(rest), "");
		},
	};
}

/** Each row and the newline after it. */
function lengthOf(rows: readonly string[]): number {
	return rows.reduce((length, row) => length + row.length + 1, 0);
}

function lastRows(rows: readonly string[], characters: number): readonly string[] {
	let first = rows.length;
	for (let length = 0; first > 0 && length < characters; first -= 1)
		length += (rows[first - 1]?.length ?? 0) + 1;
	return rows.slice(first);
}

function isEndless(text: string): boolean {
	return text.length >= LONGEST_PART && !/\s/.test(text.slice(-LONGEST_WORD));
}

function partOf(text: string): Part {
	if (isEndless(text)) {
		return { rows: [withheld("a word without an end")], returns: [""], end: "" };
	}
	const settled = settleText(text);
	const end = settled.endsWith("\n") ? "\n" : "";
	const rows = settled.slice(0, settled.length - end.length).split("\n");
	const ends = rows.map(contentEnd);
	return {
		rows: rows.map((row, index) => row.slice(0, ends[index])),
		returns: rows.map((row, index) => row.slice(ends[index])),
		end,
	};
}

/** Where what is looked at before ends: with a row, unless that goes on for long. Undefined where nobody knows yet. */
function endOfAhead(text: string, start: number): number | undefined {
	if (text.length < start + AHEAD_CHARS) return undefined;
	const newline = text.indexOf("\n", start + AHEAD_CHARS - 1);
	const most = start + AHEAD_CHARS + LONGEST_WORD;
	if (newline !== -1 && newline < most) return newline + 1;
	return text.length < most ? undefined : most;
}

const RETURN = 13;

/** Where a row's carriage returns begin. */
function contentEnd(row: string): number {
	let at = row.length;
	while (at > 0 && row.charCodeAt(at - 1) === RETURN) at -= 1;
	return at;
}

function endOfPart(text: string): number | undefined {
	if (text.length < PART_CHARS) return undefined;
	const newline = text.indexOf("\n", PART_CHARS - 1);
	if (newline !== -1 && newline < LONGEST_PART) return newline + 1;
	if (text.length < LONGEST_PART) return undefined;
	const word = /\s(?=\S*$)/.exec(text.slice(LONGEST_PART - LONGEST_WORD, LONGEST_PART));
	return word === null ? LONGEST_PART : LONGEST_PART - LONGEST_WORD + word.index + 1;
}
