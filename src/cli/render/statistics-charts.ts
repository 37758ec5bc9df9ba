/** The charts of `ctrace stats`. Pure. */
import type { Activity, TimeAnatomy } from "../../insights/statistics/statistics.ts";
import { bar, shade, sparkline, squeeze } from "../text/charts.ts";
import { padEnd, padStart } from "../text/fit.ts";
import { createPaint } from "../text/paint.ts";
import { formatDuration } from "../text/times.ts";
import type { View } from "./view.ts";

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const WIDEST_LINE = 90;
const WIDEST_BAR = 40;
const MARGIN = 24;
/** Two columns an hour where there is room for them. */
const WIDE_FROM = 60;

export function activityLines(activity: Activity, view: View): string[] {
	const paint = createPaint(view.colour);
	const { days, hours, activeDays, streak } = activity;
	const columns = Math.min(WIDEST_LINE, Math.max(10, view.width - MARGIN));
	const turns = squeeze(
		days.map((day) => day.turns),
		columns,
	);
	const step = Math.ceil(days.length / Math.max(1, turns.length));
	const each = step > 1 ? `, ${step} days a column` : "";
	return [
		`${paint("cyan", sparkline(turns))}`,
		`turns by day${each}; ${activeDays} of ${days.length} days, streak ${streak.current} (longest ${streak.longest})`,
		"",
		...heatMap(hours, view),
	];
}

function heatMap(hours: Activity["hours"], view: View): string[] {
	const paint = createPaint(view.colour);
	const most = Math.max(0, ...hours.flat());
	const wide = view.width >= WIDE_FROM ? 2 : 1;
	const head = Array.from({ length: 24 }, (_, hour) => hour)
		.filter((hour) => hour % 6 === 0)
		.map((hour) => padEnd(`${hour}`, 6 * wide))
		.join("");
	return [
		`     ${paint("dim", head.trimEnd())}`,
		...hours.map((row, day) => {
			const cells = row.map((count) => shade(count, most).repeat(wide)).join("");
			return `${WEEKDAYS[day] ?? ""}  ${paint("green", cells)}`;
		}),
	];
}

export function timeLines(time: TimeAnatomy, view: View): string[] {
	if (time.timedTurns === 0) return [];
	const paint = createPaint(view.colour);
	const parts: readonly (readonly [string, number])[] = [
		["Claude thinking", time.thinkingMs],
		["Claude writing", time.streamingMs],
		["tools", time.toolMs],
		["waiting for permission", time.permissionMs],
		["you", time.userMs],
	];
	const total = parts.reduce((sum, [, ms]) => sum + ms, 0);
	const most = Math.max(...parts.map(([, ms]) => ms));
	const width = Math.min(WIDEST_BAR, Math.max(5, view.width - 48));
	const lines = parts.map(([name, ms]) => {
		const share = total === 0 ? "" : `${Math.round((ms / total) * 100)} %`;
		return `${padEnd(name, 22)}  ${padStart(formatDuration(ms), 7)}  ${padStart(share, 5)}  ${paint("cyan", bar(ms, most, width))}`;
	});
	const away = time.awayMs === 0 ? "" : `; away for ${formatDuration(time.awayMs)}, not counted`;
	return [
		...lines,
		paint("dim", `of ${time.timedTurns.toLocaleString("en-US")} turns seen in a terminal${away}`),
	];
}
