/** The days that are asked about, and those before them. */
import { dateOf, dayOf } from "../../../insights/measure/calendar.ts";
import { projectsBelow, rangeBefore } from "../../../insights/statistics/read-statistics.ts";
import type { StatisticsRange } from "../../../insights/statistics/statistics.ts";
import type { FigureStore } from "../../../store/figures/figures.ts";

export interface AskedDays {
	readonly range: StatisticsRange;
	readonly before: StatisticsRange;
}

export interface AskedMoments {
	readonly since: string;
	/** Exclusive. */
	readonly until: string;
	readonly project?: readonly string[] | undefined;
}

/** Whole days of this machine's calendar: the one in which `since` lies to the one in which the last moment does. */
export function askedDays(query: AskedMoments, figures: FigureStore): AskedDays {
	const days = { from: dayOf(Date.parse(query.since)), to: dayOf(Date.parse(query.until) - 1) };
	const directories = query.project ?? [];
	const projects = directories.flatMap((directory) => projectsBelow(figures, directory));
	const range = directories.length === 0 ? days : { ...days, projects: [...new Set(projects)] };
	return { range, before: rangeBefore(range) };
}

/** From the first day's midnight up to the midnight after the last one. */
export function momentsOf({ from, to }: StatisticsRange): { readonly since: string; readonly until: string } {
	return { since: midnight(from), until: midnight(to + 1) };
}

function midnight(day: number): string {
	const [year = 0, month = 1, date = 1] = dateOf(day).split("-").map(Number);
	return new Date(year, month - 1, date).toISOString();
}
