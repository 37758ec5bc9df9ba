/** Cuts the texts of an item to what a page shows at once; a megabyte of output is asked for by who wants it. Pure. */
import type { ExportedItem } from "../../store/export-v1.ts";
import type { ApiItem } from "../api/session.ts";

export const LONGEST_TEXT_CHARS = 20_000;

export function clipItem(item: ExportedItem): ApiItem {
	switch (item.kind) {
		case "assistant":
		case "thinking":
		case "notice": {
			const text = clip(item.text);
			return text === undefined ? item : { ...item, text, clipped: { text: item.text.length } };
		}
		case "permission":
			return item;
		case "tool":
			return clipTool(item);
	}
}

type ExportedTool = Extract<ExportedItem, { readonly kind: "tool" }>;

function clipTool(item: ExportedTool): ApiItem {
	const { items, ...tool } = item;
	const written = typeof tool.input === "object" ? JSON.stringify(tool.input, undefined, 2) : tool.input;
	const input = clip(written);
	const output = clip(tool.output);
	const clipped = {
		...(input === undefined ? {} : { input: written?.length ?? 0 }),
		...(output === undefined ? {} : { output: tool.output?.length ?? 0 }),
	};
	return {
		...tool,
		...(input === undefined ? {} : { input }),
		...(output === undefined ? {} : { output }),
		...(items === undefined ? {} : { items: items.map(clipItem) }),
		...(Object.keys(clipped).length === 0 ? {} : { clipped }),
	};
}

/** Undefined: it is short enough. Never cuts a character in two. */
function clip(text: string | undefined): string | undefined {
	if (text === undefined || text.length <= LONGEST_TEXT_CHARS) return undefined;
	const unit = text.charCodeAt(LONGEST_TEXT_CHARS);
	const isInside = unit >= 0xdc00 && unit <= 0xdfff;
	return text.slice(0, isInside ? LONGEST_TEXT_CHARS - 1 : LONGEST_TEXT_CHARS);
}
