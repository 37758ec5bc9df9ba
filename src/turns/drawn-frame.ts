import type { Row } from "../core/frame.ts";
import { type Look, matchRow } from "../core/look.ts";
import { columnsOf } from "./unwrap.ts";

/** `│ > text   │` → `> text`. The style marks move along: the frame's side is not the text's. */
export function unframe(look: Look, row: Row): Row {
	const text = matchRow(look, "frame-row", row)?.groups.text;
	if (text === undefined) return row;
	const inner = text.replace(/^[ \u00a0]/u, "").trimEnd();
	const { lead: _side, next, ...rest } = row;
	return {
		...rest,
		text: inner,
		width: columnsOf(inner),
		...(next === undefined ? {} : { lead: next, next }),
	};
}
