/** A turn's entries → the items people read. */
import { type Look, matchText } from "../core/look.ts";
import type { Item, PermissionItem, ToolItem } from "../core/turn.ts";
import type { Entry } from "./entry.ts";
import { entryNotes } from "./entry-notes.ts";
import { glimpsesFor, runOrdinals } from "./glimpses.ts";
import { restoreListNumbers } from "./list-numbers.ts";
import type { Glimpse, OpenTurn } from "./open-turn.ts";
import type { Permission } from "./permissions.ts";
import { restoreRecords } from "./record-tables.ts";
import { outputOf, statusOf, type WithStatus } from "./result-items.ts";
import { restoreTables } from "./tables.ts";
import { askedCall, readCall } from "./tool-call.ts";

const SURE = 1;
/** The beginning was never seen, or no pattern claimed it. */
const UNSURE = 0.4;

const TERMINAL = { source: "terminal" } as const;

export function itemsOf(look: Look, turn: OpenTurn): readonly Item[] {
	const ordinals = runOrdinals(turn.entries);
	const shownGlimpses = new Set<number>();
	const items: Item[] = [];
	const waiting = [...turn.permissions];
	items.push(...promptItems(look, turn));
	turn.entries.forEach((entry, index) => {
		while (
			waiting[0] !== undefined &&
			waiting[0].afterEntries <= index + 1 &&
			isAbout(entry, waiting[0], index)
		) {
			items.push(...takePermission(look, waiting));
		}
		const ordinal = ordinals[index];
		const isFirst = ordinal !== undefined && !shownGlimpses.has(ordinal);
		const glimpses =
			isFirst && entry.kind === "group"
				? glimpsesFor(look, turn.glimpses, {
						ordinal,
						entries: turn.entries.filter((_, at) => ordinals[at] === ordinal),
					})
				: [];
		if (entry.kind === "group" && ordinal !== undefined) shownGlimpses.add(ordinal);
		items.push(...entryItems(look, turn, entry, glimpses));
	});
	while (waiting.length > 0) items.push(...takePermission(look, waiting));
	return withDialogTools(look, turn, items);
}

/** The dialog belongs to the tool that was last when it opened; without one, it comes where it was. */
function isAbout(entry: Entry, permission: Permission, index: number): boolean {
	if (permission.afterEntries <= index) return true;
	return entry.kind === "tool" || entry.kind === "group";
}

function takePermission(look: Look, waiting: Permission[]): readonly Item[] {
	const permission = waiting.shift();
	return permission === undefined ? [] : [permissionItem(look, permission)];
}

function permissionItem(look: Look, permission: Permission): PermissionItem {
	const tool = dialogTool(look, permission);
	return {
		kind: "permission",
		question: permission.question,
		...(tool === undefined ? {} : { tool }),
		options: permission.options,
		...(permission.choice === undefined ? {} : { choice: permission.choice }),
		...(permission.decisionMs === undefined || permission.isOpen
			? {}
			: { decisionMs: permission.decisionMs }),
		...TERMINAL,
		confidence: SURE,
	};
}

function dialogTool(look: Look, { title, subject }: Permission): string | undefined {
	return title === undefined ? undefined : askedCall(look, title, subject).name;
}

/** What hangs below the prompt itself: output of a slash or `!` command. */
function promptItems(look: Look, turn: OpenTurn): readonly Item[] {
	const texts = turn.promptResults
		.map((result) => result.text)
		.filter((text) => text.trim() !== "" && matchText(look, "interrupted", text) === undefined);
	if (turn.prompt.kind === "bash") {
		const output = outputOf(look, turn.promptResults);
		const status = turn.status === "running" ? "running" : statusOf(look, turn, turn.promptResults, false);
		return [
			{
				kind: "tool",
				name: "Bash",
				input: turn.prompt.text,
				...output,
				status,
				...TERMINAL,
				confidence: SURE,
			},
		];
	}
	return texts.map((text) => resultItem(look, text));
}

