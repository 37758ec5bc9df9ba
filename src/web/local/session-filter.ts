/** Which sessions fit, and how many there are of what. Pure. */
import type { SessionDigest } from "../../store/browse-store.ts";
import { FACETS, type Facet, type FacetsAnswer, type SessionFilterQuery } from "../api/session-list.ts";
import { durationOf, type IndexedSession, type SessionIndex } from "./session-index.ts";

/** Of each facet so many values are named. */
const NAMED_VALUES = 50;

export interface SessionFilter {
	/** Milliseconds since the Unix epoch: started at or after the first, before the second. */
	readonly since: number;
	readonly until: number;
	/** Which values of a facet fit, by their codes: 1. */
	readonly facets: readonly (readonly [facet: Facet, fits: Uint8Array])[];
	/** Everything fits. */
	readonly isWide: boolean;
}

type Values = Pick<SessionIndex, "values">;

export function filterOf(query: SessionFilterQuery, index: Values): SessionFilter {
	const since = query.since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(query.since);
	const until = query.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(query.until);
	const facets = FACETS.flatMap((facet) => {
		const wanted: readonly string[] = query[facet] ?? [];
		if (wanted.length === 0) return [];
		const fits = facet === "project" ? isBelow(wanted) : isOneOf(wanted);
		return [[facet, Uint8Array.from(index.values(facet), (value) => (fits(value) ? 1 : 0))] as const];
	});
	return {
		since,
		until,
		facets,
		isWide: facets.length === 0 && query.since === undefined && query.until === undefined,
	};
}

function isOneOf(wanted: readonly string[]): (value: string) => boolean {
	const values = new Set(wanted);
	return (value) => values.has(value);
}

/** A directory and what is below it. */
function isBelow(wanted: readonly string[]): (value: string) => boolean {
	const roots = wanted.map((directory) => (directory.length > 1 ? directory.replace(/\/+$/, "") : directory));
	return (cwd) => roots.some((root) => cwd === root || cwd.startsWith(root === "/" ? "/" : `${root}/`));
}

export function fits(filter: SessionFilter, session: IndexedSession): boolean {
	if (session.startedAt < filter.since || session.startedAt >= filter.until) return false;
	for (const [facet, values] of filter.facets) if (!hasOne(session.codes[facet], values)) return false;
	return true;
}

function hasOne(codes: readonly number[], values: Uint8Array): boolean {
	for (const code of codes) if (values[code] === 1) return true;
	return false;
}

export function countFacets(
	sessions: Iterable<IndexedSession>,
	filter: SessionFilter,
	index: Values,
): FacetsAnswer {
	const totals = { ...NOTHING };
	const counts = FACETS.map((facet) => [facet, new Uint32Array(index.values(facet).length)] as const);
	for (const session of sessions) {
		const missed = missedFacet(session, filter);
		if (missed === ALL) continue;
		if (missed === undefined) add(totals, session);
		// A facet counts what fits all the other ones: so that another value of it can be chosen.
		for (const [facet, values] of counts)
			if (missed === undefined || missed === facet) countCodes(values, session.codes[facet]);
	}
	const facets = counts.map(([facet, values]) => [facet, named(values, index.values(facet))] as const);
	return { totals, facets: Object.fromEntries(facets) as Record<Facet, ReturnType<typeof named>> };
}

const ALL = "all";
const NOTHING: FacetsAnswer["totals"] = {
	sessions: 0,
	turns: 0,
	tools: 0,
	tokens: 0,
	costUsd: 0,
	masked: 0,
	durationMs: 0,
	running: 0,
};

/** The one facet that does not fit; undefined: all do; `all`: more than one does not, or the time. */
function missedFacet(session: IndexedSession, filter: SessionFilter): Facet | typeof ALL | undefined {
	if (session.startedAt < filter.since || session.startedAt >= filter.until) return ALL;
	let missed: Facet | undefined;
	for (const [facet, values] of filter.facets) {
		if (hasOne(session.codes[facet], values)) continue;
		if (missed !== undefined) return ALL;
		missed = facet;
	}
	return missed;
}

function countCodes(counts: Uint32Array, codes: readonly number[]): void {
	for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
}

function add(
	totals: { -readonly [Name in keyof FacetsAnswer["totals"]]: number },
	digest: SessionDigest,
): void {
	totals.sessions += 1;
	totals.turns += digest.turns;
	totals.tools += digest.tools;
	totals.tokens += digest.tokens;
	totals.costUsd += digest.costUsd;
	totals.masked += digest.masked;
	totals.durationMs += durationOf(digest);
	if (digest.status === "running") totals.running += 1;
}

function named(counts: Uint32Array, values: readonly string[]) {
	const found = values.flatMap((value, code) => {
		const sessions = counts[code] ?? 0;
		return sessions === 0 ? [] : [{ value, sessions }];
	});
	const sorted = found.sort((a, b) => b.sessions - a.sessions || a.value.localeCompare(b.value));
	return { values: sorted.slice(0, NAMED_VALUES), more: Math.max(0, sorted.length - NAMED_VALUES) };
}
