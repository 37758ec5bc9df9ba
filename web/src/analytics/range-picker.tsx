/** Chooses which days are looked at, and of what. */
import { useQuery } from "@tanstack/react-query";
import { facetsQuery } from "../api/queries.ts";
import { shortPath, withoutTags } from "../text/placeholder.ts";
import { visibleLine } from "../text/visible.ts";
import "../styles/analytics.css";
import { RANGES, type RangeSearch, type Span } from "./range.ts";

interface PickerProps {
	readonly search: RangeSearch;
	readonly span: Span;
	readonly change: (search: RangeSearch) => void;
	readonly facets: readonly PickedFacet[];
}

type PickedFacet = "project" | "model";

export function RangePicker({ search, span, change, facets }: PickerProps) {
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
			{facets.map((facet) => (
				<FacetSelect key={facet} facet={facet} search={search} change={change} />
			))}
		</div>
	);
}

function FacetSelect({
	facet,
	search,
	change,
}: Omit<PickerProps, "span" | "facets"> & { readonly facet: PickedFacet }) {
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
