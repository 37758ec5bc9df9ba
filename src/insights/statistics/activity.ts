/** When the work was done. */
import type { DayNumber, FigureRange, FigureStore } from "../../store/figures/figures.ts";
import { dateOf } from "../measure/calendar.ts";
import type { Activity, DayActivity } from "./statistics.ts";
import { tokensOf } from "./totals.ts";

const WEEKDAYS = 7;
const HOURS = 24;

export function readActivity(figures: FigureStore, range: FigureRange): Activity {
	const days = readDays(figures, range);
	const active = days.filter(({ turns }) => turns > 0).length;
	return {
		days,
		hours: readHours(figures, range),
		activeDays: active,
		streak: readStreak(figures, range),
	};
}

/** Every day of the range, also the empty ones. */
export function readDays(figures: FigureStore, range: FigureRange): DayActivity[] {
	const totals = new Map(
		figures
			.sum({ ...range, table: "totals", by: ["day"], pick: ["sessions", "turns"] })
			.map((row) => [row.day, row]),
	);
	const models = new Map(
		figures.sum({ ...range, table: "models", by: ["day"] }).map((row) => [row.day, row]),
	);
	return daysBetween(range.from, range.to).map((day) => ({
		date: dateOf(day),
		sessions: totals.get(day)?.sessions ?? 0,
		turns: totals.get(day)?.turns ?? 0,
		totalTokens: tokensOf(models.get(day)).totalTokens,
		costUsd: models.get(day)?.cost_usd ?? 0,
	}));
}

function daysBetween(from: DayNumber, to: DayNumber): DayNumber[] {
	return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

/** Prompts by weekday (0 is Monday) and hour. */
export function readHours(figures: FigureStore, range: FigureRange): number[][] {
	const table = Array.from({ length: WEEKDAYS }, () => Array.from({ length: HOURS }, () => 0));
	for (const row of figures.sum({ ...range, table: "hours", by: ["weekday", "hour"] })) {
		const hours = table[row.weekday ?? 0];
		const hour = row.hour ?? 0;
		if (hours !== undefined) hours[hour] = (hours[hour] ?? 0) + row.prompts;
	}
	return table;
}

/** Up to the range's last day, from however long before; a day that is not over yet breaks no streak. */
function readStreak(figures: FigureStore, { to, projects }: FigureRange): Activity["streak"] {
	const range = { from: 0, to, ...(projects === undefined ? {} : { projects }) };
	const days = figures
		.sum({ ...range, table: "totals", by: ["day"], pick: ["turns"] })
		.flatMap(({ day, turns }) => (turns > 0 && day !== undefined ? [day] : []));
	let longest = 0;
	let run = 0;
	let last: number | undefined;
	for (const day of days) {
		run = last === day - 1 ? run + 1 : 1;
		longest = Math.max(longest, run);
		last = day;
	}
	return { current: last !== undefined && last >= to - 1 ? run : 0, longest };
}
