import { useMemo } from "react";
import type { QueryValues } from "../../api/client.ts";
import type { AnalyticsRow } from "../../api/types.ts";
import { formatCount, formatDuration, formatShare } from "../../text/format.ts";
import { visibleLine } from "../../text/visible.ts";
import { Chart } from "../chart.tsx";
import { changeText } from "../figures.tsx";
import { Panel } from "../panel.tsx";
import { stackedBars } from "../setups.ts";
import type { Column } from "../table.tsx";

type Row = AnalyticsRow<"tools">;
const MOST_SHOWN = 10;

const COLUMNS: readonly Column<Row>[] = [
	{ name: "Tool", cell: ({ name }) => visibleLine(name) },
	{ name: "Calls", isNumber: true, cell: ({ uses }) => formatCount(uses) },
	{
		name: "Before",
		isNumber: true,
		cell: ({ uses, previousUses }) => changeText(uses, previousUses, "count"),
	},
	{ name: "Failed", isNumber: true, cell: ({ uses, errors }) => rate(errors, uses) },
	{ name: "Refused", isNumber: true, cell: ({ uses, rejected }) => rate(rejected, uses) },
	{ name: "Interrupted", isNumber: true, cell: ({ uses, interrupted }) => rate(interrupted, uses) },
	{ name: "Time", isNumber: true, cell: ({ totalMs }) => formatDuration(totalMs) },
	{ name: "Mean", isNumber: true, cell: ({ meanMs }) => known(meanMs) },
];

export function ToolsPanel({ query }: { readonly query: QueryValues }) {
	return (
		<Panel
			name="tools"
			title="Tools"
			query={query}
			columns={COLUMNS}
			nothing="No tool was called in this range."
			hasSomething={({ uses }) => uses > 0}
			chart={(rows) => <ToolsChart rows={rows} />}
		/>
	);
}

function ToolsChart({ rows }: { readonly rows: readonly Row[] }) {
	const setup = useMemo(() => {
		const most = rows.toSorted((a, b) => b.uses - a.uses).slice(0, MOST_SHOWN);
		return stackedBars({
			labels: most.map(({ name }) => visibleLine(name).slice(0, 24)),
			series: [
				{
					name: "done",
					colour: "--series-1",
					values: most.map(
						({ uses, errors, rejected, interrupted }) => uses - errors - rejected - interrupted,
					),
				},
				{ name: "failed", colour: "--bad", values: most.map(({ errors }) => errors) },
				{ name: "refused", colour: "--series-4", values: most.map(({ rejected }) => rejected) },
				{ name: "interrupted", colour: "--series-rest", values: most.map(({ interrupted }) => interrupted) },
			],
			unit: "count",
			isHorizontal: true,
		});
	}, [rows]);
	return <Chart label="Calls by tool" setup={setup} />;
}

function rate(part: number, whole: number): string {
	return part === 0 ? "–" : `${formatCount(part)} (${formatShare(part / Math.max(1, whole))})`;
}

function known(ms: number | undefined): string {
	return ms === undefined ? "–" : formatDuration(ms);
}
