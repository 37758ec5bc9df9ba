import type { Component } from "../component.ts";

const SECOND_MS = 1000;
const DAY_MS = 24 * 60 * 60 * SECOND_MS;

/** What `ctrace backup` does, on a schedule. */
export const backup: Component = {
	name: "backup",
	summary: "saves what changed into your Git repository",
	intervalMs: ({ backup: { githubRepo, remote, intervalSeconds } }) =>
		(githubRepo === undefined && remote === undefined) || intervalSeconds === 0
			? DAY_MS
			: intervalSeconds * SECOND_MS,
	// The first time it is years of sessions.
	limitMs: 60 * 60 * SECOND_MS,
	lingerMs: 0,
	loadWork: async () => (await import("./save-backup.ts")).saveBackup,
};
