/** What Claude Code keeps of its own sessions, and which of them it is about to delete. Reads names and times alone. */
import { type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import * as z from "zod";
import { agentIdOf, claudeConfigDir, projectsDir } from "../../transcripts/files/claude-paths.ts";
import type { CliContext } from "../context.ts";
import type { TranscriptsReport } from "./report.ts";

/** What Claude Code does when nobody sets it otherwise. */
const USUALLY_KEPT_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Time enough to do something about it. */
const SOON_MS = 7 * DAY_MS;

const settingsSchema = z.object({ cleanupPeriodDays: z.number().positive() });

export function examineTranscripts(
	context: Pick<CliContext, "env" | "home" | "now">,
	isKnown: (agentSessionId: string) => boolean,
): TranscriptsReport | undefined {
	const directory = claudeConfigDir(context);
	const files = entries(projectsDir(directory)).flatMap((project) =>
		project.isDirectory() ? transcriptsIn(join(projectsDir(directory), project.name)) : [],
	);
	if (files.length === 0) return undefined;
	const keptDays = readKeptDays(join(directory, "settings.json"));
	const unknown = files.filter((file) => !isKnown(basename(file, ".jsonl")));
	const deadline = context.now() + SOON_MS - keptDays * DAY_MS;
	return {
		directory,
		sessions: files.length,
		unknown: unknown.length,
		expiring: unknown.filter((file) => (modifiedAt(file) ?? deadline) < deadline).length,
		keptDays,
	};
}

function transcriptsIn(project: string): string[] {
	return entries(project)
		.filter((entry) => entry.isFile() && entry.name.endsWith(".jsonl"))
		.map(({ name }) => join(project, name))
		.filter((path) => agentIdOf(path) === undefined);
}

function entries(directory: string): Dirent[] {
	try {
		return readdirSync(directory, { withFileTypes: true });
	} catch {
		return []; // No Claude Code here, or not for us: nothing can be said.
	}
}

function modifiedAt(path: string): number | undefined {
	return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

function readKeptDays(settings: string): number {
	try {
		return settingsSchema.parse(JSON.parse(readFileSync(settings, "utf8"))).cleanupPeriodDays;
	} catch {
		return USUALLY_KEPT_DAYS; // No settings, or none about this.
	}
}
