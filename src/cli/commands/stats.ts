import { dayOf } from "../../insights/measure/calendar.ts";
import { refreshFigures } from "../../insights/refresh-figures.ts";
import { projectsBelow, readStatistics } from "../../insights/statistics/read-statistics.ts";
import type { StatisticsRange } from "../../insights/statistics/statistics.ts";
import type { Store } from "../../store/store.ts";
import type { Command, CommandArguments } from "../command.ts";
import { type CliContext, printJson, show, viewOf } from "../context.ts";
import { renderStatistics } from "../render/statistics-report.ts";
import { parseSince } from "../text/times.ts";
import { resolveDirectory } from "./sessions-list.ts";

const USUAL_SINCE = "30d";
const DAY_MS = 86_400_000;
const USUAL_LIMIT = 10;
/** A refresh that is over sooner needs no word. */
const SAID_FROM = 500;

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
		{ name: "since", value: "WHEN", summary: `First day: 7d, 4w ago, or a date (${USUAL_SINCE})` },
		{ name: "until", value: "WHEN", summary: "Last day: a date, or so long ago (today)" },
		{ name: "project", value: "DIR", summary: "Only sessions in this directory or below it" },
		{ name: "limit", value: "N", summary: `Rows of each list (${USUAL_LIMIT})` },
		{ name: "json", summary: "Print it as JSON" },
	],
	run: async (context, args) => {
		args.atMost(0);
		using store = context.openStore();
		const marks = context.measureMarks();
		refresh(context, store);
		const statistics = readStatistics(
			{
				figures: store.figures,
				marks,
				noModels: context.noModels(),
				limit: args.count("limit") ?? USUAL_LIMIT,
			},
			readRange(context, args, store),
		);
		if (args.has("json")) printJson(context, statistics);
		else await show(context, renderStatistics(statistics, viewOf(context)));
		return 0;
	},
};

/** Measures what changed since the last time; says so where that takes a while. */
function refresh(context: CliContext, store: Store): void {
	const { stderr } = context;
	for (const { done, total } of refreshFigures(store.figures, context.measureMarks()))
		if (stderr.isTerminal && total >= SAID_FROM)
			stderr.write(done === total ? "\r\x1b[K" : `\r\x1b[Kmeasuring sessions: ${done} of ${total}`);
}

/** Whole days: of `7d`, this day and the six before it. */
function readRange(context: CliContext, args: CommandArguments, store: Store): StatisticsRange {
	const now = context.now();
	const from = firstDay(args.text("since") ?? USUAL_SINCE, now);
	const until = args.text("until");
	const to = until === undefined ? dayOf(now) : dayOf(parseSince(until, now));
	const project = args.text("project");
	const days = { from: Math.min(from, to), to };
	if (project === undefined) return days;
	return { ...days, projects: projectsBelow(store.figures, resolveDirectory(context, project)) };
}

function firstDay(since: string, now: number): number {
	const at = parseSince(since, now);
	return /^[\d.]+\s*[dw]$/iu.test(since.trim()) ? dayOf(at + DAY_MS) : dayOf(at);
}
