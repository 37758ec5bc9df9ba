/** Charts as SVG that stands in a page: no script, no request, colours that suit paper and screen. Pure. */
import type { Activity, TimeAnatomy } from "../../insights/statistics/statistics.ts";
import { escapeHtml } from "./markdown-inline.ts";

const WIDTH = 720;
const BARS_HEIGHT = 120;
const CELL = 22;
const LABEL_WIDTH = 40;
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const STRIP_HEIGHT = 28;

/** One bar a day, its height the turns. */
export function turnsChart({ days }: Activity): string {
	const most = Math.max(1, ...days.map(({ turns }) => turns));
	const step = WIDTH / Math.max(1, days.length);
	const bars = days.map(({ date, turns }, index) => {
		const height = (turns / most) * BARS_HEIGHT;
		const [x, y] = [index * step, BARS_HEIGHT - height];
		return `<rect class="bar" x="${fixed(x)}" y="${fixed(y)}" width="${fixed(Math.max(1, step - 1))}" height="${fixed(height)}"><title>${date}: ${turns}</title></rect>`;
	});
	const [first, last] = [days[0]?.date ?? "", days.at(-1)?.date ?? ""];
	return svg({ width: WIDTH, height: BARS_HEIGHT + 18, label: "Turns by day" }, [
		...bars,
		`<text x="0" y="${BARS_HEIGHT + 14}">${first}</text>`,
		`<text x="${WIDTH}" y="${BARS_HEIGHT + 14}" text-anchor="end">${last}, at most ${most}</text>`,
	]);
}

/** Weekdays down, hours across; the darker, the more prompts. */
export function hoursChart({ hours }: Activity): string {
	const most = Math.max(1, ...hours.flat());
	const cells = hours.flatMap((row, day) =>
		row.map((count, hour) => {
			const opacity = count === 0 ? 0.06 : 0.2 + 0.8 * (count / most);
			return `<rect class="bar" opacity="${fixed(opacity)}" x="${LABEL_WIDTH + hour * CELL}" y="${day * CELL}" width="${CELL - 2}" height="${CELL - 2}"><title>${WEEKDAYS[day] ?? ""} ${hour}:00: ${count}</title></rect>`;
		}),
	);
	const names = WEEKDAYS.map((name, day) => `<text x="0" y="${day * CELL + 15}">${name}</text>`);
	const height = WEEKDAYS.length * CELL;
	const clock = [0, 6, 12, 18].map(
		(hour) => `<text x="${LABEL_WIDTH + hour * CELL}" y="${height + 14}">${hour}:00</text>`,
	);
	return svg({ width: LABEL_WIDTH + 24 * CELL, height: height + 18, label: "Prompts by weekday and hour" }, [
		...cells,
		...names,
		...clock,
	]);
}

export function timeParts(time: TimeAnatomy): readonly (readonly [name: string, ms: number])[] {
	return [
		["Claude thinking", time.thinkingMs],
		["Claude writing", time.streamingMs],
		["tools", time.toolMs],
		["waiting for permission", time.permissionMs],
		["you", time.userMs],
	];
}

/** One strip of the whole time, a part for each. */
export function timeChart(time: TimeAnatomy): string {
	const parts = timeParts(time);
	const total = parts.reduce((sum, [, ms]) => sum + ms, 0);
	if (total === 0) return "";
	let x = 0;
	const strip = parts.map(([name, ms], index) => {
		const width = (ms / total) * WIDTH;
		const rect = `<rect class="part${index}" x="${fixed(x)}" y="0" width="${fixed(width)}" height="${STRIP_HEIGHT}"><title>${escapeHtml(name)}: ${Math.round((ms / total) * 100)} %</title></rect>`;
		x += width;
		return rect;
	});
	return svg({ width: WIDTH, height: STRIP_HEIGHT, label: "Where the time went" }, strip);
}

function svg(
	{ width, height, label }: { readonly width: number; readonly height: number; readonly label: string },
	parts: readonly string[],
): string {
	return `<svg role="img" aria-label="${escapeHtml(label)}" viewBox="0 0 ${width} ${height}" width="${width}" xmlns="http://www.w3.org/2000/svg">${parts.join("")}</svg>`;
}

function fixed(value: number): string {
	return String(Math.round(value * 100) / 100);
}
