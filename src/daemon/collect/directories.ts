/** Whose transcripts are collected. Pure. */
import { join } from "node:path";
import type { Config } from "../../config/config.ts";
import { type ClaudeEnvironment, claudeConfigDir } from "../../transcripts/files/claude-paths.ts";

/** Claude Code's configuration directories; none where the person wants no record. */
export function collectedDirectories(config: Config, claude: ClaudeEnvironment): readonly string[] {
	if (!config.recording || !config.transcripts) return [];
	if (config.collect === "own") return [claudeConfigDir(claude)];
	return config.collect.map((path) => (path.startsWith("~/") ? join(claude.home, path.slice(2)) : path));
}
