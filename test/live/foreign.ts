/**
 * Recordings that others made, with a truth that a person wrote down beside them: FILE and truth/FILE.json. They are read
 * as `ctrace import` reads them, whatever their format.
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import type { Look } from "../../src/core/look.ts";
import { openRecording } from "../../src/recordings/open-recording.ts";
import { HEAD_BYTES, recogniseFormat } from "../../src/recordings/recognise.ts";
import { missedBars } from "./bar.ts";
import { exportSchema } from "./exported.ts";
import { turnsOf } from "./replay.ts";
import { score } from "./score.ts";
import type { Cell, Outcome } from "./table.ts";
import type { TruthItem, TruthTurn } from "./truth.ts";

const entrySchema = z.union([
	z.looseObject({ role: z.literal("user"), text: z.string() }),
	z.looseObject({ role: z.literal("assistant"), text: z.string() }),
	z.looseObject({ role: z.literal("tool"), tool: z.string(), input: z.string() }),
]);

const truthSchema = z.looseObject({ claudeVersion: z.string(), turns: z.array(entrySchema) });

const NAME_COLUMNS = 29;

/** The recordings at a path that have a truth: the file itself, or those in the folder. */
export function foreignRecordings(path: string): readonly string[] {
	const files = statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path];
	return files.filter((file) => existsSync(truthPath(file))).sort();
}

export function judgeForeign(file: string, look: Look): Cell {
	const { claudeVersion, turns } = truthSchema.parse(JSON.parse(readFileSync(truthPath(file), "utf8")));
	return {
		look: claudeVersion.split(" ")[0] ?? "",
		scenario: basename(file).slice(0, NAME_COLUMNS),
		outcome: judge(file, toTruth(turns, look), look),
	};
}

function judge(file: string, truth: readonly TruthTurn[], look: Look): Outcome {
	const bytes = readFileSync(file);
	const format = recogniseFormat(bytes.subarray(0, HEAD_BYTES), { isRawWelcome: false });
	if (format === undefined) return { kind: "skipped", why: "neither an asciicast nor a typescript" };
	const recording = openRecording(format, { chunks: [bytes] });
	const { command, cwd, size } = recording;
	const turns = turnsOf({ recording: { size, events: [...recording.events] }, command, cwd, look });
	const session = { id: file, agent: "claude-code", status: "complete" };
	const exported = exportSchema.parse({ version: 1, session, turns });
	const scored = score({
		truth,
		exported,
		submitted: [],
		decisions: [],
		interrupted: [],
		// The person wrote down what was to be seen.
		shown: new Set(truth.flatMap((turn) => turn.items.filter((item) => item.kind === "tool"))),
	});
	return { kind: "scored", score: scored, missed: missedBars(scored) };
}

function toTruth(entries: z.infer<typeof truthSchema>["turns"], look: Look): readonly TruthTurn[] {
	const turns: TruthTurn[] = [];
	for (const entry of entries) {
		if (entry.role === "user") {
			turns.push({ prompt: { text: entry.text, kind: "prompt" }, at: "", items: [], isInterrupted: false });
		} else turns.at(-1)?.items.push(toItem(entry, look));
	}
	return turns;
}

/** A tool is written down by the name and the argument that the screen gave it. */
function toItem(entry: Exclude<z.infer<typeof entrySchema>, { role: "user" }>, look: Look): TruthItem {
	if (entry.role === "assistant") return { kind: "assistant", text: entry.text };
	return { kind: "tool", name: look.toolNames[entry.tool] ?? entry.tool, input: { command: entry.input } };
}

function truthPath(file: string): string {
	return join(dirname(file), "truth", `${basename(file)}.json`);
}
