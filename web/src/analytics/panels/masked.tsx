import type { QueryValues } from "../../api/client.ts";
import type { AnalyticsRow } from "../../api/types.ts";
import { formatCount } from "../../text/format.ts";
import { Panel } from "../panel.tsx";
import type { Column } from "../table.tsx";

type Row = AnalyticsRow<"masked">;

const COLUMNS: readonly Column<Row>[] = [
	{ name: "Kind", cell: ({ rule }) => <code>{rule}</code> },
	{ name: "What it is", cell: ({ description }) => description },
	{ name: "Masked", isNumber: true, cell: ({ masked }) => formatCount(masked) },
	{ name: "Sessions", isNumber: true, cell: ({ sessions }) => formatCount(sessions) },
	{ name: "Before", isNumber: true, cell: ({ previousMasked }) => formatCount(previousMasked) },
];

export function MaskedPanel({ query }: { readonly query: QueryValues }) {
	return (
		<Panel
			name="masked"
			title="Secrets masked"
			className="is-wide"
			query={query}
			columns={COLUMNS}
			nothing="Nothing was masked in this range."
			hasSomething={({ masked }) => masked > 0}
		/>
	);
}
