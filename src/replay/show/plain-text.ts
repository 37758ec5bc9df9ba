import { type Picture, textOfRow } from "../../core/picture.ts";
import { printable } from "./ansi.ts";

/** What the screen said, row by row, without the blank rows at its end. */
export function renderPlainText({ rows }: Picture): string {
	const lines = rows.map((row) => printable(textOfRow(row)));
	return `${lines.join("\n").trimEnd()}\n`;
}
