/** What the items of a turn count as. */
import type { MeasureMarks } from "../../core/measure-marks.ts";
import type { Item, PermissionItem, ToolItem } from "../../core/turn.ts";

/** An item with its place among all of its turn's, those of subagents included; the prompt has place 0. */
export interface PlacedItem {
	readonly item: Item;
	readonly position: number;
}

/** In the order in which they are stored: what a subagent did stands behind the call that started it. */
export function placeItems(items: readonly Item[]): PlacedItem[] {
	return flatten(items).map((item, index) => ({ item, position: index + 1 }));
}

function flatten(items: readonly Item[]): Item[] {
	return items.flatMap((item) =>
		item.kind === "tool" && item.items !== undefined ? [item, ...flatten(item.items)] : [item],
	);
}

/** The file that a call read or changed, seen from the session's directory. */
export function fileOf(
	tool: ToolItem,
	cwd: string,
	marks: MeasureMarks,
): { readonly path: string; readonly isEdit: boolean } | undefined {
	const isEdit = marks.editingTools.has(tool.name);
	if (!isEdit && !marks.readingTools.has(tool.name)) return undefined;
	const path = pathOf(tool.input, marks.fileFields);
	if (path === undefined) return undefined;
	const below = `${cwd.replace(/\/+$/u, "")}/`;
	return { path: path.startsWith(below) ? path.slice(below.length) : path, isEdit };
}

/** The screen shows the path alone; the transcript has it in a field. */
function pathOf(input: ToolItem["input"], fields: readonly string[]): string | undefined {
	const written = typeof input === "object" ? fields.map((field) => input[field]).find(isText) : input;
	const path = written?.trim();
	return path === undefined || path === "" || path.includes("\n") ? undefined : path;
}

function isText(value: unknown): value is string {
	return typeof value === "string";
}

/** The command that a call ran. */
export function commandOf(tool: ToolItem, marks: MeasureMarks): string | undefined {
	if (!marks.shellTools.has(tool.name)) return undefined;
	const command = typeof tool.input === "object" ? tool.input[marks.commandField] : tool.input;
	return isText(command) ? command : undefined;
}

/** The call that a dialog was about: the next one of its tool, else the last one before. */
export function toolOf(permission: PlacedItem, items: readonly PlacedItem[]): PlacedItem | undefined {
	const name = (permission.item as PermissionItem).tool;
	const calls = items.filter(({ item }) => item.kind === "tool" && item.name === name);
	return calls.find(({ position }) => position > permission.position) ?? calls.at(-1);
}
