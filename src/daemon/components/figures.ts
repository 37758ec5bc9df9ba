import type { Component } from "../component.ts";

const MINUTE_MS = 60_000;

/** So that `ctrace stats`, reports and the dashboard need not count a past first. */
export const figures: Component = {
	name: "figures",
	summary: "counts what changed, for statistics and insights",
	intervalMs: 15 * MINUTE_MS,
	// The first time it is years of sessions; what was counted by then stays.
	limitMs: 60 * MINUTE_MS,
	lingerMs: 0,
	loadWork: async () => (await import("./count-figures.ts")).countFigures,
};
