/** What lies in Claude Code's project folders, by name and size: nothing is opened. */
import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { agentIdOf, agentsFolder, projectsDir } from "../../transcripts/files/claude-paths.ts";

export interface SeenFile {
	/** As an import knows it: without symbolic links. */
	readonly path: string;
	readonly bytes: number;
	readonly modifiedAt: number;
}

export interface Project {
	/** Name of its folder. */
	readonly name: string;
	readonly folder: string;
	/** Each conversation with its subagents' files. */
	readonly conversations: readonly Conversation[];
	/** Older versions keep subagents beside the conversations, without a name that says whose they are. */
	readonly strayAgents: readonly SeenFile[];
}

export interface Conversation {
	readonly file: SeenFile;
	readonly agents: readonly SeenFile[];
	readonly agentsFolder: string;
}

/** A directory that is not there holds none. Throws what else the file system says of the directory itself. */
export function listProjects(configDir: string): Project[] {
	const root = projectsDir(configDir);
	const folders = namesIn(root, true).filter((entry) => entry.isDirectory());
	return folders.map(({ name }) => readProject(name, join(realpathSync(root), name)));
}

function readProject(name: string, folder: string): Project {
	const entries = namesIn(folder, false).filter((entry) => entry.name.endsWith(".jsonl"));
	const files = entries.flatMap((entry) => see(folder, entry) ?? []);
	const isAgent = (file: SeenFile) => agentIdOf(file.path) !== undefined;
	return {
		name,
		folder,
		conversations: files.filter((file) => !isAgent(file)).map(withAgents),
		strayAgents: files.filter(isAgent),
	};
}

function withAgents(file: SeenFile): Conversation {
	const folder = agentsFolder(file.path);
	const agents = namesIn(folder, false)
		.filter((entry) => agentIdOf(entry.name) !== undefined)
		.flatMap((entry) => see(folder, entry) ?? []);
	return { file, agents, agentsFolder: folder };
}

/** Undefined: it went in the meantime, is empty, or is no file. */
function see(folder: string, entry: Dirent): SeenFile | undefined {
	try {
		const path = entry.isSymbolicLink() ? realpathSync(join(folder, entry.name)) : join(folder, entry.name);
		const stats = statSync(path);
		if (!stats.isFile() || stats.size === 0) return undefined;
		return { path, bytes: stats.size, modifiedAt: Math.round(stats.mtimeMs) };
	} catch {
		return undefined; // gone, or a link to nowhere: the next look tells
	}
}

function namesIn(folder: string, isRoot: boolean): Dirent[] {
	try {
		return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
	} catch (error) {
		const code = error instanceof Error && "code" in error ? error.code : undefined;
		if (!isRoot || code === "ENOENT" || code === "ENOTDIR") return [];
		throw error;
	}
}
