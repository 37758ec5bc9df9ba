/** All sessions: one box to search and narrow, those that run on top, the list below. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { facetsQuery, settingsQuery } from "../api/queries.ts";
import { useShortcuts } from "../app/shortcuts.ts";
import { Notice } from "../parts/notice.tsx";
import { plural } from "../text/format.ts";
import { FacetPanel } from "./facet-panel.tsx";
import { filterOf, isNarrowed, type ListSearch } from "./list-search.ts";
import { LiveSessions } from "./live-sessions.tsx";
import { SearchBox } from "./search-box.tsx";
import { SearchHits } from "./search-hits.tsx";
import { SessionList } from "./session-list.tsx";
import { Totals } from "./totals.tsx";

export type ChangeSearch = (search: ListSearch) => void;

export function SessionsPage() {
	const search = useSearch({ from: "/" });
	const navigate = useNavigate({ from: "/" });
	const { data: settings } = useSuspenseQuery(settingsQuery);
	const { data: facets } = useQuery(facetsQuery(filterOf(search)));
	const [isFiltering, setFiltering] = useState(false);
	const box = useRef<HTMLInputElement>(null);
	useShortcuts({ "/": () => box.current?.focus() });
	useEffect(() => {
		document.title = search.q === undefined ? "Sessions · ctrace" : `${search.q} · ctrace`;
	}, [search.q]);
	const change: ChangeSearch = (next) => void navigate({ search: next, replace: true });

	if (settings.isEmpty && !isNarrowed(search))
		return settings.source === "team" ? <NothingShared /> : <NothingYet />;
	return (
		<div className={`sessions-page ${isFiltering ? "is-filtering" : ""}`}>
			<h1 className="hidden">Sessions</h1>
			<div className="search-row">
				<SearchBox ref={box} searches={settings.searches} search={search} change={change} facets={facets} />
				<button
					type="button"
					className="filter-toggle"
					aria-expanded={isFiltering}
					aria-controls="facets"
					onClick={() => setFiltering(!isFiltering)}
				>
					Filters
				</button>
			</div>
			<FacetPanel facets={facets} search={search} change={change} />
			<section className="results" aria-label="Results">
				{facets !== undefined && <Totals totals={facets.totals} />}
				{search.q === undefined ? (
					<>
						<LiveSessions />
						<SessionList search={search} change={change} />
					</>
				) : (
					<SearchHits q={search.q} search={search} />
				)}
			</section>
		</div>
	);
}

function NothingYet() {
	return (
		<Notice title="No session yet">
			<p>Run Claude Code through ctrace, and its sessions appear here while they happen:</p>
			<pre className="command">ctrace claude</pre>
			<p>Bring in the sessions that Claude Code has kept itself:</p>
			<pre className="command">ctrace import ~/.claude</pre>
			<p>Or look at what ctrace does with a small scripted agent:</p>
			<pre className="command">ctrace demo</pre>
		</Notice>
	);
}

function NothingShared() {
	return (
		<Notice title="Nothing is shared with you yet">
			<p>
				What you and your team send to the project appears here. Your own sessions are private until you share
				them, and they go there with each sync:
			</p>
			<pre className="command">ctrace team share last</pre>
			<pre className="command">ctrace sync</pre>
		</Notice>
	);
}

export function NothingFits({ total }: { readonly total?: number }) {
	return (
		<Notice title="No session fits">
			<p>
				Take a filter away, or search for other words
				{total === undefined ? "" : ` in ${plural(total, "session")}`}.
			</p>
		</Notice>
	);
}
