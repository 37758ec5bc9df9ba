/**
 * `npm run fidelity -- [PATH…] [--versions A,B] [--scenarios X,Y] [--details] [--write]`: reads recordings from their bytes
 * alone and prints the same table as the live test. A path is a folder of ours (LOOK/SCENARIO below it; the fixtures
 * without any path), or a recording that others made, or a folder of them (with truth/FILE.json beside FILE). Nothing is
 * installed or run, so a change of a pattern is judged in seconds. `--write` makes docs/fidelity.md of it.
 */
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Look } from "../../src/core/look.ts";
import { loadLook } from "../../src/patterns/load-looks.ts";
import { missedBars } from "./bar.ts";
import { readCast } from "./cast.ts";
import { readMeta, readTruth } from "./evidence.ts";
import { exportSchema } from "./exported.ts";
import { fidelityPage } from "./fidelity-page.ts";
import { foreignRecordings, judgeForeign } from "./foreign.ts";
import { turnsOf } from "./replay.ts";
import { score } from "./score.ts";
import { type Cell, cellRow, details, headerRow, type Outcome, summary, tally } from "./table.ts";

/** Recorded from genuine runs, with invented conversations; with what is needed to judge them. */
const FIXTURES = "test/fixtures/claude-code";
const PAGE = "docs/fidelity.md";

process.exitCode = main();

function main(): number {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			versions: { type: "string", default: "" },
			scenarios: { type: "string", default: "" },
			details: { type: "boolean", default: false },
			write: { type: "boolean", default: false },
		},
	});
	const root = process.env.CTRACE_REPOSITORY ?? process.cwd();
	const look = loadLook(join(root, "patterns", "claude-code"));
	const directories = positionals.length === 0 ? [join(root, FIXTURES)] : positionals;
	console.log(headerRow());
	const cells: Cell[] = [];
	for (const cell of judged(directories, values, look)) {
		console.log(cellRow(cell));
		if (values.details) for (const line of details(cell.outcome)) console.log(`    ${line}`);
		cells.push(cell);
	}
	if (values.write) writeFileSync(join(root, PAGE), fidelityPage(cells));
	const counted = tally(cells);
	console.log(summary(counted));
	return counted.failed === 0 && counted.passed > 0 ? 0 : 1;
}

/** One after the other, as they are judged. */
function* judged(
	paths: readonly string[],
	chosen: { readonly versions: string; readonly scenarios: string },
	look: Look,
): Generator<Cell, void> {
	for (const path of paths) {
		const foreign = foreignRecordings(path);
		for (const file of foreign) yield judgeForeign(file, look);
		if (foreign.length > 0) continue;
		for (const { folder, look: name, scenario } of recordings([path], chosen.versions, chosen.scenarios))
			yield { look: name, scenario, outcome: rescore(folder, look) };
	}
}

function recordings(directories: readonly string[], looks: string, scenarios: string) {
	return directories.flatMap((directory) =>
		chosen(directory, looks).flatMap((look) =>
			chosen(join(directory, look), scenarios).map((scenario) => ({
				look,
				scenario,
				folder: join(directory, look, scenario),
			})),
		),
	);
}

function rescore(folder: string, look: Look): Outcome {
	const meta = readMeta(folder);
	if (meta === undefined) return { kind: "skipped", why: "not recorded to its end" };
	if (meta.problems.length > 0) return { kind: "skipped", why: `recording is no good: ${meta.problems[0]}` };
	const { turns: truth, rowsSeen } = readTruth(folder);
	const turns = turnsOf({ ...meta, recording: readCast(join(folder, "session.cast")), look });
	const exported = exportSchema.parse({
		version: 1,
		session: { id: folder, agent: "claude-code", status: "complete" },
		turns,
	});
	const scored = score({ ...meta, truth, exported, rowsSeen });
	return { kind: "scored", score: scored, missed: missedBars(scored) };
}

function chosen(directory: string, names: string): string[] {
	const wanted = names.split(",").filter((name) => name !== "");
	return readdirSync(directory)
		.filter((name) => statSync(join(directory, name)).isDirectory())
		.filter((name) => wanted.length === 0 || wanted.includes(name))
		.sort();
}
