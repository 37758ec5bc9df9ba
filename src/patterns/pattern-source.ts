/** Where a pattern was written, for whoever has to mend it. */
import type { LineCounter } from "yaml";
import { CtraceError } from "../core/errors.ts";

/** One file's text and where it came from. */
export interface PatternSource {
	readonly file: string;
	readonly text: string;
}

/** The line a node of a YAML document starts in, from 1. */
export function lineOf(node: unknown, lines: LineCounter): number {
	const range: unknown =
		typeof node === "object" && node !== null && "range" in node ? node.range : undefined;
	const start: unknown = Array.isArray(range) ? range[0] : undefined;
	return typeof start === "number" ? lines.linePos(start).line : 1;
}

export function brokenPattern(file: string, line: number, reason: string, cause?: unknown): CtraceError {
	return new CtraceError("patterns", `${file}:${line}: ${reason}`, {
		cause,
		hint: "Mend or remove the rule; nothing is recorded until every pattern loads.",
	});
}
