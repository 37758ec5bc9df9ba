/** The days that a person asks about, and figures that are up to date for them. */
import { dayOf } from "../../insights/measure/calendar.ts";
import { refreshFigures } from "../../insights/refresh-figures.ts";
import { projectsBelow, readStatistics } from "../../insights/statistics/read-statistics.ts";
import type { Statistics, StatisticsRange } from "../../insights/statistics/statistics.ts";
import type { Store } from "../../store/store.ts";
import type { CommandArguments, OptionSpec } from "../command.ts";
import { resolveDirectory } from "../commands/sessions-list.ts";
import type { CliContext } from "../context.ts";
import { parseSince } from "../text/times.ts";

const DAY_MS = 86_400_000;
/** A refresh that is over sooner needs no word. */
const SAID_FROM = 500;

export function rangeOptions(usualSince: string): OptionSpec[] {
	return [
		{ name: "since", value: "WHEN", summary: `First day: 7d, 4w ago, or a date (${usualSince})` },
		{ name: "until", value: "WHEN", summary: "Last day: a date, or so long ago (today)" },
		{ name: "project", value: "DIR", summary: "Only sessions in this directory or below it" },
	];
}

/** Measures what changed since the last time; says so where that takes a while. */
export function refresh(context: CliContext, store: Store): void {
	const { stderr } = context;
	for (const { done, total } of refreshFigures(store.figures, context.measureMarks()))
		if (stderr.isTerminal && total >= SAID_FROM)
			stderr.write(done === total ? "\r\x1b[K" : `\r\x1b[Kmeasuring sessions: ${done} of ${total}`);
}

export interface AskedRange extends StatisticsRange {
	/** The directory that was named. */
	readonly cwd?: string;
}

/** First and last day, both counted in. Throws `usage`. */
export function readDays(
	context: CliContext,
	args: CommandArguments,
	usualSince: string,
): { readonly from: number; readonly to: number } {
	const now = context.now();
	const from = firstDay(args.text("since") ?? usualSince, now);
	const until = args.text("until");
	const to = until === undefined ? dayOf(now) : dayOf(parseSince(until, now));
	return { from: Math.min(from, to), to };
}

/** Whole days: of `7d`, this day and the six before it. Throws `usage`. */
export function readRange(
	context: CliContext,
	args: CommandArguments,
	{ store, usualSince }: { readonly store: Store; readonly usualSince: string },
): AskedRange {
	const days = readDays(context, args, usualSince);
	const project = args.text("project");
	if (project === undefined) return days;
	const cwd = resolveDirectory(context, project);
	return { ...days, cwd, projects: projectsBelow(store.figures, cwd) };
}

function firstDay(since: string, now: number): number {
	const at = parseSince(since, now);
	return /^[\d.]+\s*[dw]$/iu.test(since.trim()) ? dayOf(at + DAY_MS) : dayOf(at);
}

export function statisticsOf(
	context: CliContext,
	range: StatisticsRange,
	{ store, limit }: { readonly store: Store; readonly limit: number },
): Statistics {
	return readStatistics(
		{ figures: store.figures, marks: context.measureMarks(), noModels: context.noModels(), limit },
		range,
	);
}
