/**
 * What a recording carries besides its bytes: what was done at the keyboard, and what Claude Code itself wrote down. A
 * fresh recording has the transcript (`truth.jsonl`) and every row that was on the screen (`seen.txt`); a fixture
 * has the same, distilled into `truth.json`: nothing of the vendor's is in it.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { shownTools } from "./shown.ts";
import { type TruthTurn, truthTurns } from "./truth.ts";

const decisionSchema = z.object({
	tool: z.string(),
	question: z.string(),
	options: z.array(z.string()),
	choice: z.string().exactOptional(),
});

/** Something that a fixture's turns do not tell as it was, and why; `misses` names the column of the table that it costs. */
const imperfectionSchema = z.object({
	what: z.string(),
	because: z.string(),
	misses: z.string().exactOptional(),
});

export const metaSchema = z.looseObject({
	command: z.array(z.string()).default(["claude"]),
	cwd: z.string(),
	submitted: z.array(z.object({ text: z.string(), kind: z.enum(["prompt", "slash", "bash", "memory"]) })),
	decisions: z.array(decisionSchema),
	interrupted: z.array(z.string()).default([]),
	problems: z.array(z.string()).default([]),
	imperfections: z.array(imperfectionSchema).default([]),
});

export type RecordingMeta = z.infer<typeof metaSchema>;

const itemSchema = z.union([
	z.object({ kind: z.literal("assistant"), text: z.string() }),
	z.object({
		kind: z.literal("tool"),
		name: z.string(),
		input: z.record(z.string(), z.unknown()),
		isError: z.boolean().exactOptional(),
		isRejected: z.boolean().exactOptional(),
	}),
]);

const truthSchema = z.object({
	turns: z.array(
		z.object({
			prompt: z.object({ text: z.string(), kind: z.enum(["prompt", "slash", "bash", "memory"]) }),
			items: z.array(itemSchema),
			isInterrupted: z.boolean(),
		}),
	),
	/** Rows that showed a tool call, each with the row below it. */
	toolRows: z.array(z.tuple([z.string(), z.string()])),
});

export interface Truth {
	readonly turns: readonly TruthTurn[];
	readonly rowsSeen: readonly string[];
}

/** Nothing when the recording did not come to its end. */
export function readMeta(folder: string): RecordingMeta | undefined {
	const path = join(folder, "meta.json");
	return existsSync(path) ? metaSchema.parse(JSON.parse(readFileSync(path, "utf8"))) : undefined;
}

export function readTruth(folder: string): Truth {
	const distilled = join(folder, "truth.json");
	if (!existsSync(distilled)) return readTranscript(folder);
	const { turns, toolRows } = truthSchema.parse(JSON.parse(readFileSync(distilled, "utf8")));
	return {
		turns: turns.map((turn) => ({ ...turn, at: "" })),
		rowsSeen: toolRows.flatMap(([row, below]) => [row, below, ""]),
	};
}

function readTranscript(folder: string): Truth {
	return {
		turns: truthTurns(readFileSync(join(folder, "truth.jsonl"), "utf8")),
		rowsSeen: readFileSync(join(folder, "seen.txt"), "utf8").split("\n"),
	};
}

/** What of a truth is worth keeping: the conversation, and the rows that prove which calls stood on the screen. */
export function distilTruth({ turns, rowsSeen }: Truth): z.infer<typeof truthSchema> {
	const toolRows = rowsSeen.flatMap((row, at): [string, string][] => {
		const pair: [string, string] = [row, rowsSeen[at + 1] ?? ""];
		return shownTools(turns, [...pair, ""]).size > 0 && shownTools(turns, [pair[1], ""]).size === 0
			? [pair]
			: [];
	});
	const kept = turns.map(({ prompt, items, isInterrupted }) => ({
		prompt,
		items: items.map((item) => {
			if (item.kind === "assistant") return { kind: item.kind, text: item.text };
			const { name, input, isError, isRejected } = item;
			return {
				kind: item.kind,
				name,
				input: { ...input },
				...(isError === true ? { isError } : {}),
				...(isRejected === true ? { isRejected } : {}),
			};
		}),
		isInterrupted,
	}));
	return { turns: kept, toolRows };
}
