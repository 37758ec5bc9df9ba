/** Holds a tree of sources to the rules: text in, violations out. */
import { checkCode } from "./check-code.ts";
import { checkCircles, checkImports } from "./check-imports.ts";
import { checkInert } from "./check-inert.ts";
import { checkPurity } from "./check-purity.ts";
import { checkSinks } from "./check-sinks.ts";
import { readSource, type Tree } from "./syntax.ts";
import type { Violation } from "./violation.ts";

export interface Project {
	/** Sources under `src/`. */
	readonly sources: Tree;
	/** Names of the packages in package.json that the shipped code may use. */
	readonly dependencies: readonly string[];
}

export function checkArchitecture({ sources, dependencies }: Project): Violation[] {
	const files = [...sources]
		.sort(([a], [b]) => a.localeCompare(b))
		.map(([path, text]) => readSource(path, text));
	const found = files.flatMap((file) => [
		...checkImports(file, { sources, dependencies }),
		...checkPurity(file),
		...checkSinks(file),
		...checkInert(file),
		...checkCode(file),
	]);
	return [...found, ...checkCircles(files)].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}
