/** A turn as Markdown, to paste elsewhere. Pure. */
import { innerItems } from "../api/outline-of.ts";
import type { ApiItem, ApiTurn } from "../api/types.ts";
import { visible } from "../text/visible.ts";
import { summaryOf } from "./tool-summary.ts";

export function turnAsMarkdown(turn: ApiTurn): string {
	const prompt =
		turn.prompt.kind === "none" ? [] : [`> ${visible(turn.prompt.text).replaceAll("\n", "\n> ")}`];
	return [...prompt, ...turn.items.flatMap((item) => itemText(item, ""))].join("\n\n");
}

function itemText(item: ApiItem, indent: string): string[] {
	switch (item.kind) {
		case "assistant":
			return [indented(visible(item.text), indent)];
		case "tool": {
			const line = `- **${visible(item.name)}** ${summaryOf(item)} (${item.status})`;
			const inner = innerItems(item).flatMap((one) => itemText(one, `${indent}  `));
			return [indented([line, ...inner].join("\n"), indent)];
		}
		case "permission":
			return [indented(`- ${visible(item.question)} → ${visible(item.choice ?? "not answered")}`, indent)];
		case "notice":
			return [indented(`- ${visible(item.text)}`, indent)];
		case "thinking":
			return [];
	}
}

function indented(text: string, indent: string): string {
	return indent === "" ? text : text.replace(/^/gm, indent);
}
