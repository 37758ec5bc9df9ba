/**
 * Which transcripts a running Claude Code may be writing, without asking it: by the file that newer versions keep for each
 * live process, else by its directory and by when a file changed. Reads names and small files, writes nothing.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import * as z from "zod";
import { agentIdOf, liveSessionFile, projectFolderName, projectsDir } from "./claude-paths.ts";

export interface LiveProcess {
	readonly configDir: string;
	/** The wrapped process; Claude Code may be a child of it. */
	readonly pid: number | undefined;
	/** Without symbolic links, as the program itself sees it. */
	readonly cwd: string;
	/** Milliseconds since the Unix epoch. */
	readonly startedAt: number;
	readonly parentOf: (pid: number) => number | undefined;
}

export interface LiveTranscript {
	readonly path: string;
	/** The process itself says that it writes this one. Otherwise what is in it has to prove that. */
	readonly isCertain: boolean;
}

/** File systems keep coarser times than clocks. */
const SLACK_MS = 2000;
/** Between the wrapped command and the program there may be a launcher or two. */
const MAX_GENERATIONS = 6;

const liveSchema = z.object({ pid: z.number(), sessionId: z.string(), cwd: z.string().optional() });

export function findLiveTranscripts(live: LiveProcess): LiveTranscript[] {
	const told = liveSession(live);
	if (told !== undefined) {
		const path = transcriptOf(live.configDir, told);
		return path === undefined ? [] : [{ path, isCertain: true }];
	}
	return changedSince(live).map((path) => ({ path, isCertain: false }));
}

function liveSession({ configDir, pid, parentOf }: LiveProcess): z.infer<typeof liveSchema> | undefined {
	if (pid === undefined) return undefined;
	const own = readLive(liveSessionFile(configDir, pid));
	if (own !== undefined) return own;
	for (const name of names(join(configDir, "sessions"))) {
		const other = Number(basename(name, ".json"));
		if (Number.isInteger(other) && isBelow(other, pid, parentOf))
			return readLive(liveSessionFile(configDir, other));
	}
	return undefined;
}

function isBelow(pid: number, ancestor: number, parentOf: LiveProcess["parentOf"]): boolean {
	let at: number | undefined = pid;
	for (let step = 0; step < MAX_GENERATIONS && at !== undefined && at > 1; step += 1) {
		at = parentOf(at);
		if (at === ancestor) return true;
	}
	return false;
}

function readLive(path: string): z.infer<typeof liveSchema> | undefined {
	try {
		return liveSchema.parse(JSON.parse(readFileSync(path, "utf8")));
	} catch {
		return undefined; // Not there, half written or of another shape: another look will tell.
	}
}

function transcriptOf(configDir: string, { sessionId, cwd }: z.infer<typeof liveSchema>): string | undefined {
	if (!/^[\w-]+$/u.test(sessionId)) return undefined;
	const projects = projectsDir(configDir);
	const folders = cwd === undefined ? [] : foldersOf(projects, cwd);
	const paths = [...folders, ...names(projects)].map((folder) =>
		join(projects, folder, `${sessionId}.jsonl`),
	);
	return paths.find(isFile);
}

/** Transcripts of this directory that were written since the program was started. */
function changedSince({ configDir, cwd, startedAt }: LiveProcess): string[] {
	const projects = projectsDir(configDir);
	return foldersOf(projects, cwd)
		.flatMap((folder) => names(join(projects, folder)).map((name) => join(projects, folder, name)))
		.filter((path) => path.endsWith(".jsonl") && agentIdOf(path) === undefined)
		.filter((path) => modifiedAt(path) >= startedAt - SLACK_MS);
}

function foldersOf(projects: string, cwd: string): string[] {
	const { name, isCut } = projectFolderName(cwd);
	return isCut ? names(projects).filter((folder) => folder.startsWith(name)) : [name];
}

function names(directory: string): string[] {
	try {
		return readdirSync(directory).sort();
	} catch {
		return []; // Not there yet.
	}
}

function isFile(path: string): boolean {
	return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function modifiedAt(path: string): number {
	const stats = statSync(path, { throwIfNoEntry: false });
	return stats?.isFile() === true ? stats.mtimeMs : 0;
}
