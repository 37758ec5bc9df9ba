import type { Component } from "../component.ts";

const MINUTE_MS = 60_000;

/** A session whose recorder was killed is closed although nobody looks at the sessions. */
export const upkeep: Component = {
	name: "upkeep",
	summary: "closes sessions whose recorder died",
	intervalMs: 10 * MINUTE_MS,
	limitMs: 2 * MINUTE_MS,
	lingerMs: 0,
	loadWork: async () => (await import("./close-abandoned.ts")).closeAbandoned,
};
