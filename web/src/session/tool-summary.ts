/** A tool call in a line. Pure. */
import type { ApiToolItem } from "../api/types.ts";
import { visibleLine } from "../text/visible.ts";

/** What tells most of a call, in the order in which it is looked for. */
const TELLING = [
	"command",
	"file_path",
	"notebook_path",
	"path",
	"pattern",
	"query",
	"url",
	"description",
	"prompt",
	"skill",
];
const LONGEST_CHARS = 240;

export function summaryOf({ input }: ApiToolItem): string {
	if (input === undefined) return "";
	if (typeof input === "string") return visibleLine(input.slice(0, LONGEST_CHARS));
	const telling = TELLING.map((name) => input[name]).find(isWord) ?? Object.values(input).find(isWord);
	return visibleLine((telling ?? "").slice(0, LONGEST_CHARS));
}

export interface Edit {
	readonly before: string;
	readonly after: string;
}

/** What an edit replaced by what; undefined: it is no edit, or it was cut. */
export function editsOf({ input }: ApiToolItem): Edit[] | undefined {
	if (typeof input !== "object") return undefined;
	const edits = Array.isArray(input.edits) ? (input.edits as readonly unknown[]) : [input];
	const read = edits.flatMap((edit) => {
		if (typeof edit !== "object" || edit === null) return [];
		const { old_string: before, new_string: after } = edit as Readonly<Record<string, unknown>>;
		return typeof before === "string" && typeof after === "string" ? [{ before, after }] : [];
	});
	return read.length === 0 ? undefined : read;
}

export function changedLines(
	item: ApiToolItem,
): { readonly added: number; readonly removed: number } | undefined {
	const edits = editsOf(item);
	if (edits === undefined) return undefined;
	return {
		added: edits.reduce((sum, { after }) => sum + lines(after), 0),
		removed: edits.reduce((sum, { before }) => sum + lines(before), 0),
	};
}

function lines(text: string): number {
	return text === "" ? 0 : text.replace(/\n$/, "").split("\n").length;
}

function isWord(value: unknown): value is string {
	return typeof value === "string" && value !== "";
}
