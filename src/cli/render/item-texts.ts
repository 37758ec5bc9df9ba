/** The wording of items, shared by all forms of a session. Pure. */
import type { PermissionItem, ToolItem } from "../../core/turn.ts";
import { counted } from "../text/counted.ts";
import { formatDuration } from "../text/times.ts";

/** The argument that says most about a call, when its input is an object. */
const TELLING_ARGUMENTS = [
	"command",
	"file_path",
	"path",
	"pattern",
	"query",
	"url",
	"description",
	"prompt",
];

/** One text for a tool's input: as shown, or the telling argument, or all of it. */
export function toolInputText(input: ToolItem["input"]): string {
	if (input === undefined) return "";
	if (typeof input === "string") return input;
	const telling = TELLING_ARGUMENTS.map((name) => input[name]).find((value) => typeof value === "string");
	return typeof telling === "string" ? telling : JSON.stringify(input);
}

/** Everything the input holds, for forms that have room for it. */
export function toolInputFull(input: ToolItem["input"]): string {
	if (input === undefined) return "";
	return typeof input === "string" ? input : JSON.stringify(input, undefined, 2);
}

/** `ok · 120ms · 63 lines, not all shown` */
export function toolNote(tool: ToolItem): string {
	const parts: string[] = [tool.status];
	if (tool.durationMs !== undefined) parts.push(formatDuration(tool.durationMs));
	const missing = missingNote(tool);
	if (missing !== undefined) parts.push(missing);
	return parts.join(" · ");
}

/** Says that something was held back, and of how much, as far as that is known. */
export function missingNote(item: {
	readonly truncated?: boolean;
	readonly observedLines?: number;
	readonly observedChars?: number;
}): string | undefined {
	if (item.truncated !== true) return undefined;
	if (item.observedChars !== undefined)
		return `${counted(item.observedChars, "character")}, not all were kept`;
	return item.observedLines === undefined
		? "not all was shown"
		: `${counted(item.observedLines, "line")}, not all were shown`;
}

export function decisionText(permission: PermissionItem): string {
	const choice = permission.choice ?? "no answer seen";
	return permission.decisionMs === undefined
		? choice
		: `${choice} (${formatDuration(permission.decisionMs)})`;
}
