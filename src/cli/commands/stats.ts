import type { Command } from "../command.ts";
import { printJson, show, viewOf } from "../context.ts";
import { rangeOptions, readRange, refresh, statisticsOf } from "../insights/days.ts";
import { renderStatistics } from "../render/statistics-report.ts";

const USUAL_SINCE = "30d";
const USUAL_LIMIT = 10;

export const statsCommand: Command = {
	path: ["stats"],
	section: "Figures",
	operands: "",
	summary: "See where time, tokens and prompts went",
	examples: [
		["ctrace stats", "the last thirty days, compared with the thirty before"],
		["ctrace stats --since 7d --project .", "a week of this directory and what is below it"],
		["ctrace stats --since 2026-01-01 --until 2026-03-31 --json", "a quarter, for programs"],
	],
	options: [
		...rangeOptions(USUAL_SINCE),
		{ name: "limit", value: "N", summary: `Rows of each list (${USUAL_LIMIT})` },
		{ name: "json", summary: "Print it as JSON" },
	],
	run: async (context, args) => {
		args.atMost(0);
		using store = context.openStore();
		refresh(context, store);
		const range = readRange(context, args, { store, usualSince: USUAL_SINCE });
		const statistics = statisticsOf(context, range, { store, limit: args.count("limit") ?? USUAL_LIMIT });
		if (args.has("json")) printJson(context, statistics);
		else await show(context, renderStatistics(statistics, viewOf(context)));
		return 0;
	},
};
