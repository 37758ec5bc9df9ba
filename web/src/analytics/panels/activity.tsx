/** Sessions, turns, tokens and cost over time, by project or model. */
import { useMemo, useState } from "react";
import type { QueryValues } from "../../api/client.ts";
import type { AnalyticsRow, Figure } from "../../api/types.ts";
import { Segments } from "../../parts/segments.tsx";
import { formatCount, formatDay, formatUsd } from "../../text/format.ts";
import { shortPath, withoutTags } from "../../text/placeholder.ts";
import { visibleLine } from "../../text/visible.ts";
import { Chart } from "../chart.tsx";
import { Panel } from "../panel.tsx";
import { type Series, seriesColour, stackedBars } from "../setups.ts";
import type { Column } from "../table.tsx";

type Row = AnalyticsRow<"totals">;
type By = "none" | "project" | "model";

const MEASURES = {
	turns: ["turns", "count", (row: Row) => row.turns],
	sessions: ["sessions", "count", (row: Row) => row.sessions],
	tokens: ["tokens", "tokens", tokensOf],
	cost: ["cost", "usd", (row: Row) => row.costUsd],
} as const satisfies Record<string, readonly [string, Figure["unit"], (row: Row) => number]>;
type Measure = keyof typeof MEASURES;

const OF_MODELS: ReadonlySet<Measure> = new Set(["tokens", "cost"]);
const BY_NAMES = { none: "in all", project: "by project", model: "by model" } as const;
const MOST_SERIES = 6;
/** All projects beyond the busiest, added up by the server already. */
const REST = "*";
/** More bars than these are too thin to see: weeks are drawn then. */
const MOST_BARS = 120;

const COLUMNS: readonly Column<Row>[] = [
	{ name: "Day", cell: ({ day }) => day },
	{ name: "Of", cell: ({ key }) => visibleLine(key) },
	{ name: "Sessions", isNumber: true, cell: ({ sessions }) => formatCount(sessions) },
	{ name: "Turns", isNumber: true, cell: ({ turns }) => formatCount(turns) },
	{ name: "Input", isNumber: true, cell: ({ inputTokens }) => formatCount(inputTokens) },
	{ name: "Output", isNumber: true, cell: ({ outputTokens }) => formatCount(outputTokens) },
	{ name: "Cache read", isNumber: true, cell: ({ cacheReadTokens }) => formatCount(cacheReadTokens) },
	{ name: "Cache written", isNumber: true, cell: ({ cacheWriteTokens }) => formatCount(cacheWriteTokens) },
	{ name: "Cost", isNumber: true, cell: ({ costUsd }) => formatUsd(costUsd) },
];

export function ActivityPanel({ query }: { readonly query: QueryValues }) {
	const [measure, setMeasure] = useState<Measure>("turns");
	const [by, setBy] = useState<By>("project");
	const asked = useMemo(() => ({ ...query, by }), [query, by]);
	// A session has several models, and so has a turn: by model, tokens and cost are known and nothing else.
	const split = (next: By) => {
		setBy(next);
		if (next === "model" && !OF_MODELS.has(measure)) setMeasure("cost");
	};
	const take = (next: Measure) => {
		setMeasure(next);
		if (by === "model" && !OF_MODELS.has(next)) setBy("project");
	};
	return (
		<Panel
			name="totals"
			title="Activity"
			className="is-wide"
			query={asked}
			columns={COLUMNS}
			nothing="No session in this range."
			controls={
				<>
					<Segments label="Measure" value={measure} onChange={take} choices={namesOf(MEASURES)} />
					<Segments label="Split" value={by} onChange={split} choices={BY_NAMES} />
				</>
			}
			chart={(rows) => <ActivityChart rows={rows} measure={measure} query={query} />}
		/>
	);
}

interface ActivityChartProps {
	readonly rows: readonly Row[];
	readonly measure: Measure;
	readonly query: QueryValues;
}

function ActivityChart({ rows, measure, query }: ActivityChartProps) {
	const [name, unit, value] = MEASURES[measure];
	const setup = useMemo(() => {
		const labels = bars(String(query.since), String(query.until), rows);
		return stackedBars({ labels: labels.names, series: seriesOf(rows, labels, value), unit });
	}, [rows, value, unit, query]);
	return <Chart label={`${name} by day`} setup={setup} className="is-tall" />;
}

interface Bars {
	readonly names: readonly string[];
	readonly of: (day: string) => number;
}

function bars(since: string, until: string, rows: readonly Row[]): Bars {
	const days = Math.round((Date.parse(until) - Date.parse(since)) / 86_400_000);
	const first = rows.reduce((least, { day }) => (day < least ? day : least), rows[0]?.day ?? "");
	// The first day of the range is that of the server's clock: it is at most the day of the first row.
	const start = Math.min(
		dayNumber(since.slice(0, 10)) + (since.slice(11, 13) >= "12" ? 1 : 0),
		dayNumber(first),
	);
	const step = days > MOST_BARS ? 7 : 1;
	return {
		names: Array.from({ length: Math.ceil(days / step) }, (_, index) => dayName(start + index * step)),
		of: (day) => Math.floor((dayNumber(day) - start) / step),
	};
}

function seriesOf(rows: readonly Row[], { names, of }: Bars, value: (row: Row) => number): Series[] {
	const sums = new Map<string, { total: number; readonly values: number[] }>();
	for (const row of rows) {
		const known = sums.get(row.key) ?? { total: 0, values: names.map(() => 0) };
		sums.set(row.key, known);
		const amount = value(row);
		const at = of(row.day);
		known.total += amount;
		known.values[at] = (known.values[at] ?? 0) + amount;
	}
	const ordered = [...sums].filter(([key]) => key !== REST).toSorted(([, a], [, b]) => b.total - a.total);
	const shown = ordered.slice(0, MOST_SERIES).map(([key, { values }], index) => ({
		name: key === "" ? (ordered.length === 1 ? "all" : "unknown") : withoutTags(visibleLine(shortPath(key))),
		colour: seriesColour(index),
		values,
	}));
	const summed = sums.get(REST);
	const others = [
		...ordered.slice(MOST_SERIES).map(([, one]) => one),
		...(summed === undefined ? [] : [summed]),
	];
	if (others.length === 0) return shown;
	const values = names.map((_, index) => others.reduce((sum, one) => sum + (one.values[index] ?? 0), 0));
	const name = summed === undefined ? `${others.length} others` : "all others";
	return [...shown, { name, colour: "--series-rest", values }];
}

function tokensOf({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }: Row): number {
	return inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens;
}

function namesOf(measures: typeof MEASURES): Readonly<Record<Measure, string>> {
	return Object.fromEntries(Object.entries(measures).map(([key, [name]]) => [key, name])) as Record<
		Measure,
		string
	>;
}

function dayNumber(day: string): number {
	return Math.round(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
}

function dayName(number: number): string {
	return formatDay(new Date(number * 86_400_000).toISOString().slice(0, 10));
}
