import { codeAt } from "../core/characters.ts";
import type { Frame, Row } from "../core/frame.ts";
import { type Look, matchRow, matchText } from "../core/look.ts";
import { unframe } from "./drawn-frame.ts";
import { indentOfRow, isBlank, trimBlank } from "./rows.ts";
import { type TextRow, unwrapRows } from "./unwrap.ts";
import { isBlankCode } from "./words.ts";

/** What stands in the input box and would be sent by Enter. */
export interface Draft {
	readonly text: string;
	readonly sign: string;
	/** Rows of it that stand above what the box shows. */
	readonly above: number;
}

export interface InputBox {
	/** Index of the row with the box's upper edge. */
	readonly top: number;
	readonly draft: Draft | undefined;
}

const SIGN_COLUMNS = 2; // `❯` and a no-break space; rows below are indented as far

/** The lowest input box on the screen: a prompt sign between two rules, or inside a drawn frame. */
export function findBox(look: Look, frame: Frame): InputBox | undefined {
	for (let y = frame.rows.length - 1; y > 0; y--) {
		const row = frame.rows[y];
		if (row === undefined || row.width < frame.cols - 2) continue;
		const ruled = matchRow(look, "rule", row) !== undefined;
		if (!ruled && matchRow(look, "frame-bottom", row) === undefined) continue;
		const box = ruled ? boxBetweenRules(look, frame, y) : boxInFrame(look, frame, y);
		if (box !== undefined) return box;
	}
	return undefined;
}

function boxBetweenRules(look: Look, frame: Frame, bottom: number): InputBox | undefined {
	for (let y = bottom - 1; y >= 0; y--) {
		const row = frame.rows[y];
		if (row === undefined) return undefined;
		if (matchRow(look, "rule", row) !== undefined && row.width >= frame.cols - 2) {
			const inside = frame.rows.slice(y + 1, bottom);
			const above = Number(matchRow(look, "box-more", row)?.groups.above ?? 0);
			if (above > 0) return { top: y, draft: partOf(inside, above, frame.cols) };
			return isBoxStart(look, inside[0]) ? { top: y, draft: readDraft(look, inside, frame.cols) } : undefined;
		}
	}
	return undefined;
}

function boxInFrame(look: Look, frame: Frame, bottom: number): InputBox | undefined {
	for (let y = bottom - 1; y >= 0; y--) {
		const row = frame.rows[y];
		if (row === undefined) return undefined;
		if (matchRow(look, "frame-top", row) !== undefined) {
			const inside = frame.rows.slice(y + 1, bottom).map((each) => unframe(look, each));
			return isBoxStart(look, inside[0])
				? { top: y, draft: readDraft(look, inside, frame.cols - 4) }
				: undefined;
		}
		if (matchRow(look, "frame-row", row) === undefined) return undefined;
	}
	return undefined;
}

function isBoxStart(look: Look, row: Row | undefined): boolean {
	if (row === undefined || row.fill !== undefined) return false;
	return matchRow(look, "box-prompt", row) !== undefined;
}

/** The typed text, or nothing when the box is empty or shows only a suggestion (painted dim). */
function readDraft(look: Look, rows: readonly Row[], cols: number): Draft | undefined {
	const first = rows[0];
	if (first === undefined) return undefined;
	const { sign = "", text: start = "" } = matchRow(look, "box-prompt", first)?.groups ?? {};
	if (first.next?.dim === true || matchText(look, "draft-placeholder", start) !== undefined) return undefined;
	const indent = SIGN_COLUMNS + indentOfRow(first);
	// Nearly all there ever is: one row, and nothing in those below.
	if (start !== "" && !endsBlank(start) && rows.every((row, y) => y === 0 || isBlank(row)))
		return { text: start, sign, above: 0 };
	const head = { text: `${" ".repeat(indent)}${start}`, width: first.width };
	const kept = trimBlank<TextRow>([head, ...rows.slice(1)]);
	const text = unwrapRows(kept, { cols, indent });
	return text.trim() === "" ? undefined : { text, sign, above: 0 };
}

function endsBlank(text: string): boolean {
	return isBlankCode(codeAt(text, text.length - 1));
}

/** What is left of a text that is taller than its box. */
function partOf(rows: readonly Row[], above: number, cols: number): Draft {
	return { text: unwrapRows(trimBlank(rows), { cols, indent: SIGN_COLUMNS }), sign: "", above };
}
