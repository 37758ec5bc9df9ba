import type { Component } from "../component.ts";

const HOUR_MS = 60 * 60 * 1000;

/** Sessions are kept for ever unless a setting says for how long. */
export const retention: Component = {
	name: "retention",
	summary: "deletes sessions that were kept long enough",
	intervalMs: ({ retentionDays }) => (retentionDays === undefined ? 24 : 6) * HOUR_MS,
	limitMs: HOUR_MS,
	lingerMs: 0,
	loadWork: async () => (await import("./delete-expired.ts")).deleteExpired,
};
