/** Which sessions fit, and how many there are of what. Pure. */
import { FACETS, type Facet, type FacetsAnswer, type SessionFilterQuery } from "../api/session-list.ts";
import { clipLine } from "./clip-item.ts";
import type { SessionColumns } from "./session-columns.ts";

/** Of each facet so many values are named. */
const NAMED_VALUES = 50;

export interface SessionFilter {
	/** Everything fits. */
	readonly isWide: boolean;
	/** Whether the session at a place in the columns fits. */
	readonly fits: (slot: number) => boolean;
	/** Which facet alone does not: its number in `FACETS`; `NONE`: it fits; `SEVERAL`: more than one, or the time. */
	readonly missed: (slot: number) => number;
}

const NONE = -1;
const SEVERAL = -2;

export function filterOf(query: SessionFilterQuery, sessions: SessionColumns): SessionFilter {
	const { facets, amounts } = sessions.columns;
	const { startedAt } = amounts;
	const since = query.since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(query.since);
	const until = query.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(query.until);
	const tests = FACETS.flatMap((facet, number) => {
		const wanted: readonly string[] = query[facet] ?? [];
		if (wanted.length === 0) return [];
		const fits = facet === "project" ? isBelow(wanted) : isOneOf(wanted);
		const good = Uint8Array.from(sessions.values(facet), (values) => (values.some(fits) ? 1 : 0));
		return [{ number, good, codes: facets[facet] }];
	});
	const missed = (slot: number): number => {
		const at = startedAt[slot] ?? 0;
		if (at < since || at >= until) return SEVERAL;
		let found = NONE;
		for (const { number, good, codes } of tests) {
			if (good[codes[slot] ?? 0] === 1) continue;
			if (found !== NONE) return SEVERAL;
			found = number;
		}
		return found;
	};
	return {
		isWide: tests.length === 0 && query.since === undefined && query.until === undefined,
		fits: (slot) => missed(slot) === NONE,
		missed,
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

export function countFacets(sessions: SessionColumns, filter: SessionFilter): FacetsAnswer {
	const { columns, size } = sessions;
	const fitting: number[] = [];
	// A facet counts what fits all the other ones: so that another value of it can be chosen.
	const besides = FACETS.map((): number[] => []);
	for (let slot = 0; slot < size; slot += 1) {
		if (columns.isThere[slot] === 0) continue;
		const missed = filter.missed(slot);
		if (missed === NONE) fitting.push(slot);
		else besides[missed]?.push(slot);
	}
	const named = FACETS.map((facet, number) => {
		const counts = new Uint32Array(sessions.values(facet).length);
		for (const slots of [fitting, besides[number] ?? []]) countCodes(counts, columns.facets[facet], slots);
		return [facet, nameValues(counts, sessions.values(facet))] as const;
	});
	return {
		totals: sumTotals(sessions, fitting),
		facets: Object.fromEntries(named) as Record<Facet, ReturnType<typeof nameValues>>,
	};
}

function countCodes(counts: Uint32Array, codes: Int32Array, slots: readonly number[]): void {
	for (const slot of slots) {
		const code = codes[slot] ?? 0;
		counts[code] = (counts[code] ?? 0) + 1;
	}
}

function sumTotals(sessions: SessionColumns, slots: readonly number[]): FacetsAnswer["totals"] {
	const { amounts, facets } = sessions.columns;
	const sum = (column: Float64Array) => slots.reduce((total, slot) => total + (column[slot] ?? 0), 0);
	const running = sessions.values("status").findIndex(([status]) => status === "running");
	return {
		sessions: slots.length,
		turns: sum(amounts.turns),
		tools: sum(amounts.tools),
		tokens: sum(amounts.tokens),
		costUsd: sum(amounts.costUsd),
		masked: sum(amounts.masked),
		durationMs: slots.reduce(
			(total, slot) => total + Math.max(0, (amounts.lastAt[slot] ?? 0) - (amounts.startedAt[slot] ?? 0)),
			0,
		),
		running: slots.filter((slot) => facets.status[slot] === running).length,
	};
}

/** A code of several models counts for each of them. */
function nameValues(counts: Uint32Array, values: readonly (readonly string[])[]) {
	const sums = new Map<string, number>();
	for (const [code, sessions] of counts.entries())
		if (sessions > 0)
			for (const value of values[code] ?? []) sums.set(value, (sums.get(value) ?? 0) + sessions);
	const sorted = [...sums].sort(([a, many], [b, few]) => few - many || a.localeCompare(b));
	return {
		values: sorted.slice(0, NAMED_VALUES).map(([value, sessions]) => ({ value: clipLine(value), sessions })),
		more: Math.max(0, sorted.length - NAMED_VALUES),
	};
}
