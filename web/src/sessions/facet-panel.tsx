/** What the sessions have in common, with how many they are. */
import { useState } from "react";
import type { Facet, FacetsAnswer } from "../api/types.ts";
import { Plain } from "../parts/plain.tsx";
import { formatCompact } from "../text/format.ts";
import { shortPath } from "../text/placeholder.ts";
import { FACET_NAMES, FACETS, facetValueName, type ListSearch, toggled } from "./list-search.ts";
import type { ChangeSearch } from "./sessions-page.tsx";

const FEW = 6;

interface PanelProps {
	readonly facets: FacetsAnswer | undefined;
	readonly search: ListSearch;
	readonly change: ChangeSearch;
}

export function FacetPanel({ facets, search, change }: PanelProps) {
	return (
		<aside id="facets" className="facets" aria-label="Filters">
			<Days search={search} change={change} />
			{FACETS.map((facet) => (
				<FacetGroup key={facet} facet={facet} facets={facets} search={search} change={change} />
			))}
		</aside>
	);
}

function FacetGroup({ facet, facets, search, change }: PanelProps & { readonly facet: Facet }) {
	const [isWhole, setWhole] = useState(false);
	const known = facets?.facets[facet];
	const chosen = search[facet] ?? [];
	const values = known?.values ?? [];
	if (values.length < 2 && chosen.length === 0) return null;
	// What is chosen stays in sight, however seldom it is.
	const shown = isWhole ? values : values.filter(({ value }, index) => index < FEW || chosen.includes(value));
	const hidden = values.length - shown.length;
	return (
		<fieldset className="facet">
			<legend>{FACET_NAMES[facet]}</legend>
			{shown.map(({ value, sessions }) => (
				<label key={value} title={facetValueName(value)}>
					<input
						type="checkbox"
						checked={chosen.includes(value)}
						onChange={() => change(toggled(search, facet, value))}
					/>
					<span className="facet-value">
						<Plain text={facet === "project" ? shortPath(facetValueName(value)) : facetValueName(value)} />
					</span>
					<span className="facet-count">{formatCompact(sessions)}</span>
				</label>
			))}
			{hidden > 0 && (
				<button type="button" className="quiet small" onClick={() => setWhole(true)}>
					{hidden} more
				</button>
			)}
			{isWhole && (known?.more ?? 0) > 0 && (
				<p className="faint">and {known?.more} others: search for them</p>
			)}
		</fieldset>
	);
}

function Days({ search, change }: Pick<PanelProps, "search" | "change">) {
	const set = (name: "since" | "until", value: string) => {
		const { [name]: _, ...others } = search;
		change(value === "" ? others : { ...others, [name]: value });
	};
	return (
		<fieldset className="facet facet-days">
			<legend>Started</legend>
			<label>
				<span>from</span>
				<input type="date" value={search.since ?? ""} onChange={({ target }) => set("since", target.value)} />
			</label>
			<label>
				<span>to</span>
				<input type="date" value={search.until ?? ""} onChange={({ target }) => set("until", target.value)} />
			</label>
		</fieldset>
	);
}
