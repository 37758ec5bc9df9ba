import type { Row } from "../core/frame.ts";
import { type Look, matchRow, matchText } from "../core/look.ts";
import { unframe } from "./drawn-frame.ts";
import { indentOfRow, isBlank, trimBlank } from "./rows.ts";
import { unwrapRows } from "./unwrap.ts";

/** A question with numbered answers that stands where the input box was. */
export interface Dialog {
	readonly title: string | undefined;
	readonly question: string;
	readonly options: readonly string[];
	/** Index of the option under the cursor. */
	readonly selected: number | undefined;
	/** What is being asked about: the command or the file. */
	readonly subject: string;
	/** The model wants to know something: no leave is asked for, whatever the words. */
	readonly isModels: boolean;
}

/** A picker (`/model`, `/resume`) has options too; a permission asks for leave to do something. */
export function isPermission(look: Look, dialog: Dialog): boolean {
	if (dialog.isModels) return false;
	return dialog.title !== undefined || matchText(look, "question", dialog.question) !== undefined;
}

interface OptionRow {
	readonly row: number;
	readonly text: string;
	readonly isSelected: boolean;
}

/** Reads the dialog drawn on these rows, or nothing when they hold no question with options. */
export function readDialog(look: Look, covered: readonly Row[], cols: number): Dialog | undefined {
	const rows = covered.map((row) => unframe(look, row, " "));
	const starts = optionRows(look, rows);
	const first = starts[0];
	if (first === undefined || starts.length < 2) return undefined;
	const questionAt = findQuestion(look, rows, first.row);
	if (questionAt === undefined) return undefined;
	const titleAt = findTitle(look, rows.slice(0, first.row));
	const title = rows[titleAt];
	const options = readOptions(look, rows, starts, cols);
	const selected = starts.findIndex((option) => option.isSelected);
	const { text, rest } =
		(title === undefined ? undefined : matchRow(look, "dialog-title", title)?.groups) ?? {};
	return {
		title: text?.trim(),
		question: rowsToText(rows.slice(questionAt, first.row), cols),
		options,
		selected: selected < 0 ? undefined : selected,
		isModels: isModels(look, rows.slice(0, questionAt)),
		subject:
			namedFile(text, rest) ?? readSubject(look, text ?? "", rows.slice(titleAt + 1, questionAt), cols),
	};
}

/** The first title; one that is the next row with anything in it says more. −1 where there is none. */
function findTitle(look: Look, rows: readonly Row[]): number {
	const isTitle = (row: Row | undefined) =>
		row !== undefined && matchRow(look, "dialog-title", row) !== undefined;
	const at = rows.findIndex(isTitle);
	const next = rows.findIndex((row, y) => y > at && !isBlank(row));
	return at >= 0 && isTitle(rows[next]) ? next : at;
}

/** Its subjects stand first, below the dialog's edge. */
function isModels(look: Look, above: readonly Row[]): boolean {
	const first = above.find((row) => !isBlank(row) && matchRow(look, "rule", row) === undefined);
	return first !== undefined && matchRow(look, "question-tabs", first) !== undefined;
}

/** Option rows in the order 1, 2, 3…; a stray "1. …" inside a previewed file does not fit the count. */
function optionRows(look: Look, rows: readonly Row[]): readonly OptionRow[] {
	let found: OptionRow[] = [];
	rows.forEach((row, index) => {
		const groups = matchRow(look, "option", row)?.groups;
		if (groups === undefined) return;
		const option = { row: index, text: groups.text ?? "", isSelected: groups.selected !== undefined };
		if (Number(groups.number) === 1) found = [option];
		else if (Number(groups.number) === found.length + 1) found.push(option);
	});
	return found.some((option) => option.isSelected) ? found : [];
}

function findQuestion(look: Look, rows: readonly Row[], before: number): number | undefined {
	for (let y = before - 1; y >= 0; y--) {
		const row = rows[y];
		if (row !== undefined && matchRow(look, "question", row) !== undefined) return y;
	}
	const last = rows.slice(0, before).findLastIndex((row) => row.text.trim().endsWith("?"));
	return last < 0 ? undefined : last;
}

