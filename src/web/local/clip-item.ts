/**
 * Cuts the texts of an item to what a page shows at once; a megabyte of output is asked for by who wants it. What is a name, or
 * a line (a title, a directory, a tool), is cut for good: none is as long in earnest, and a browser takes half a minute to lay
 * out a line of a million characters. Pure.
 */
import type { ExportedItem } from "../../store/export-v1.ts";
import type { ApiItem } from "../api/session.ts";

export const LONGEST_TEXT_CHARS = 20_000;
/** As long as a path may be, and as long as what the API takes. */
const LONGEST_LINE_CHARS = 4096;

export function clipLine(text: string): string {
	return text.length <= LONGEST_LINE_CHARS ? text : `${cut(text, LONGEST_LINE_CHARS - 1)}…`;
}

/** `longest`: characters of a text. */
export function clipItem(item: ExportedItem, longest: number): ApiItem {
	switch (item.kind) {
		case "assistant":
		case "thinking":
		case "notice": {
			const text = clip(item.text, longest);
			return text === undefined ? item : { ...item, text, clipped: { text: item.text.length } };
		}
		case "permission":
			return clipPermission(item);
		case "tool":
			return clipTool(item, longest);
	}
}

type ExportedPermission = Extract<ExportedItem, { readonly kind: "permission" }>;

function clipPermission(item: ExportedPermission): ApiItem {
	const { tool, choice } = item;
	return {
		...item,
		question: clipLine(item.question),
		options: item.options.map(clipLine),
		...(tool === undefined ? {} : { tool: clipLine(tool) }),
		...(choice === undefined ? {} : { choice: clipLine(choice) }),
	};
}

type ExportedTool = Extract<ExportedItem, { readonly kind: "tool" }>;

function clipTool(item: ExportedTool, longest: number): ApiItem {
	const { items, ...tool } = item;
	const written = typeof tool.input === "object" ? JSON.stringify(tool.input, undefined, 2) : tool.input;
	const input = clip(written, longest);
	const output = clip(tool.output, longest);
	const clipped = {
		...(input === undefined ? {} : { input: written?.length ?? 0 }),
		...(output === undefined ? {} : { output: tool.output?.length ?? 0 }),
	};
	return {
		...tool,
		name: clipLine(tool.name),
		...(input === undefined ? {} : { input }),
		...(output === undefined ? {} : { output }),
		...(items === undefined ? {} : { items: items.map((inner) => clipItem(inner, longest)) }),
		...(Object.keys(clipped).length === 0 ? {} : { clipped }),
	};
}

/** Undefined: it is short enough. */
function clip(text: string | undefined, longest: number): string | undefined {
	return text === undefined || text.length <= longest ? undefined : cut(text, longest);
}

/** Never cuts a character in two. */
function cut(text: string, chars: number): string {
	const unit = text.charCodeAt(chars);
	const isInside = unit >= 0xdc00 && unit <= 0xdfff;
	return text.slice(0, isInside ? chars - 1 : chars);
}
