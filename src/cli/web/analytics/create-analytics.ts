/** The tables of the page's analytics, from the very functions that `ctrace stats` and the reports use. */
import { readDays, readHours } from "../../../insights/statistics/activity.ts";
import {
	type DayUse,
	readModelsByDay,
	readTimeByDay,
	readUseByDay,
} from "../../../insights/statistics/by-day.ts";
import { readMasked, readTools } from "../../../insights/statistics/lists.ts";
import { readPermissions } from "../../../insights/statistics/permissions.ts";
import { readCorrectedPrompts } from "../../../insights/statistics/prompts.ts";
import type { StatisticsRange, StatisticsSource } from "../../../insights/statistics/statistics.ts";
import { readTime, readTotals } from "../../../insights/statistics/totals.ts";
import type { FigureStore } from "../../../store/figures/figures.ts";
import type { Store } from "../../../store/store.ts";
import type { AnalyticsQuery, Figure } from "../../../web/api/analytics.ts";
import type { WebAnalytics } from "../../../web/web-parts.ts";
import type { CliContext } from "../../context.ts";
import { patternRows } from "../../text/pattern-rows.ts";
import { type FigureName, figuresOf, isOfTime } from "./analytics-figures.ts";
import { type AskedDays, askedDays, momentsOf } from "./analytics-range.ts";
import {
	cacheRows,
	correctionRows,
	dayRows,
	hourRows,
	maskedRows,
	modelRows,
	permissionRows,
	restOf,
	timeRows,
	toolRows,
	useRows,
} from "./analytics-rows.ts";
import type { FigureKeeper } from "./keep-figures.ts";

/** Of tools, permissions and prompts so many are listed. */
const LISTED = 200;
/** A chart tells no more apart. */
const SHOWN_PROJECTS = 8;
/** Of the range before all count that any is compared with. */
const COMPARED = 2000;

type Answer = <Row>(
	query: AnalyticsQuery,
	names: readonly FigureName[],
	rowsOf: (days: AskedDays) => Row[],
) => {
	readonly range: ReturnType<typeof momentsOf>;
	readonly previous: ReturnType<typeof momentsOf>;
	readonly pending: number;
	readonly figures: Figure[];
	readonly rows: Row[];
};

interface Sources {
	readonly context: CliContext;
	readonly store: Store;
	readonly source: StatisticsSource;
	/** The same, with more rows: to compare with. */
	readonly wide: StatisticsSource;
	readonly answer: Answer;
}

export function createAnalytics(context: CliContext, store: Store, keeper: FigureKeeper): WebAnalytics {
	const source: StatisticsSource = {
		figures: store.figures,
		marks: context.measureMarks(),
		noModels: context.noModels(),
		limit: LISTED,
	};
	const sources = {
		context,
		store,
		source,
		wide: { ...source, limit: COMPARED },
		answer: createAnswer(source, keeper),
	};
	return { ...tablesOverTime(sources), ...tablesOfThings(sources) };
}

function createAnswer({ figures }: StatisticsSource, keeper: FigureKeeper): Answer {
	/** Over years each of the two takes tens of milliseconds: only what is told is added up. */
	const numbersOf = (range: StatisticsRange, names: readonly FigureName[]) => ({
		...(names.some((name) => !isOfTime(name)) ? readTotals(figures, range) : {}),
		...(names.some(isOfTime) ? readTime(figures, range) : {}),
	});
	return (query, names, rowsOf) => {
		const pending = keeper.refresh();
		const days = askedDays(query, figures);
		return {
			range: momentsOf(days.range),
			previous: momentsOf(days.before),
			pending,
			figures: figuresOf(names, numbersOf(days.range, names), numbersOf(days.before, names)),
			rows: rowsOf(days),
		};
	};
}

/** By project: the busiest ones, and the rest added up. */
function readUse(figures: FigureStore, range: StatisticsRange, isByProject: boolean): DayUse[] {
	if (!isByProject) return readUseByDay(figures, range, false);
	const busiest = figures
		.sum({
			...range,
			table: "totals",
			by: ["project"],
			pick: ["turns"],
			most: { of: "turns", limit: SHOWN_PROJECTS },
		})
		.flatMap(({ project }) => (project === undefined ? [] : [project]));
	const shown = readUseByDay(figures, { ...range, projects: busiest }, true);
	return [...shown, ...restOf(readUseByDay(figures, range, false), shown)].sort(byDate);
}

/** Dates are figures: no language has an order of its own for them, and asking for it takes most of the time. */
function byDate(one: DayUse, other: DayUse): number {
	if (one.date === other.date) return 0;
	return one.date < other.date ? -1 : 1;
}

function tablesOverTime({
	source,
	answer,
}: Sources): Pick<WebAnalytics, "days" | "hours" | "totals" | "time" | "cache"> {
	const { figures } = source;
	return {
		days: (query) =>
			answer(query, ["sessions", "turns", "totalTokens", "costUsd"], ({ range }) =>
				dayRows(readDays(figures, range), {
					times: readTimeByDay(figures, range),
					models: query.model === undefined ? [] : readModelsByDay(source, range),
					only: query.model,
				}),
			),
		hours: (query) => answer(query, ["prompts"], ({ range }) => hourRows(readHours(figures, range))),
		totals: (query) =>
			answer(query, ["sessions", "turns", "totalTokens", "costUsd"], ({ range }) =>
				query.by === "model" || query.model !== undefined
					? modelRows(readModelsByDay(source, range), { only: query.model, isByModel: query.by === "model" })
					: useRows(readUse(figures, range, query.by === "project")),
			),
		time: (query) =>
			answer(
				query,
				["thinkingMs", "streamingMs", "toolMs", "permissionMs", "userMs", "awayMs", "timedTurns"],
				({ range }) => timeRows(readTimeByDay(figures, range)),
			),
		cache: (query) =>
			answer(query, ["inputTokens", "cacheReadTokens", "cacheWriteTokens", "cacheEfficiency"], ({ range }) =>
				cacheRows(readModelsByDay(source, range), query.model),
			),
	};
}

function tablesOfThings({
	context,
	store,
	source,
	wide,
	answer,
}: Sources): Pick<WebAnalytics, "tools" | "corrections" | "permissions" | "masked"> {
	return {
		tools: (query) =>
			answer(query, ["toolCalls", "toolFailures", "toolMs"], ({ range, before }) =>
				toolRows(readTools(source, range), readTools(wide, before)),
			),
		corrections: (query) =>
			answer(query, ["corrections", "interrupted", "prompts"], ({ range }) =>
				correctionRows(readCorrectedPrompts(source, range), store),
			),
		permissions: (query) =>
			answer(query, ["permissions", "refusals", "permissionMs"], ({ range, before }) =>
				permissionRows(readPermissions(source, range), readPermissions(wide, before)),
			),
		masked: (query) =>
			answer(query, ["masked"], ({ range, before }) =>
				maskedRows(readMasked(source, range), readMasked(wide, before), {
					patterns: patternRows(context.openMasker("strict").rules),
					sessions: source.figures.maskedSessions(range),
				}),
			),
	};
}
