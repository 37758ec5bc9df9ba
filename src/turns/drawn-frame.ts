import type { Row } from "../core/frame.ts";
import { type Look, matchRow } from "../core/look.ts";
import { PaintedRow } from "../core/painted-row.ts";
import { columnsOf } from "./unwrap.ts";

/** `│ > text   │` → `> text`, or behind a margin. The style marks move along: the frame's side is not the text's. */
export function unframe(look: Look, row: Row, margin = ""): Row {
	const text = matchRow(look, "frame-row", row)?.text;
	if (text === undefined) return row;
	const inner = `${margin}${text.replace(/^[ \u00a0]/u, "")}`.trimEnd();
	const { isWrapped, fill, next } = row;
	return new PaintedRow({ text: inner, width: columnsOf(inner), isWrapped, fill, lead: next, next });
}
