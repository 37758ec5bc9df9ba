/** The last week that is over, on the calendar of this machine. Pure. */
import { dateOf, dayOf } from "../../insights/measure/calendar.ts";

export interface Week {
	/** `2026-W47`, as ISO 8601 counts them: a week belongs to the year of its Thursday. */
	readonly name: string;
	/** Monday and Sunday, as `2026-11-16`. */
	readonly from: string;
	readonly to: string;
}

const WEEK_DAYS = 7;
/** Day 0, the 1st of January 1970, was a Thursday. */
const FIRST_WEEKDAY = 3;

export function lastWeek(now: number): Week {
	const today = dayOf(now);
	const monday = today - ((today + FIRST_WEEKDAY) % WEEK_DAYS) - WEEK_DAYS;
	const thursday = monday + FIRST_WEEKDAY;
	const year = dateOf(thursday).slice(0, 4);
	const newYear = Date.parse(`${year}-01-01T00:00:00Z`) / (24 * 60 * 60 * 1000);
	const week = Math.floor((thursday - newYear) / WEEK_DAYS) + 1;
	return {
		name: `${year}-W${String(week).padStart(2, "0")}`,
		from: dateOf(monday),
		to: dateOf(monday + WEEK_DAYS - 1),
	};
}
