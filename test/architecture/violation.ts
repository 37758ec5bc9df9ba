import { posix } from "node:path";
import type { SourceFile } from "./syntax.ts";

export interface Violation {
	readonly file: string;
	readonly line: number;
	/** The import or code that offends, as one line. */
	readonly offence: string;
	/** The rule, said so that the reader knows what to do instead. */
	readonly rule: string;
}

/** `src/turns/a.ts:3: imports "node:fs": turns is pure …`, one a line: editors make it a link. */
export function report(violations: readonly Violation[]): string {
	return violations.map((one) => `${one.file}:${one.line}: ${one.offence}: ${one.rule}`).join("\n");
}

/** The folder below src: `src/turns/x/y.ts` → `turns`. */
export function stageOf(path: string): string {
	return path.split("/")[1] ?? "";
}

/** Where a relative import leads, from the repository's root. */
export function resolveFrom(file: SourceFile, specifier: string): string {
	return posix.join(posix.dirname(file.path), specifier);
}

/** The first line of a piece of source, short enough to print. */
export function excerpt(file: SourceFile, node: { readonly start: number; readonly end: number }): string {
	const line = file.text.slice(node.start, node.end).split("\n")[0]?.trim() ?? "";
	return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
