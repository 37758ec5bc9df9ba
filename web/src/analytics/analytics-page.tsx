/** Figures over any range, each beside those of the range before; every chart is a table too. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { facetsQuery, settingsQuery } from "../api/queries.ts";
import { Notice } from "../parts/notice.tsx";
import { shortPath, withoutTags } from "../text/placeholder.ts";
import { visibleLine } from "../text/visible.ts";
import { ActivityPanel } from "./panels/activity.tsx";
import { CachePanel } from "./panels/cache.tsx";
import { CorrectionsPanel } from "./panels/corrections.tsx";
import { HoursPanel } from "./panels/hours.tsx";
import { MaskedPanel } from "./panels/masked.tsx";
import { PermissionsPanel } from "./panels/permissions.tsx";
import { TimePanel } from "./panels/time.tsx";
import { ToolsPanel } from "./panels/tools.tsx";
import { queryOf, RANGES, type RangeSearch, type Span, spanOf } from "./range.ts";
import "../styles/analytics.css";

export function AnalyticsPage() {
	const { data: settings } = useSuspenseQuery(settingsQuery);
	const search = useSearch({ from: "/analytics" });
	const navigate = useNavigate({ from: "/analytics" });
	useEffect(() => {
		document.title = "Analytics · ctrace";
	}, []);
	const { timeZone } = settings;
	const span = spanOf(search, timeZone, Date.now());
	const { first, last } = span;
	const query = useMemo(() => queryOf(search, { first, last }, timeZone), [search, first, last, timeZone]);
	const change = (next: RangeSearch) => void navigate({ search: next, replace: true });
	if (!settings.can.analytics) return <NotThere />;
	return (
		<div className="page analytics-page">
			<header className="page-head">
				<h1>Analytics</h1>
				<RangePicker search={search} span={span} change={change} />
			</header>
			<div className="panels">
				<ActivityPanel query={query} />
				<HoursPanel query={query} />
				<TimePanel query={query} />
				<ToolsPanel query={query} />
				<CachePanel query={query} />
				<PermissionsPanel query={query} />
				<CorrectionsPanel query={query} />
				<MaskedPanel query={query} />
			</div>
			<p className="faint">
				Each figure stands beside that of the range of the same length before. Cost is by list prices. A model
				narrows tokens and cost alone. Days are those of {timeZone}.
			</p>
		</div>
	);
}

function NotThere() {
	return (
		<Notice title="No figures here">
			<p>
				What is shown here comes without statistics. In the terminal, tokens and cost by day, project and
				model are:
			</p>
			<pre className="command">ctrace usage</pre>
		</Notice>
	);
}

interface PickerProps {
	readonly search: RangeSearch;
	readonly span: Span;
	readonly change: (search: RangeSearch) => void;
}

function RangePicker({ search, span, change }: PickerProps) {
	const { since: _since, until: _until, days, ...others } = search;
	const isSpan = search.since !== undefined;
	const toSpan = (next: Span) => {
		if (next.first <= next.last) change({ ...others, since: next.first, until: next.last });
	};
	return (
		<div className="range-picker">
			<div className="segments" role="group" aria-label="Range">
				{RANGES.map(([length, name]) => (
					<button
						key={length}
						type="button"
						aria-pressed={!isSpan && (days ?? 30) === length}
						onClick={() => change({ ...others, days: length })}
					>
						{name}
					</button>
				))}
			</div>
			<label>
				<span className="hidden">First day</span>
				<input
					type="date"
					value={span.first}
					max={span.last}
					onChange={({ target }) => toSpan({ ...span, first: target.value })}
				/>
			</label>
			<span aria-hidden="true">–</span>
			<label>
				<span className="hidden">Last day</span>
				<input
					type="date"
					value={span.last}
					min={span.first}
					onChange={({ target }) => toSpan({ ...span, last: target.value })}
				/>
			</label>
			<FacetSelect facet="project" search={search} change={change} />
			<FacetSelect facet="model" search={search} change={change} />
		</div>
	);
}

function FacetSelect({
	facet,
	search,
	change,
}: Omit<PickerProps, "span"> & { readonly facet: "project" | "model" }) {
	const { data } = useQuery(facetsQuery({}));
	const values = (data?.facets[facet]?.values ?? []).filter(({ value }) => value !== "");
	const set = (value: string) => {
		const { [facet]: _, ...others } = search;
		change(value === "" ? others : { ...others, [facet]: value });
	};
	return (
		<select aria-label={facet} value={search[facet] ?? ""} onChange={({ target }) => set(target.value)}>
			<option value="">all {facet}s</option>
			{values.map(({ value }) => (
				<option key={value} value={value}>
					{withoutTags(visibleLine(facet === "project" ? shortPath(value) : value))}
				</option>
			))}
		</select>
	);
}