/** Most entries stay what they are, and what is read of them hangs on nothing else but whether the turn runs. */
function entryItems(look: Look, turn: OpenTurn, entry: Entry, glimpses: readonly Glimpse[]): readonly Item[] {
	if (entry.kind === "group") return groupItems(look, turn, entry, glimpses);
	const notes = entryNotes(entry);
	if (turn.status === "running") {
		notes.runningItems ??= ownItems(look, turn, entry);
		return notes.runningItems;
	}
	notes.items ??= ownItems(look, turn, entry);
	return notes.items;
}

function ownItems(look: Look, turn: WithStatus, entry: Entry): readonly Item[] {
	switch (entry.kind) {
		case "assistant":
			return [...textItem("assistant", entry, SURE), ...noticesBelow(look, entry)];
		case "fragment":
			return [...textItem("assistant", entry, UNSURE), ...noticesBelow(look, entry)];
		case "tool":
			return [toolItem(look, turn, entry)];
		case "thinking":
			return /\n/u.test(entry.text) ? textItem("thinking", entry, SURE) : [];
		case "notice":
			return textItem("notice", entry, SURE);
		case "unknown":
			return textItem("notice", entry, UNSURE);
		default:
			return [];
	}
}

function textItem(
	kind: "assistant" | "thinking" | "notice",
	entry: Entry,
	confidence: number,
): readonly Item[] {
	const said = kind === "thinking" ? entry.text.replace(/^.*\n\s*/u, "") : entry.text;
	const text = kind === "assistant" ? restoreRecords(restoreTables(restoreListNumbers(said))) : said;
	return text.trim() === "" ? [] : [{ kind, text: text.trim(), ...TERMINAL, confidence }];
}

function noticesBelow(look: Look, entry: Entry): readonly Item[] {
	return entry.results
		.filter(
			(result) => matchText(look, "interrupted", result.text) === undefined && result.text.trim() !== "",
		)
		.map((result) => resultItem(look, result.text));
}

/** The API's refusal stands in the assistant's place, and in the transcript too. */
function resultItem(look: Look, text: string): Item {
	const isError = matchText(look, "api-error", text.split("\n")[0] ?? "") !== undefined;
	return { kind: isError ? "assistant" : "notice", text, ...TERMINAL, confidence: SURE };
}

function toolItem(look: Look, turn: WithStatus, entry: Entry): ToolItem {
	const { name, input } = readCall(look, entry.text);
	return {
		kind: "tool",
		name,
		...(input === undefined || input === "" ? {} : { input }),
		...outputOf(look, entry.results),
		status:
			entry.pattern === DECLINED ? "rejected" : statusOf(look, turn, entry.results, entry.isRunning === true),
		...TERMINAL,
		confidence: SURE,
	};
}

/** The pattern of a call that its own line says was refused. */
const DECLINED = "questions-declined";

/** A collapsed group: the tools that were glimpsed while it ran; without any, the line itself. */
function groupItems(look: Look, turn: OpenTurn, entry: Entry, glimpses: readonly Glimpse[]): readonly Item[] {
	const status = hasFailed(look, entry)
		? "error"
		: statusOf(look, turn, entry.results, entry.isRunning === true);
	const output = entry.isRunning === true ? {} : outputOf(look, entry.results);
	const helpers = helpersIn(look, entry);
	if (helpers.length > 0)
		return helpers.map((input) => ({
			kind: "tool",
			name: "Task",
			input,
			status,
			...TERMINAL,
			confidence: SURE,
		}));
	if (glimpses.length === 0) {
		if (entry.pattern === "described-tool" && entry.results.length === 0) return [];
		const line = entry.text.trim();
		return [
			{
				kind: "tool",
				name: "Group",
				input: line,
				...output,
				status,
				truncated: true,
				...TERMINAL,
				confidence: SURE,
			},
		];
	}
	return glimpses.map((glimpse) => ({
		kind: "tool",
		name: glimpse.name,
		input: glimpse.input,
		status,
		truncated: true,
		...TERMINAL,
		confidence: SURE,
	}));
}

