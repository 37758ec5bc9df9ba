/** All statistics of a range, compared with the range before. */
import type { DayNumber, FigureStore } from "../../store/figures/figures.ts";
import { dateOf } from "../measure/calendar.ts";
import { readActivity } from "./activity.ts";
import { readMasked, readModels, readProjects, readTools } from "./lists.ts";
import { readFiles, readPermissions } from "./permissions.ts";
import { readCorrectedPrompts, readRepeatedPrompts } from "./prompts.ts";
import type { DateRange, Statistics, StatisticsRange, StatisticsSource } from "./statistics.ts";
import { readTime, readTotals } from "./totals.ts";

export function readStatistics(source: StatisticsSource, range: StatisticsRange): Statistics {
	const { figures } = source;
	const before = rangeBefore(range);
	return {
		range: datesOf(range),
		previousRange: datesOf(before),
		totals: readTotals(figures, range),
		previousTotals: readTotals(figures, before),
		time: readTime(figures, range),
		previousTime: readTime(figures, before),
		activity: readActivity(figures, range),
		tools: readTools(source, range),
		models: readModels(source, range),
		projects: readProjects(source, range),
		permissions: readPermissions(source, range),
		files: readFiles(source, range),
		repeatedPrompts: readRepeatedPrompts(source, range),
		correctedPrompts: readCorrectedPrompts(source, range),
		masked: readMasked(source, range),
	};
}

/** The range of the same length that ends the day before. */
export function rangeBefore(range: StatisticsRange): StatisticsRange {
	const length = range.to - range.from + 1;
	return { ...range, from: range.from - length, to: range.from - 1 };
}

export function datesOf({ from, to }: { readonly from: DayNumber; readonly to: DayNumber }): DateRange {
	return { from: dateOf(from), to: dateOf(to) };
}

/** Digests of a directory and of all below it; none known: a range that holds nothing. */
export function projectsBelow(figures: FigureStore, cwd: string): readonly number[] {
	const bare = cwd.length > 1 ? cwd.replace(/\/+$/u, "") : cwd;
	const below = bare === "/" ? "/" : `${bare}/`;
	return figures
		.projects()
		.filter((known) => known.cwd === bare || known.cwd.startsWith(below))
		.map(({ project }) => project);
}
