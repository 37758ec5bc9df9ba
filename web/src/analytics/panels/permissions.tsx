import type { QueryValues } from "../../api/client.ts";
import type { AnalyticsRow } from "../../api/types.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import { Plain } from "../../parts/plain.tsx";
import { formatCount, formatDuration } from "../../text/format.ts";
import { visibleLine } from "../../text/visible.ts";
import { Panel } from "../panel.tsx";
import type { Column } from "../table.tsx";

type Row = AnalyticsRow<"permissions">;

const COLUMNS: readonly Column<Row>[] = [
	{
		name: "Asked about",
		cell: ({ tool, subject }) => (
			<>
				{visibleLine(tool)}{" "}
				<code>
					<Plain text={visibleLine(subject)} />
				</code>
			</>
		),
	},
	{ name: "Asked", isNumber: true, cell: ({ asked }) => formatCount(asked) },
	{ name: "Before", isNumber: true, cell: ({ previousAsked }) => formatCount(previousAsked) },
	{ name: "Allowed", isNumber: true, cell: ({ allowed }) => formatCount(allowed) },
	{ name: "Refused", isNumber: true, cell: ({ refused }) => formatCount(refused) },
	{ name: "Waited", isNumber: true, cell: ({ waitedMs }) => formatDuration(waitedMs) },
	{
		name: "Allow rule",
		cell: ({ rule }) =>
			rule === undefined ? null : (
				<span className="rule">
					<code>{visibleLine(rule)}</code> <CopyButton text={visibleLine(rule)} label="copy" />
				</span>
			),
	},
];

export function PermissionsPanel({ query }: { readonly query: QueryValues }) {
	return (
		<Panel
			name="permissions"
			title="Permissions"
			className="is-wide"
			query={query}
			columns={COLUMNS}
			nothing="No permission was asked for in this range, or no terminal was seen."
			hasSomething={({ asked }) => asked > 0}
		/>
	);
}
