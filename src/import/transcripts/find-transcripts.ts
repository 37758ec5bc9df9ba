/** Paths as they were named → the transcripts in them, each session with its subagents' files. */
import { realpathSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { CtraceError } from "../../core/errors.ts";
import { agentIdOf, projectsDir } from "../../transcripts/files/claude-paths.ts";
import { startedBy } from "../../transcripts/files/follow.ts";
import { type Peek, peek } from "../../transcripts/files/peek.ts";
import { describeFailure, type Failure } from "../failure.ts";
import { walkDirectory } from "../walk-directory.ts";

export interface TranscriptFile extends Peek {
	readonly path: string;
}

export interface AgentFile extends TranscriptFile {
	readonly agentId: string;
	/** The tool call that started it, where a file beside it says so. */
	readonly toolUseId?: string;
}

/** One of Claude Code's sessions. */
export interface TranscriptGroup {
	/** Absent when only files of its subagents are left. */
	readonly main?: TranscriptFile;
	readonly agents: readonly AgentFile[];
	readonly bytes: number;
}

export interface FoundTranscripts {
	/** The oldest first. */
	readonly groups: readonly TranscriptGroup[];
	readonly failures: readonly Failure[];
	/** Paths that hold no transcripts: they may hold recordings. */
	readonly others: readonly string[];
}

export function findTranscripts(paths: readonly string[]): FoundTranscripts {
	const failures: Failure[] = [];
	const files = new Map<string, TranscriptFile>();
	const others = paths.filter((path) => !look(path, files, failures));
	return { groups: group([...files.values()]), failures, others };
}

/** False when it is no place for transcripts. */
function look(path: string, files: Map<string, TranscriptFile>, failures: Failure[]): boolean {
	try {
		if (!statSync(path).isDirectory()) return take(path, files, failures);
		const projects = projectsDir(path);
		const isConfiguration = statSync(projects, { throwIfNoEntry: false })?.isDirectory() === true;
		const before = files.size + failures.length;
		for (const file of walk(isConfiguration ? projects : path, failures)) take(file, files, failures);
		if (isConfiguration && files.size + failures.length === before)
			failures.push({ file: projects, reason: "there is no session in it" });
		return isConfiguration || files.size + failures.length > before;
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
		failures.push(describeFailure(path, error));
		return true;
	}
}

function take(path: string, files: Map<string, TranscriptFile>, failures: Failure[]): boolean {
	try {
		const real = realpathSync(path);
		const stats = statSync(real);
		if (!stats.isFile()) throw new CtraceError("input", "it is not a file");
		const found = stats.size === 0 ? undefined : peek(real);
		if (found === undefined) return false;
		files.set(real, { ...found, path: real });
	} catch (error) {
		failures.push(describeFailure(path, error));
	}
	return true;
}

function* walk(directory: string, failures: Failure[]): Generator<string, void> {
	for (const path of walkDirectory(directory, failures)) if (path.endsWith(".jsonl")) yield path;
}

function group(files: readonly TranscriptFile[]): TranscriptGroup[] {
	const bySession = new Map<string, { main?: TranscriptFile; agents: AgentFile[] }>();
	const at = (key: string) => {
		const known = bySession.get(key) ?? { agents: [] };
		bySession.set(key, known);
		return known;
	};
	for (const file of files) {
		const agentId = agentIdOf(file.path);
		if (agentId === undefined) at(basename(file.path, ".jsonl") + dirname(file.path)).main = file;
		else at(parentKey(file)).agents.push({ ...file, agentId, ...callOf(file.path) });
	}
	const groups = [...bySession.values()].map((each) => ({
		...each,
		bytes: (each.main?.bytes ?? 0) + each.agents.reduce((sum, { bytes }) => sum + bytes, 0),
	}));
	return groups.sort((a, b) => firstAt(a) - firstAt(b));
}

/** Newer versions keep a session's subagents in a folder named like it; older ones put them beside it. */
function parentKey(file: TranscriptFile): string {
	const [session, inside] = file.path.split("/subagents/");
	if (session !== undefined && inside !== undefined) return basename(session) + dirname(session);
	return (file.sessionId ?? "") + dirname(file.path);
}

function callOf(path: string): { readonly toolUseId?: string } {
	const toolUseId = startedBy(path);
	return toolUseId === undefined ? {} : { toolUseId };
}

function firstAt({ main, agents }: TranscriptGroup): number {
	const times = [main, ...agents].map((file) => file?.firstAt).filter((at) => at !== undefined);
	return Math.min(...times, Number.MAX_SAFE_INTEGER);
}
