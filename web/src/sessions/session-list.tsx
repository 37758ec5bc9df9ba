/** The list, however long: rows are made for what is seen, and asked for by the hundred. */
import { useQueries, useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import type { QueryValues } from "../api/client.ts";
import { LIST_PAGE, listPageQuery } from "../api/queries.ts";
import type { SessionSummary, Sort } from "../api/types.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { Failure, Loading } from "../parts/notice.tsx";
import { useMedia } from "../parts/use-media.ts";
import { useNow } from "../parts/use-now.ts";
import { filterOf, type ListSearch, orderOf } from "./list-search.ts";
import { SessionRow } from "./session-row.tsx";
import { type ChangeSearch, NothingFits } from "./sessions-page.tsx";

const WIDE_ROW_PX = 52;
const NARROW_ROW_PX = 84;
const OVERSCAN = 12;

export interface ListProps {
	readonly search: ListSearch;
	readonly change: ChangeSearch;
}

export function SessionList({ search, change }: ListProps) {
	const filter = useMemo(() => ({ ...filterOf(search), ...orderOf(search) }), [search]);
	const first = useQuery(listPageQuery(filter, 0));
	if (first.error !== null) return <Failure error={first.error} onRetry={() => void first.refetch()} />;
	if (first.data === undefined) return <Loading what="Reading the sessions" />;
	if (first.data.total === 0) return <NothingFits />;
	return <Rows filter={filter} total={first.data.total} search={search} change={change} />;
}

function Rows({
	filter,
	total,
	search,
	change,
}: ListProps & { readonly filter: QueryValues; readonly total: number }) {
	const scroller = useRef<HTMLDivElement>(null);
	const isNarrow = useMedia("(max-width: 760px)");
	const now = useNow(30_000);
	const rows = useVirtualizer({
		count: total,
		getScrollElement: () => scroller.current,
		estimateSize: () => (isNarrow ? NARROW_ROW_PX : WIDE_ROW_PX),
		overscan: OVERSCAN,
	});
	useEffect(() => {
		void isNarrow;
		rows.measure();
	}, [rows, isNarrow]);
	const shown = rows.getVirtualItems();
	const sessionAt = useSessions(filter, shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0);
	const toRow = useRowFocus(scroller, total, (index) => rows.scrollToIndex(index, { align: "auto" }));
	useShortcuts({ j: () => toRow(1), k: () => toRow(-1) });
	return (
		<div className="session-table" role="table" aria-label="Sessions" aria-rowcount={total + 1}>
			<ListHead search={search} change={change} />
			<div className="session-scroll" ref={scroller} tabIndex={0} role="rowgroup">
				<div className="session-rows" role="presentation" style={{ height: rows.getTotalSize() }}>
					{shown.map(({ index, start, size }) => (
						<SessionRow
							key={index}
							index={index}
							top={start}
							height={size}
							session={sessionAt(index)}
							now={now}
						/>
					))}
				</div>
			</div>
		</div>
	);
}

/** The rows between two indices, as far as they have come. */
function useSessions(filter: QueryValues, first: number, last: number) {
	const from = Math.floor(first / LIST_PAGE);
	const to = Math.floor(last / LIST_PAGE);
	const pages = Array.from({ length: to - from + 1 }, (_, index) => from + index);
	const answers = useQueries({ queries: pages.map((page) => listPageQuery(filter, page)) });
	return (index: number): SessionSummary | undefined =>
		answers[Math.floor(index / LIST_PAGE) - from]?.data?.sessions[index % LIST_PAGE];
}

/** Moves the focus by rows. A row far away must be made first: it is focused once it is there. */
function useRowFocus(
	scroller: { readonly current: HTMLElement | null },
	total: number,
	show: (index: number) => void,
) {
	const [wanted, setWanted] = useState<number>();
	useEffect(() => {
		if (wanted === undefined) return;
		const link = linkOf(scroller.current, wanted);
		if (link === undefined) return;
		link.focus({ preventScroll: true });
		setWanted(undefined);
	});
	return (by: number) => {
		const row = document.activeElement?.closest<HTMLElement>("[data-row]");
		const at = row === null || row === undefined ? undefined : Number(row.dataset.row);
		const next = at === undefined ? 0 : Math.min(total - 1, Math.max(0, at + by));
		show(next);
		setWanted(next);
	};
}

function linkOf(scroller: HTMLElement | null, index: number): HTMLElement | undefined {
	return scroller?.querySelector<HTMLElement>(`[data-row="${index}"] a`) ?? undefined;
}

const COLUMNS: readonly (readonly [string, Sort | undefined, string])[] = [
	["Session", undefined, "title"],
	["Started", "startedAt", "started"],
	["Length", "durationMs", "length"],
	["Turns", "turns", "turns"],
	["Tools", "tools", "tools"],
	["Tokens", "tokens", "tokens"],
	["Cost", "costUsd", "cost"],
	["Masked", "masked", "masked"],
];

function ListHead({ search, change }: ListProps) {
	return (
		<div role="rowgroup" className="session-head">
			<div role="row" tabIndex={-1} aria-rowindex={1}>
				{COLUMNS.map(([name, sort, column]) =>
					sort === undefined ? (
						<div key={column} role="columnheader" tabIndex={-1} className={`col-${column}`}>
							{name}
						</div>
					) : (
						<SortHead key={column} name={name} sort={sort} column={column} search={search} change={change} />
					),
				)}
			</div>
		</div>
	);
}

interface SortHeadProps extends ListProps {
	readonly name: string;
	readonly sort: Sort;
	readonly column: string;
}

function SortHead({ name, sort, column, search, change }: SortHeadProps) {
	const isSorted = sort === (search.sort ?? "startedAt");
	const [direction, sign] =
		search.order === "asc" ? (["ascending", " ↑"] as const) : (["descending", " ↓"] as const);
	return (
		<div
			role="columnheader"
			tabIndex={-1}
			className={`col-${column}`}
			aria-sort={isSorted ? direction : undefined}
		>
			<button
				type="button"
				className={`sort ${isSorted ? "is-sorted" : ""}`}
				onClick={() => change(resorted(search, sort))}
			>
				{name}
				{isSorted && <span aria-hidden="true">{sign}</span>}
			</button>
		</div>
	);
}

function resorted(search: ListSearch, sort: Sort): ListSearch {
	const { order, sort: before, ...others } = search;
	const isSame = sort === (before ?? "startedAt");
	return {
		...others,
		...(sort === "startedAt" ? {} : { sort }),
		...(isSame && order !== "asc" ? { order: "asc" as const } : {}),
	};
}
