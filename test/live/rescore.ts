/**
 * `npm run fidelity -- DIR… [--versions A,B] [--scenarios X,Y] [--details]`: reads recordings (DIR/LOOK/SCENARIO) from their bytes alone and prints the same
 * table as the live test. Nothing is installed or run, so a change of a pattern is judged in seconds.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import type { Look } from "../../src/core/look.ts";
import { loadLook } from "../../src/patterns/load-looks.ts";
import { missedBars } from "./bar.ts";
import { readCast } from "./cast.ts";
import { exportSchema } from "./exported.ts";
import { turnsOf } from "./replay.ts";
import { score } from "./score.ts";
import { type Cell, cellRow, details, headerRow, type Outcome, summary, tally } from "./table.ts";
import { truthTurns } from "./truth.ts";

const decisionSchema = z.object({
	tool: z.string(),
	question: z.string(),
	options: z.array(z.string()),
	choice: z.string().exactOptional(),
});

const metaSchema = z.looseObject({
	command: z.array(z.string()).default(["claude"]),
	cwd: z.string(),
	submitted: z.array(z.object({ text: z.string(), kind: z.enum(["prompt", "slash", "bash", "memory"]) })),
	decisions: z.array(decisionSchema),
	interrupted: z.array(z.string()).default([]),
	problems: z.array(z.string()),
});

process.exitCode = main();

function main(): number {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			versions: { type: "string", default: "" },
			scenarios: { type: "string", default: "" },
			details: { type: "boolean", default: false },
		},
	});
	const root = process.env.CTRACE_REPOSITORY ?? process.cwd();
	const look = loadLook(join(root, "patterns", "claude-code"));
	console.log(headerRow());
	const cells = recordings(positionals, values.versions, values.scenarios).map((recording): Cell => {
		const outcome = rescore(recording.folder, look);
		const cell = { look: recording.look, scenario: recording.scenario, outcome };
		console.log(cellRow(cell));
		if (values.details) for (const line of details(outcome)) console.log(`    ${line}`);
		return cell;
	});
	const counted = tally(cells);
	console.log(summary(counted));
	return counted.failed === 0 && counted.passed > 0 ? 0 : 1;
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
	if (!existsSync(join(folder, "meta.json"))) return { kind: "skipped", why: "not recorded to its end" };
	const meta = metaSchema.parse(JSON.parse(readFileSync(join(folder, "meta.json"), "utf8")));
	if (meta.problems.length > 0) return { kind: "skipped", why: `recording is no good: ${meta.problems[0]}` };
	const truth = truthTurns(readFileSync(join(folder, "truth.jsonl"), "utf8"));
	const turns = turnsOf({ ...meta, recording: readCast(join(folder, "session.cast")), look });
	const exported = exportSchema.parse({
		version: 1,
		session: { id: folder, agent: "claude-code", status: "complete" },
		turns,
	});
	const rowsSeen = readFileSync(join(folder, "seen.txt"), "utf8").split("\n");
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
