import { useMemo } from "react";
import type { QueryValues } from "../../api/client.ts";
import type { AnalyticsRow } from "../../api/types.ts";
import { TIME_KINDS } from "../../session/time-bar.tsx";
import { formatDay, formatDuration } from "../../text/format.ts";
import { Chart } from "../chart.tsx";
import { Panel } from "../panel.tsx";
import { stackedBars } from "../setups.ts";
import type { Column } from "../table.tsx";

type Row = AnalyticsRow<"time">;

const COLUMNS: readonly Column<Row>[] = [
	{ name: "Day", cell: ({ day }) => day },
	...TIME_KINDS.map(([field, , name]) => ({
		name,
		isNumber: true,
		cell: (row: Row) => formatDuration(row[field]),
	})),
];

export function TimePanel({ query }: { readonly query: QueryValues }) {
	return (
		<Panel
			name="time"
			title="Where the time goes"
			query={query}
			columns={COLUMNS}
			nothing="No turn of this range was seen in a terminal: only there it shows how long things take."
			hasSomething={(row) => TIME_KINDS.some(([field]) => row[field] > 0)}
			chart={(rows) => <TimeChart rows={rows} />}
		/>
	);
}

function TimeChart({ rows }: { readonly rows: readonly Row[] }) {
	const setup = useMemo(
		() =>
			stackedBars({
				labels: rows.map(({ day }) => formatDay(day)),
				series: TIME_KINDS.map(([field, kind, name]) => ({
					name,
					colour: `--time-${kind}`,
					values: rows.map((row) => row[field]),
				})),
				unit: "ms",
			}),
		[rows],
	);
	return <Chart label="Where the time went, by day" setup={setup} />;
}
