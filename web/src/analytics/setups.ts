/** How the charts are drawn. Pure. */
import type { ChartConfiguration, ScriptableContext } from "chart.js";
// It makes its kind of chart known to the types of Chart.js.
import type {} from "chartjs-chart-matrix";
import type { Figure } from "../api/types.ts";
import type { ChartSetup, Colours } from "./chart.tsx";
import { formatFigure } from "./figures.tsx";

export interface Series {
	readonly name: string;
	readonly colour: string;
	readonly values: readonly number[];
}

interface StackedBars {
	readonly labels: readonly string[];
	readonly series: readonly Series[];
	readonly unit: Figure["unit"];
	readonly isHorizontal?: boolean;
}

const SERIES_COLOURS = 7;

/** The colour of the n-th of several things. */
export function seriesColour(index: number): string {
	return `--series-${index % SERIES_COLOURS}`;
}

export function stackedBars({ labels, series, unit, isHorizontal = false }: StackedBars): ChartSetup {
	const values = { stacked: true, beginAtZero: true, ticks: ticksOf(unit, mostOf(series)) };
	// Each bar at the side has its name.
	const names = { stacked: true, grid: { display: false }, ticks: { autoSkip: !isHorizontal } };
	return (colours: Colours): ChartConfiguration => ({
		type: "bar",
		data: {
			labels: [...labels],
			datasets: series.map(({ name, colour, values: data }) => ({
				label: name,
				data: [...data],
				backgroundColor: colours.of(colour),
				borderRadius: 2,
				barPercentage: 0.92,
				categoryPercentage: 0.92,
				maxBarThickness: 34,
			})),
		},
		options: {
			indexAxis: isHorizontal ? "y" : "x",
			scales: (isHorizontal ? { x: values, y: names } : { x: names, y: values }) as never,
			plugins: {
				legend: { display: series.length > 1 },
				tooltip: {
					filter: ({ raw }) => Number(raw) > 0,
					callbacks: {
						label: ({ dataset, raw }) => ` ${dataset.label}: ${formatFigure(Number(raw), unit)}`,
						footer: (items) =>
							items.length < 2
								? ""
								: `in all ${formatFigure(
										items.reduce((sum, { raw }) => sum + Number(raw), 0),
										unit,
									)}`,
					},
				},
			},
		},
	});
}

const MOST_TICKS = 6;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Steps of a clock: a third of an hour is none. */
const CLOCK_STEPS = [1, 2, 5, 10, 30]
	.map((seconds) => seconds * SECOND)
	.concat([1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE))
	.concat([1, 2, 3, 6, 12, 24, 48, 120, 240].map((hours) => hours * HOUR));

function ticksOf(unit: Figure["unit"], most: number) {
	const callback = (value: number | string) =>
		Number(value) === 0 ? "0" : formatFigure(Number(value), unit);
	if (unit !== "ms") return { callback, maxTicksLimit: MOST_TICKS };
	const stepSize = CLOCK_STEPS.find((step) => most / step <= MOST_TICKS);
	return { callback, ...(stepSize === undefined ? { maxTicksLimit: MOST_TICKS } : { stepSize }) };
}

/** The height of the highest stack. */
function mostOf(series: readonly Series[]): number {
	const sums = (series[0]?.values ?? []).map((_, at) =>
		series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0),
	);
	return Math.max(0, ...sums);
}

interface Lines {
	readonly labels: readonly string[];
	readonly series: readonly {
		readonly name: string;
		readonly colour: string;
		readonly values: readonly (number | null)[];
	}[];
	readonly unit: Figure["unit"];
	readonly max?: number;
}

export function lines({ labels, series, unit, max }: Lines): ChartSetup {
	return (colours) => ({
		type: "line",
		data: {
			labels: [...labels],
			datasets: series.map(({ name, colour, values }) => ({
				label: name,
				data: [...values],
				borderColor: colours.of(colour),
				backgroundColor: colours.of(colour),
				borderWidth: 2,
				pointRadius: values.length > 60 ? 0 : 2,
				spanGaps: true,
				tension: 0.25,
			})),
		},
		options: {
			scales: {
				x: { offset: true, grid: { display: false } },
				y: {
					beginAtZero: true,
					...(max === undefined ? {} : { max }),
					ticks: { callback: (value) => formatFigure(Number(value), unit), maxTicksLimit: 6 },
				},
			},
			plugins: {
				legend: { display: series.length > 1 },
				tooltip: {
					callbacks: { label: ({ dataset, raw }) => ` ${dataset.label}: ${formatFigure(Number(raw), unit)}` },
				},
			},
		},
	});
}

export const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, "0"));

export interface HourCell {
	readonly weekday: number;
	readonly hour: number;
	readonly value: number;
}

interface HeatMap {
	readonly cells: readonly HourCell[];
	readonly unit: Figure["unit"];
	readonly what: string;
}

export function heatMap({ cells, unit, what }: HeatMap): ChartSetup {
	const most = Math.max(1, ...cells.map(({ value }) => value));
	return (colours) => {
		const [full, empty] = [colours.of("--accent"), colours.of("--sunken")];
		// Before the first drawing there is no area yet.
		const size = ({ chart }: ScriptableContext<"matrix">): Partial<typeof chart.chartArea> =>
			chart.chartArea ?? {};
		return {
			type: "matrix",
			data: {
				datasets: [
					{
						label: what,
						data: cells.map(({ weekday, hour, value }) => ({
							x: HOURS[hour] ?? "",
							y: WEEKDAYS[weekday] ?? "",
							v: value,
						})),
						backgroundColor: cells.map(({ value }) =>
							value === 0 ? empty : faded(full, 0.18 + 0.82 * (value / most)),
						),
						borderRadius: 3,
						width: (context) => Math.max(2, (size(context).width ?? 0) / 24 - 2),
						height: (context) => Math.max(2, (size(context).height ?? 0) / 7 - 2),
					},
				],
			},
			options: {
				interaction: { mode: "nearest", intersect: true },
				scales: {
					x: { type: "category", labels: HOURS, offset: true, grid: { display: false } },
					y: {
						type: "category",
						labels: [...WEEKDAYS],
						offset: true,
						reverse: false, // The days from Monday down.
						grid: { display: false },
						ticks: { autoSkip: false },
					},
				},
				plugins: {
					legend: { display: false },
					tooltip: {
						callbacks: {
							title: () => "",
							label: ({ raw }: { readonly raw: unknown }) => {
								const { x, y, v } = raw as { readonly x: string; readonly y: string; readonly v: number };
								return ` ${y}, ${x}–${String((Number(x) + 1) % 24).padStart(2, "0")}: ${formatFigure(v, unit)} ${what}`;
							},
						},
					},
				},
			},
			// One of the kinds that the general type stands for; the compiler does not see that by itself.
		} satisfies ChartConfiguration<"matrix"> as ChartConfiguration;
	};
}

/** `rgb(…)` with an opacity. */
function faded(colour: string, opacity: number): string {
	const numbers = /^rgba?\(([\d.]+),? ([\d.]+),? ([\d.]+)/.exec(colour);
	return numbers === null ? colour : `rgba(${numbers.slice(1, 4).join(", ")}, ${opacity.toFixed(3)})`;
}
