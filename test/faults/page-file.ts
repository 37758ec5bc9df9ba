/** Writes docs/reliability.md. */
import { writeFileSync } from "node:fs";
import { availableParallelism, release } from "node:os";
import { join } from "node:path";
import type { Options } from "./options.ts";
import { reliabilityPage } from "./page.ts";
import type { Row } from "./tally.ts";

export function writePage(repository: string, rows: readonly Row[], { seed }: Options): void {
	const [kernel = ""] = release().split("-");
	const machine = `${availableParallelism()} processors, Linux ${kernel}, Node ${process.version}`;
	writeFileSync(join(repository, "docs/reliability.md"), reliabilityPage({ rows, seed, machine }));
}
