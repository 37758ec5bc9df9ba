/** What masking found, without any value. Pure. */
import type { MaskCounts } from "../../masking/mask-text.ts";
import type { MaskedText } from "../../masking/masker.ts";

/** With the levels of the rules, where they are given. */
export function renderCounts(counts: MaskCounts, levels?: Readonly<Record<string, string>>): string {
	const rows = Object.entries(counts).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
	if (rows.length === 0) return "Nothing was masked.\n";
	const width = Math.max(...rows.map(([, count]) => String(count).length));
	const widest = Math.max(...rows.map(([rule]) => rule.length));
	return rows
		.map(([rule, count]) => {
			const level = levels === undefined ? "" : `${" ".repeat(widest - rule.length)}  ${levels[rule] ?? ""}`;
			return `${String(count).padStart(width)}  ${rule}${level}\n`;
		})
		.join("");
}

export interface SpanRow {
	readonly line: number;
	readonly column: number;
	readonly length: number;
	readonly rule: string;
	readonly level: string;
}

/** Lines and columns from 1. `text` is what the spans' offsets count in. */
export function locateSpans(text: string, { spans }: Pick<MaskedText, "spans">): SpanRow[] {
	let line = 1;
	let lineStart = 0;
	return spans.map(({ start, end, ruleId, level }) => {
		for (
			let next = text.indexOf("\n", lineStart);
			next !== -1 && next < start;
			next = text.indexOf("\n", lineStart)
		) {
			line += 1;
			lineStart = next + 1;
		}
		return { line, column: start - lineStart + 1, length: end - start, rule: ruleId, level };
	});
}
