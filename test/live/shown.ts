/**
 * Which tool calls of the transcript a person could have seen with their main argument: newer versions
 * fold reads and searches into one line that names neither. Pure.
 */
import { comparedPart } from "./tool-match.ts";
import type { TruthItem, TruthTool, TruthTurn } from "./truth.ts";

/** Kept in the program's own list of tasks, never shown as calls. */
const BOOKKEEPING = new Set(["TodoWrite", "TaskCreate", "TaskUpdate", "TaskList", "TaskGet"]);
/** What stands before the brackets of a call; other tools stand there under their own names. */
const LABELS: Readonly<Record<string, readonly string[]>> = {
	Edit: ["Update", "Edit"],
	MultiEdit: ["Update"],
	Write: ["Write", "Create", "Update"],
	Grep: ["Search", "Grep"],
	Glob: ["Search", "Glob"],
	Task: ["Task", "Agent"],
	Agent: ["Task", "Agent"],
};
/** Shown under the branch while they run, when their call is folded. */
const NAMED_UNDER_BRANCH = new Set(["Bash", "Read", "Grep", "Glob"]);
/** Asked for in a dialog whose body is the argument. */
const NAMED_IN_DIALOG = new Set(["Bash", "Edit", "Write"]);
const PROMPT_ROW = /^\s*[❯>]/;
const CALL_ROW = /^\s*(?:[●⏺•]\s*)?([\w-]+)\(/;
const RESULT_ROW = /^\s*⎿/;

export function shownTools(truth: readonly TruthTurn[], rowsSeen: readonly string[]): ReadonlySet<TruthItem> {
	const rows = rowsSeen.filter((row) => !PROMPT_ROW.test(row)).map(unboxed);
	const shown = new Set<TruthItem>();
	for (const turn of truth) {
		for (const item of turn.items) {
			if (item.kind !== "tool" || BOOKKEEPING.has(item.name)) continue;
			if (rows.some((row, at) => showsCall(item, row, rows[at + 1] ?? ""))) shown.add(item);
		}
	}
	return shown;
}

/** In the brackets of its call, under its branch, or as the body of a permission dialog. */
function showsCall(tool: TruthTool, row: string, nextRow: string): boolean {
	const wanted = dense(comparedPart(tool));
	if (wanted === "") return false;
	const label = CALL_ROW.exec(row)?.[1];
	if (label !== undefined) {
		return (LABELS[tool.name] ?? [tool.name]).includes(label) && dense(row + nextRow).includes(wanted);
	}
	if (RESULT_ROW.test(row)) {
		return NAMED_UNDER_BRANCH.has(tool.name) && dense(row).replace(/^⎿\$?/, "").startsWith(wanted);
	}
	return NAMED_IN_DIALOG.has(tool.name) && dense(row) === wanted;
}

function dense(text: string): string {
	return text.replace(/\s+/g, "");
}

function unboxed(row: string): string {
	return row.replace(/^\s*│/, "").replace(/│\s*$/, "").trimEnd();
}
