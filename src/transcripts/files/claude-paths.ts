/** Where Claude Code keeps what it writes down. Nothing here reads or writes anything. */
import { basename, dirname, join } from "node:path";

export interface ClaudeEnvironment {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly home: string;
}

export function claudeConfigDir({ env, home }: ClaudeEnvironment): string {
	const named = env.CLAUDE_CONFIG_DIR;
	return named === undefined || named === "" ? join(home, ".claude") : named;
}

export function projectsDir(configDir: string): string {
	return join(configDir, "projects");
}

/** The file that names the session of a live process. */
export function liveSessionFile(configDir: string, pid: number): string {
	return join(configDir, "sessions", `${pid}.json`);
}

/** Longer names are cut, and a digest that we do not know stands behind them. */
const MAX_PROJECT_NAME = 200;

/** What the folder of a directory's transcripts is called, or begins with when it was cut. */
export function projectFolderName(cwd: string): { readonly name: string; readonly isCut: boolean } {
	const name = cwd.replace(/[^a-zA-Z0-9]/gu, "-");
	return { name: name.slice(0, MAX_PROJECT_NAME), isCut: name.length > MAX_PROJECT_NAME };
}

/** The subagent that a file belongs to; undefined for a main conversation. */
export function agentIdOf(file: string): string | undefined {
	return /^agent-(?<id>.+)\.jsonl$/u.exec(basename(file))?.groups?.id;
}

/** The folder beside a session's transcript that holds those of its subagents. */
export function agentsFolder(transcript: string): string {
	return join(dirname(transcript), basename(transcript, ".jsonl"), "subagents");
}
