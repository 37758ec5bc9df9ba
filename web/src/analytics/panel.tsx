/** One subject: its figures, its chart, the same as a table, and the data to take along. */
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";
import { apiUrl, type QueryValues } from "../api/client.ts";
import { analyticsQuery } from "../api/queries.ts";
import type { AnalyticsAnswer, AnalyticsName, AnalyticsRow } from "../api/types.ts";
import { Failure, Loading } from "../parts/notice.tsx";
import { plural } from "../text/format.ts";
import { Figures } from "./figures.tsx";
import { type Column, Table } from "./table.tsx";

export interface PanelProps<Name extends AnalyticsName> {
	readonly name: Name;
	readonly title: string;
	readonly query: QueryValues;
	readonly columns: readonly Column<AnalyticsRow<Name>>[];
	/** Said where there is nothing. */
	readonly nothing: string;
	readonly className?: string;
	/** Absent: the table is all there is. */
	readonly chart?: (rows: readonly AnalyticsRow<Name>[]) => ReactNode;
	readonly controls?: ReactNode;
	/** Rows without anything in them do not count as something. */
	readonly hasSomething?: (row: AnalyticsRow<Name>) => boolean;
}

export function Panel<Name extends AnalyticsName>(props: PanelProps<Name>) {
	const { name, title, query, className = "", controls } = props;
	const { data, error, isFetching, isPlaceholderData, refetch } = useQuery(analyticsQuery(name, query));
	const titleId = useId();
	return (
		<section
			className={`panel ${className} ${isFetching && isPlaceholderData ? "is-stale" : ""}`}
			aria-labelledby={titleId}
		>
			<header className="panel-head">
				<h2 id={titleId}>{title}</h2>
				{controls}
			</header>
			{error !== null && <Failure error={error} onRetry={() => void refetch()} />}
			{error === null && data === undefined && <Loading what="Counting" />}
			{data !== undefined && error === null && <Filled {...props} answer={data as AnalyticsAnswer<Name>} />}
		</section>
	);
}

function Filled<Name extends AnalyticsName>({
	name,
	title,
	query,
	columns,
	nothing,
	chart,
	hasSomething = () => true,
	answer,
}: PanelProps<Name> & { readonly answer: AnalyticsAnswer<Name> }) {
	const [isTable, setTable] = useState(chart === undefined);
	const rows = answer.rows as readonly AnalyticsRow<Name>[];
	if (!rows.some(hasSomething))
		return (
			<>
				<Pending sessions={answer.pending} />
				<p className="faint panel-nothing">{nothing}</p>
			</>
		);
	return (
		<>
			<Pending sessions={answer.pending} />
			<Figures figures={answer.figures} />
			{isTable ? <Table caption={title} columns={columns} rows={rows} /> : chart?.(rows)}
			<footer className="panel-foot">
				{chart !== undefined && (
					<button
						type="button"
						className="quiet small"
						aria-pressed={isTable}
						onClick={() => setTable(!isTable)}
					>
						{isTable ? "Chart" : "Table"}
					</button>
				)}
				<a className="quiet small" href={apiUrl(`/analytics/${name}`, { ...query, format: "csv" })} download>
					CSV
				</a>
				<a
					className="quiet small"
					href={apiUrl(`/analytics/${name}`, { ...query, format: "json" })}
					download={`ctrace-${name}.json`}
				>
					JSON
				</a>
			</footer>
		</>
	);
}

function Pending({ sessions }: { readonly sessions: number }) {
	if (sessions === 0) return null;
	return (
		<p className="faint" role="status">
			{plural(sessions, "session")} still to be counted…
		</p>
	);
}
