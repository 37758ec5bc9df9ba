/** Finds the transcripts that Claude Code wrote below a home, main conversations and subagents alike. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

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

/** The lines written from `start` on: a continued session carries older ones along. Lines without a time are kept. */
export function since(lines: readonly string[], start: Date): string {
	const kept = lines.filter((line) => {
		const entry = JSON.parse(line) as { timestamp?: unknown };
		return typeof entry.timestamp !== "string" || Date.parse(entry.timestamp) >= start.getTime();
	});
	return kept.map((line) => `${line}\n`).join("");
}
