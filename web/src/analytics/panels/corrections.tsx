import { Link } from "@tanstack/react-router";
import type { QueryValues } from "../../api/client.ts";
import type { AnalyticsRow } from "../../api/types.ts";
import { Plain } from "../../parts/plain.tsx";
import { formatCount, formatWhen } from "../../text/format.ts";
import { shortPath } from "../../text/placeholder.ts";
import { visibleLine } from "../../text/visible.ts";
import { Panel } from "../panel.tsx";
import type { Column } from "../table.tsx";

type Row = AnalyticsRow<"corrections">;

const COLUMNS: readonly Column<Row>[] = [
	{
		name: "Prompt",
		cell: ({ sessionId, turn, prompt }) => (
			<Link to="/sessions/$id" params={{ id: sessionId }} hash={`turn-${turn}`} className="cell-prompt">
				<Plain text={visibleLine(prompt)} />
			</Link>
		),
	},
	{ name: "Corrections", isNumber: true, cell: ({ corrections }) => formatCount(corrections) },
	{ name: "Where", cell: ({ cwd }) => <Plain text={shortPath(cwd)} /> },
	{ name: "When", cell: ({ at }) => formatWhen(at, Date.now()) },
];

export function CorrectionsPanel({ query }: { readonly query: QueryValues }) {
	return (
		<Panel
			name="corrections"
			title="Prompts that took corrections"
			className="is-wide"
			query={query}
			columns={COLUMNS}
			nothing="No prompt of this range took more than one correction."
		/>
	);
}
