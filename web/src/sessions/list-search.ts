/** What narrows and orders the list, as the address has it. Pure. */
import type { QueryValues } from "../api/client.ts";
import type { Facet, Sort } from "../api/types.ts";

export const FACET_NAMES: Readonly<Record<Facet, string>> = {
	status: "Status",
	project: "Project",
	branch: "Branch",
	model: "Model",
	agentVersion: "Version",
	agent: "Program",
};
export const FACETS = Object.keys(FACET_NAMES) as readonly Facet[];

const SORTS: readonly Sort[] = ["startedAt", "durationMs", "turns", "tools", "tokens", "costUsd", "masked"];

export interface ListSearch {
	readonly q?: string;
	readonly project?: readonly string[];
	readonly branch?: readonly string[];
	readonly agent?: readonly string[];
	readonly agentVersion?: readonly string[];
	readonly status?: readonly string[];
	readonly model?: readonly string[];
	/** Days, `2026-11-25`. `until` is the last day that counts. */
	readonly since?: string;
	readonly until?: string;
	readonly sort?: Sort;
	readonly order?: "asc";
}

export function readListSearch(given: Readonly<Record<string, unknown>>): ListSearch {
	const q = textOf(given.q);
	const since = dayOf(given.since);
	const until = dayOf(given.until);
	const sort = SORTS.find((one) => one === given.sort);
	const facets = FACETS.flatMap((name) => {
		const values = listOf(given[name]);
		return values.length === 0 ? [] : [[name, values]];
	});
	return {
		...(q === undefined ? {} : { q }),
		...Object.fromEntries(facets),
		...(since === undefined ? {} : { since }),
		...(until === undefined ? {} : { until }),
		...(sort === undefined || sort === "startedAt" ? {} : { sort }),
		...(given.order === "asc" ? { order: "asc" } : {}),
	};
}

/** What the server narrows by: days become moments of this clock. */
export function filterOf(search: ListSearch): QueryValues {
	const facets = FACETS.map((name) => [name, search[name]]);
	return {
		...Object.fromEntries(facets.filter(([, values]) => values !== undefined)),
		...(search.since === undefined ? {} : { since: startOfDay(search.since, 0) }),
		...(search.until === undefined ? {} : { until: startOfDay(search.until, 1) }),
	};
}

export function orderOf(search: ListSearch): QueryValues {
	return { sort: search.sort ?? "startedAt", order: search.order ?? "desc" };
}

export function isNarrowed(search: ListSearch): boolean {
	return Object.keys(filterOf(search)).length > 0;
}

export function toggled(search: ListSearch, facet: Facet, value: string): ListSearch {
	const values = search[facet] ?? [];
	const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
	const { [facet]: _, ...others } = search;
	return next.length === 0 ? others : { ...others, [facet]: next };
}

/** How a value is named: nothing at all is a value too. */
export function facetValueName(value: string): string {
	return value === "" ? "unknown" : value;
}

function startOfDay(day: string, later: number): string {
	const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
	return new Date(year, month - 1, date + later).toISOString();
}

function textOf(given: unknown): string | undefined {
	return typeof given === "string" && given !== "" ? given : undefined;
}

function dayOf(given: unknown): string | undefined {
	return typeof given === "string" && /^\d{4}-\d{2}-\d{2}$/.test(given) ? given : undefined;
}

function listOf(given: unknown): string[] {
	const list = Array.isArray(given) ? given : [given];
	return list.filter((one) => typeof one === "string");
}
