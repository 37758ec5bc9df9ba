/** Figures over any range, each beside those of the range before; every chart is a table too. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import { settingsQuery } from "../api/queries.ts";
import { Notice } from "../parts/notice.tsx";
import { ActivityPanel } from "./panels/activity.tsx";
import { CachePanel } from "./panels/cache.tsx";
import { CorrectionsPanel } from "./panels/corrections.tsx";
import { HoursPanel } from "./panels/hours.tsx";
import { MaskedPanel } from "./panels/masked.tsx";
import { PermissionsPanel } from "./panels/permissions.tsx";
import { TimePanel } from "./panels/time.tsx";
import { ToolsPanel } from "./panels/tools.tsx";
import { queryOf, type RangeSearch, spanOf } from "./range.ts";
import { RangePicker } from "./range-picker.tsx";
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
				<RangePicker search={search} span={span} change={change} facets={["project", "model"]} />
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
				Figures are counted on the machine where the sessions are kept. What is shown here comes from
				elsewhere; yours are in:
			</p>
			<pre className="command">ctrace web</pre>
		</Notice>
	);
}
