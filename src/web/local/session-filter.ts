/** Which sessions fit, and how many there are of what. Pure. */
import type { SessionDigest } from "../../store/browse-store.ts";
import { FACETS, type Facet, type FacetsAnswer, type SessionFilterQuery } from "../api/session-list.ts";
import { durationOf } from "./session-index.ts";

/** Of each facet so many values are named. */
const NAMED_VALUES = 50;

type Test = (digest: SessionDigest) => boolean;

export interface SessionFilter {
	/** What no facet says: the range of time. */
	readonly always: Test;
	readonly facets: readonly (readonly [facet: Facet, fits: Test])[];
	/** Everything fits. */
	readonly isWide: boolean;
}

export function filterOf(query: SessionFilterQuery): SessionFilter {
	const since = query.since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(query.since);
	const until = query.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(query.until);
	const facets = FACETS.flatMap((facet) => {
		const wanted: readonly string[] = query[facet] ?? [];
		return wanted.length === 0 ? [] : [[facet, testOf(facet, wanted)] as const];
	});
	return {
		always: ({ startedAt }) => startedAt >= since && startedAt < until,
		facets,
		isWide: facets.length === 0 && query.since === undefined && query.until === undefined,
	};
}

function testOf(facet: Facet, wanted: readonly string[]): Test {
	const values = new Set(wanted);
	if (facet === "project") return projectTest(wanted);
	if (facet === "model")
		return ({ models }) => (models.length === 0 ? values.has("") : models.some((model) => values.has(model)));
	return (digest) => values.has(digest[facet]);
}

/** A directory and what is below it; each of the few directories is looked at once. */
function projectTest(wanted: readonly string[]): Test {
	const known = new Map<string, boolean>();
	const roots = wanted.map((directory) => (directory.length > 1 ? directory.replace(/\/+$/, "") : directory));
	const isBelow = (cwd: string) =>
		roots.some((root) => cwd === root || cwd.startsWith(root === "/" ? "/" : `${root}/`));
	return ({ cwd }) => {
		const fits = known.get(cwd) ?? isBelow(cwd);
		known.set(cwd, fits);
		return fits;
	};
}

export function fits(filter: SessionFilter, digest: SessionDigest): boolean {
	return filter.always(digest) && filter.facets.every(([, test]) => test(digest));
}

export function countFacets(digests: Iterable<SessionDigest>, filter: SessionFilter): FacetsAnswer {
	const totals = { ...NOTHING };
	const counts = new Map(FACETS.map((facet) => [facet, new Map<string, number>()]));
	for (const digest of digests) {
		const missed = filter.always(digest) ? missedFacets(digest, filter) : ALL;
		if (missed === ALL) continue;
		if (missed === undefined) add(totals, digest);
		// A facet counts what fits all the other ones: so that another value of it can be chosen.
		for (const [facet, values] of counts)
			if (missed === undefined || missed === facet) countValues(values, valuesOf(digest, facet));
	}
	const facets = FACETS.map((facet) => [facet, named(counts.get(facet) ?? new Map())] as const);
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

/** The one facet that does not fit; undefined: all do; `all`: more than one does not. */
function missedFacets(digest: SessionDigest, { facets }: SessionFilter): Facet | typeof ALL | undefined {
	let missed: Facet | undefined;
	for (const [facet, test] of facets) {
		if (test(digest)) continue;
		if (missed !== undefined) return ALL;
		missed = facet;
	}
	return missed;
}

function countValues(values: Map<string, number>, found: readonly string[]): void {
	for (const value of found) values.set(value, (values.get(value) ?? 0) + 1);
}

const UNKNOWN: readonly string[] = [""];

function valuesOf(digest: SessionDigest, facet: Facet): readonly string[] {
	if (facet === "model") return digest.models.length === 0 ? UNKNOWN : digest.models;
	return [facet === "project" ? digest.cwd : digest[facet]];
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

function named(values: ReadonlyMap<string, number>) {
	const sorted = [...values].sort(([a, many], [b, few]) => few - many || a.localeCompare(b));
	return {
		values: sorted.slice(0, NAMED_VALUES).map(([value, sessions]) => ({ value, sessions })),
		more: Math.max(0, sorted.length - NAMED_VALUES),
	};
}
