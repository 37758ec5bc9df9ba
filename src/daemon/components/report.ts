import type { Component } from "../component.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** For whoever reads about the week on a Monday. */
export const report: Component = {
	name: "report",
	summary: "writes the report of each week that is over",
	// It only looks whether the file is there.
	intervalMs: ({ weeklyReport }) => (weeklyReport.folder === undefined ? DAY_MS : 60 * MINUTE_MS),
	// What was never counted is counted first.
	limitMs: 60 * MINUTE_MS,
	lingerMs: 0,
	loadWork: async () => (await import("./write-report.ts")).writeReport,
};
