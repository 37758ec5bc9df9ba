/**
 * Which tool calls of the transcript a person could have seen with their main argument: newer versions
 * fold reads and searches into one line that names neither. Pure.
 */
import { comparedPart } from "./tool-match.ts";
import type { TruthItem, TruthTurn } from "./truth.ts";

/** Kept in the program's own list of tasks, never shown as calls. */
const BOOKKEEPING = new Set(["TodoWrite", "TaskCreate", "TaskUpdate", "TaskList", "TaskGet"]);
const PROMPT_ROW = /^\s*[❯>]/;
const CALL_ROW = /^\s*([●⏺•]\s*)?[\w-]+\(/;
const RESULT_ROW = /^\s*⎿/;

export function shownTools(truth: readonly TruthTurn[], rowsSeen: readonly string[]): ReadonlySet<TruthItem> {
	const rows = rowsSeen.filter((row) => !PROMPT_ROW.test(row)).map(unboxed);
	const shown = new Set<TruthItem>();
	for (const turn of truth) {
		for (const item of turn.items) {
			if (item.kind !== "tool" || BOOKKEEPING.has(item.name)) continue;
			const part = comparedPart(item);
			if (part !== "" && rows.some((row, at) => showsCall(rows, row, at, part))) shown.add(item);
		}
	}
	return shown;
}

/** In the brackets of a call, under its branch, or as the body of a permission dialog. */
function showsCall(rows: readonly string[], row: string, at: number, part: string): boolean {
	const both = dense(`${row}${rows[at + 1] ?? ""}`);
	const wanted = dense(part);
	if (CALL_ROW.test(row)) return both.includes(wanted);
	if (RESULT_ROW.test(row)) return dense(row).replace(/^⎿\$?/, "").startsWith(wanted);
	return dense(row) === wanted;
}

function dense(text: string): string {
	return text.replace(/\s+/g, "");
}

function unboxed(row: string): string {
	return row.replace(/^\s*│/, "").replace(/│\s*$/, "").trimEnd();
}