/** Of some of a group's calls it is not said which of them failed; of all of them it is. */
function hasFailed(look: Look, entry: Entry): boolean {
	const { calls = "", failed } = matchText(look, "failed-calls", entry.text.trim())?.groups ?? {};
	const counts = calls.match(/\d+/gu) ?? [];
	return failed !== undefined && counts.reduce((sum, count) => sum + Number(count), 0) === Number(failed);
}

/** What the helpers on the branches of a group are to do. */
function helpersIn(look: Look, entry: Entry): readonly string[] {
	const texts = entry.text.split("\n").map((line) => matchText(look, "agent-branch", line)?.groups.text);
	return texts.filter((text) => text !== undefined);
}

/**
 * A tool that was refused may leave no line of its own: the dialog is then all that is known of it. Where its line stood there
 * first, the dialog comes before it all the same.
 */
function withDialogTools(look: Look, turn: OpenTurn, items: readonly Item[]): readonly Item[] {
	const used = new Set<number>();
	const added: Item[] = [...items];
	for (const permission of turn.permissions) {
		const name = dialogTool(look, permission);
		if (name === undefined) continue;
		const { input } = askedCall(look, permission.title ?? "", permission.subject);
		const wanted = input.split("\n")[0]?.trim() ?? "";
		const shown = added.findIndex((item, index) => !used.has(index) && isCall(item, name, wanted));
		const isLate = isAsked(added[shown + 1], permission) && !isCall(added[shown + 2], name, wanted);
		if (shown >= 0 && isLate) added.splice(shown, 2, ...added.slice(shown, shown + 2).reverse());
		const place = isLate ? shown + 1 : shown;
		if (shown >= 0) {
			used.add(place);
			noteRefusal(added, place, permission);
		} else insertAfterDialog(look, added, permission, { name, input });
	}
	return added;
}

function isCall(item: Item | undefined, name: string, wanted: string): boolean {
	if (item?.kind !== "tool" || item.name !== name) return false;
	const input = typeof item.input === "string" ? item.input.replace(/\s+/gu, " ") : "";
	const start = wanted.replace(/\s+/gu, " ").slice(0, 30);
	// Dialogs may name what their words mean: `url: "https://…", prompt: "…"`.
	const named = input.endsWith("…") ? `"${input.slice(0, -1)}` : `"${input}"`;
	if (input !== "" && wanted.includes(named)) return true;
	return (
		input.includes(start) || start.startsWith(input.replace(/…$/u, "").slice(0, 30)) || wanted.endsWith(input)
	);
}

function insertAfterDialog(look: Look, items: Item[], permission: Permission, call: Glimpse): void {
	const at = items.findIndex((item) => isAsked(item, permission));
	const status = permission.isOpen ? "running" : isTurnedDown(permission) ? "rejected" : "ok";
	const group = items[at + 1];
	const { name, input } = call;
	const given = input === "" ? {} : { input };
	const tool: ToolItem = { kind: "tool", name, ...given, status, ...TERMINAL, confidence: SURE };
	const replaces = group?.kind === "tool" && group.name === "Group" && look.id !== "" ? 1 : 0;
	items.splice(at + 1, replaces, tool);
}

function isAsked(item: Item | undefined, { question, choice }: Permission): boolean {
	return item?.kind === "permission" && item.question === question && item.choice === choice;
}

function isTurnedDown({ isOpen, isDismissed, choice = "" }: Permission): boolean {
	return !isOpen && (isDismissed || /^No\b/u.test(choice));
}

/** A folded group does not say that a call in it was refused. */
function noteRefusal(items: Item[], at: number, permission: Permission): void {
	const item = items[at];
	if (item?.kind !== "tool" || item.truncated !== true || !isTurnedDown(permission)) return;
	items[at] = { ...item, status: "rejected" };
}