/** 1.0 sets it behind the option that was taken, for a moment. */
const TAKEN = /\s*✔$/u;

function readOptions(
	look: Look,
	rows: readonly Row[],
	starts: readonly OptionRow[],
	cols: number,
): readonly string[] {
	return starts.map((start, index) => {
		const until = starts[index + 1]?.row ?? endOfOptions(look, rows, start.row);
		const rest = rows.slice(start.row + 1, until).filter((row) => !isBlank(row));
		const more = rest.map((row) => row.text.trim()).join(" ");
		const text = more === "" || cols === 0 ? start.text.trim() : `${start.text.trim()} ${more}`;
		return text.replace(TAKEN, "");
	});
}

/** The last option goes on as long as rows are indented deeper than its number. */
function endOfOptions(look: Look, rows: readonly Row[], start: number): number {
	let end = start + 1;
	while (end < rows.length) {
		const row = rows[end];
		if (row === undefined || isBlank(row) || matchRow(look, "dialog-hint", row) !== undefined) break;
		if (indentOfRow(row) < 5) break;
		end++;
	}
	return end;
}

/** Dialogs about files name the file first and preview its change between rules. */
const ABOUT_FILES = /\b(?:file|edit|write|notebook)\b/iu;

/** `Edit file plan.py`: some versions name the file beside the title. */
function namedFile(title: string | undefined, rest: string | undefined): string | undefined {
	return title !== undefined && rest !== undefined && ABOUT_FILES.test(title) ? rest.trim() : undefined;
}

/**
 * A command stands between dotted rules where there are any, else in the first paragraph, its description (grey)
 * below it; a file stands above the rule that its preview begins with.
 */
function readSubject(look: Look, title: string, rows: readonly Row[], cols: number): string {
	const shown = innerFrame(look, rows);
	if (shown.length > 0)
		return rowsToText(ABOUT_FILES.test(title) ? firstParagraph(shown) : shown, cols - FRAME_COLUMNS);
	const isRule = (row: Row) => matchRow(look, "rule", row) !== undefined || isDottedRule(row);
	const first = rows.findIndex(isRule);
	const second = rows.findIndex((row, index) => index > first && isRule(row));
	const between = first >= 0 && second > first ? trimBlank(rows.slice(first + 1, second)) : [];
	if (between.length > 0 && !ABOUT_FILES.test(title)) return rowsToText(between, cols);
	return rowsToText(firstParagraph(trimBlank(rows.slice(0, first < 0 ? rows.length : first))), cols);
}

/** Columns that two frames take, one in the other. */
const FRAME_COLUMNS = 8;

/** 1.0 previews a file or a plan in a frame of its own. */
function innerFrame(look: Look, rows: readonly Row[]): readonly Row[] {
	const top = rows.findIndex((row) => matchRow(look, "frame-top", row) !== undefined);
	if (top < 0) return [];
	const rest = rows.slice(top + 1);
	const end = rest.findIndex((row) => matchRow(look, "frame-row", row) === undefined);
	return trimBlank(rest.slice(0, end < 0 ? rest.length : end).map((row) => unframe(look, row)));
}

/** Rows up to a blank one or to one in another colour. */
function firstParagraph(rows: readonly Row[]): readonly Row[] {
	const colour = rows[0]?.lead?.fg;
	const end = rows.findIndex((row) => isBlank(row) || row.lead?.fg !== colour);
	return end < 0 ? rows : rows.slice(0, end);
}

function isDottedRule(row: Row): boolean {
	return /^\s*[╌─]{4,}\s*$/u.test(row.text);
}

function rowsToText(rows: readonly Row[], cols: number): string {
	const kept = trimBlank(rows);
	const indent = kept.reduce((least, row) => (isBlank(row) ? least : Math.min(least, indentOfRow(row))), 99);
	return unwrapRows(kept, { cols, indent }).trim();
}
