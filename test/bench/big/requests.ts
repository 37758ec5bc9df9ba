/** What a person asks of the dashboard, invented: the same requests every time. */
import type { Chance } from "./chance.ts";

export interface RequestKind {
	readonly name: string;
	readonly barMs: number;
	/** Another one each time. */
	readonly path: () => string;
}

const BAR_MS = 100;
const COMMON = ["the", "error", "test", "function", "commit", "and", "file", "src", "user"];
const BEGINNINGS = ["e", "te", "con", "func", "ren", "sess", "rende", "w1", "comm", "s"];
const DAY_MS = 86_400_000;
const LAST_DAY = Date.UTC(2026, 9, 1);
const SORTS = ["durationMs", "turns", "tools", "tokens", "costUsd", "masked"];

export function kindsOfRequests(
	facets: Readonly<Record<string, readonly string[]>>,
	chance: Chance,
): readonly RequestKind[] {
	const value = (facet: string) => encodeURIComponent(chance.pick(facets[facet] ?? [""]));
	const days = () => 1 + chance.zipf(900);
	const since = () => `since=${new Date(LAST_DAY - days() * DAY_MS).toISOString()}`;
	const range = () =>
		`${since()}&until=${new Date(LAST_DAY).toISOString()}${chance.is(0.4) ? `&project=${value("project")}` : ""}`;
	const filter = () =>
		[
			chance.is(0.5) ? `project=${value("project")}` : "",
			chance.is(0.3) ? `model=${value("model")}` : "",
			chance.is(0.3) ? `status=${value("status")}` : "",
			chance.is(0.3) ? `branch=${value("branch")}` : "",
			chance.is(0.5) ? since() : "",
		]
			.filter((part) => part !== "")
			.join("&");
	const kind = (name: string, path: () => string): RequestKind => ({ name, barMs: BAR_MS, path });
	const rare = () => `w${chance.zipf(400_000).toString(36)}`;
	return [
		kind("list: the newest", () => "/sessions"),
		kind("list: narrowed", () => `/sessions?${filter()}`),
		kind("list: in another order", () => `/sessions?sort=${chance.pick(SORTS)}&${filter()}`),
		kind("list: anywhere in it", () => `/sessions?offset=${chance.below(100_000)}`),
		kind("facets: all", () => "/facets"),
		kind("facets: narrowed", () => `/facets?${filter()}`),
		...["days", "hours", "totals", "tools", "time", "corrections", "permissions", "cache", "masked"].map(
			(name) =>
				kind(
					`analytics: ${name}, any range`,
					() => `/analytics/${name}?${range()}${name === "totals" ? "&by=project" : ""}`,
				),
		),
		kind("search: a common word", () => `/search?q=${chance.pick(COMMON)}`),
		kind("search: a rare word", () => `/search?q=${rare()}`),
		kind("search: the beginning of a word", () => `/search?q=${chance.pick(BEGINNINGS)}`),
		kind("search: two common words", () => `/search?q=${chance.pick(COMMON)}+${chance.pick(COMMON)}`),
		kind("search: a common and a rare word", () => `/search?q=${chance.pick(COMMON)}+${rare()}`),
		kind(
			"search: a phrase",
			() => `/search?q=${encodeURIComponent(`"${chance.pick(COMMON)} ${chance.pick(COMMON)}"`)}`,
		),
		kind("search: in one project", () => `/search?q=${chance.pick(COMMON)}&project=${value("project")}`),
		kind("search: narrowed", () => `/search?q=${chance.pick([...COMMON, ...BEGINNINGS])}&${filter()}`),
	];
}
