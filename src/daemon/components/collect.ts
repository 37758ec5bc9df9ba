import { homedir } from "node:os";
import { collectedDirectories } from "../collect/directories.ts";
import { watchProjects } from "../collect/watch-projects.ts";
import type { Component } from "../component.ts";

const MINUTE_MS = 60_000;

/** Sessions of an editor, of a script, of a terminal that nobody wrapped. */
export const collect: Component = {
	name: "collect",
	summary: "brings in sessions of Claude Code that nobody wrapped",
	// What events miss: a network file system, more folders than the system lets one watch.
	intervalMs: 5 * MINUTE_MS,
	// The first time it is years of sessions.
	limitMs: 60 * MINUTE_MS,
	// A session that goes on is brought in turn by turn.
	lingerMs: MINUTE_MS,
	watch: (wake, config) =>
		watchProjects(collectedDirectories(config, { env: process.env, home: homedir() }), wake),
	loadWork: async () => (await import("../collect/collect-transcripts.ts")).createCollecting(),
};
