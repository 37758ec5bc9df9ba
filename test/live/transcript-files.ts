/** Finds the transcripts that Claude Code wrote below a home, main conversations and subagents alike. */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import * as z from "zod";

/** All lines of all sessions, as they stand in the files. */
export function readTranscripts(home: string): string[] {
	const projects = join(home, ".claude", "projects");
	if (!existsSync(projects)) return [];
	return readdirSync(projects, { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".jsonl") && !name.includes("subagents"))
		.sort()
		.flatMap((name) => readFileSync(join(projects, name), "utf8").split("\n"))
		.filter((line) => line.trim() !== "");
}

/** The transcripts as they are, folders and all: what an import would find. */
export function copyTranscripts(home: string, to: string): void {
	const projects = join(home, ".claude", "projects");
	rmSync(to, { recursive: true, force: true });
	if (!existsSync(projects)) return;
	cpSync(projects, to, {
		recursive: true,
		filter: (path) => statSync(path).isDirectory() || [".jsonl", ".json"].includes(extname(path)),
	});
}

/** Kinds of lines that say what was said and done; the others hold the vendor's own prompts and state. */
const KEPT_TYPES = new Set(["user", "assistant", "system", "queue-operation", "summary"]);

/**
 * The lines of the conversation written from `start` on, in the order of their time: a continued session
 * carries older ones along, and a prompt may be written to the file after its own answer.
 */
export function since(lines: readonly string[], start: Date): string {
	return lines
		.map((line) => ({ line, entry: lineSchema.parse(JSON.parse(line)) }))
		.filter(({ entry }) => isConversation(entry) && (entry.timestamp ?? "9999") >= start.toISOString())
		.sort((a, b) => (a.entry.timestamp ?? "").localeCompare(b.entry.timestamp ?? ""))
		.map(({ line }) => `${line}\n`)
		.join("");
}

function isConversation(entry: z.infer<typeof lineSchema>): boolean {
	return KEPT_TYPES.has(entry.type) || entry.attachment?.type === "queued_command";
}

const lineSchema = z.looseObject({
	type: z.string(),
	timestamp: z.string().optional(),
	attachment: z.looseObject({ type: z.string() }).optional(),
});
