import { useMemo } from "react";
import type { QueryValues } from "../../api/client.ts";
import type { AnalyticsRow } from "../../api/types.ts";
import { formatCount, formatDay, formatShare } from "../../text/format.ts";
import { visibleLine } from "../../text/visible.ts";
import { Chart } from "../chart.tsx";
import { Panel } from "../panel.tsx";
import { lines, seriesColour } from "../setups.ts";
import type { Column } from "../table.tsx";

type Row = AnalyticsRow<"cache">;

const COLUMNS: readonly Column<Row>[] = [
	{ name: "Day", cell: ({ day }) => day },
	{ name: "Model", cell: ({ model }) => visibleLine(model) },
	{ name: "From the cache", isNumber: true, cell: ({ hitShare }) => formatShare(hitShare) },
	{ name: "Input", isNumber: true, cell: ({ inputTokens }) => formatCount(inputTokens) },
	{ name: "Cache read", isNumber: true, cell: ({ cacheReadTokens }) => formatCount(cacheReadTokens) },
	{ name: "Cache written", isNumber: true, cell: ({ cacheWriteTokens }) => formatCount(cacheWriteTokens) },
];

export function CachePanel({ query }: { readonly query: QueryValues }) {
	return (
		<Panel
			name="cache"
			title="From the cache"
			query={query}
			columns={COLUMNS}
			nothing="No response in this range."
			chart={(rows) => <CacheChart rows={rows} />}
		/>
	);
}

function CacheChart({ rows }: { readonly rows: readonly Row[] }) {
	const setup = useMemo(() => {
		const days = [...new Set(rows.map(({ day }) => day))].toSorted();
		const models = [...new Set(rows.map(({ model }) => model))];
		const shares = new Map(rows.map(({ day, model, hitShare }) => [`${day} ${model}`, hitShare]));
		return lines({
			labels: days.map((day) => formatDay(day)),
			series: models.map((model, index) => ({
				name: visibleLine(model === "" ? "unknown" : model),
				colour: seriesColour(index),
				values: days.map((day) => shares.get(`${day} ${model}`) ?? null),
			})),
			unit: "share",
			max: 1,
		});
	}, [rows]);
	return <Chart label="Share of input tokens read from the cache, by day and model" setup={setup} />;
}
