import { useMemo } from "react";
import type { QueryValues } from "../../api/client.ts";
import type { AnalyticsRow } from "../../api/types.ts";
import { formatCount } from "../../text/format.ts";
import { Chart } from "../chart.tsx";
import { Panel } from "../panel.tsx";
import { heatMap, WEEKDAYS } from "../setups.ts";
import type { Column } from "../table.tsx";

type Row = AnalyticsRow<"hours">;

const COLUMNS: readonly Column<Row>[] = [
	{ name: "Day", cell: ({ weekday }) => WEEKDAYS[weekday] },
	{ name: "Hour", cell: ({ hour }) => `${String(hour).padStart(2, "0")}:00` },
	{ name: "Prompts", isNumber: true, cell: ({ turns }) => formatCount(turns) },
];

export function HoursPanel({ query }: { readonly query: QueryValues }) {
	return (
		<Panel
			name="hours"
			title="When you work"
			query={query}
			columns={COLUMNS}
			nothing="No turn in this range."
			hasSomething={({ turns }) => turns > 0}
			chart={(rows) => <HoursChart rows={rows} />}
		/>
	);
}

function HoursChart({ rows }: { readonly rows: readonly Row[] }) {
	const setup = useMemo(() => {
		const cells = rows.map(({ weekday, hour, turns }) => ({ weekday, hour, value: turns }));
		return heatMap({ cells, unit: "count", what: "prompts" });
	}, [rows]);
	return <Chart label="Prompts by weekday and hour" setup={setup} className="is-heat" />;
}
