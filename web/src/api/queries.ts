/** Every question the page asks, with the key under which its answer is kept. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ask, askText, type QueryValues } from "./client.ts";
import type {
	AnalyticsAnswer,
	AnalyticsName,
	FacetsAnswer,
	FindAnswer,
	InsightsAnswer,
	OutlineAnswer,
	PatternsAnswer,
	SearchAnswer,
	SessionAnswer,
	SessionsAnswer,
	SettingsAnswer,
	ShareAnswer,
	StatusAnswer,
	TeamsAnswer,
	TurnAnswer,
	TurnsAnswer,
} from "./types.ts";

/** Rows of the list that are asked for at once. */
export const LIST_PAGE = 100;
/** Turns that are asked for at once. */
export const TURN_PAGE = 25;

const COUNTING_MS = 1000;

export const settingsQuery = queryOptions({
	queryKey: ["settings"],
	queryFn: ({ signal }) => ask<SettingsAnswer>("/settings", { signal }),
	staleTime: 60_000,
});

export const listPageQuery = (filter: QueryValues, page: number) =>
	queryOptions({
		queryKey: ["sessions", filter, page],
		queryFn: ({ signal }) =>
			ask<SessionsAnswer>("/sessions", {
				query: { ...filter, limit: LIST_PAGE, offset: page * LIST_PAGE },
				signal,
			}),
		staleTime: 30_000,
		// The first page tells how many there are: the list stands still while it is asked for anew.
		...(page === 0 ? { placeholderData: keepPreviousData } : {}),
	});

export const facetsQuery = (filter: QueryValues) =>
	queryOptions({
		queryKey: ["facets", filter],
		queryFn: ({ signal }) => ask<FacetsAnswer>("/facets", { query: filter, signal }),
		staleTime: 30_000,
		placeholderData: keepPreviousData,
	});

export const searchQuery = (q: string, filter: QueryValues) =>
	queryOptions({
		queryKey: ["search", q, filter],
		queryFn: ({ signal }) => ask<SearchAnswer>("/search", { query: { ...filter, q, limit: 100 }, signal }),
		staleTime: 30_000,
		placeholderData: keepPreviousData,
	});

export const sessionQuery = (id: string) =>
	queryOptions({
		queryKey: ["session", id],
		queryFn: ({ signal }) => ask<SessionAnswer>(`/sessions/${id}`, { signal }),
		staleTime: 30_000,
	});

export const outlineQuery = (id: string) =>
	queryOptions({
		queryKey: ["outline", id],
		queryFn: ({ signal }) => ask<OutlineAnswer>(`/sessions/${id}/outline`, { signal }),
		staleTime: 30_000,
	});

/** The page of turns that begins with this number. */
export const turnsQuery = (id: string, firstSeq: number) =>
	queryOptions({
		queryKey: ["turns", id, firstSeq],
		queryFn: ({ signal }) =>
			ask<TurnsAnswer>(`/sessions/${id}/turns`, {
				query: { limit: TURN_PAGE, after: firstSeq > 0 ? firstSeq - 1 : undefined },
				signal,
			}),
		staleTime: 60_000,
	});

/** One turn, to the last character. */
export const wholeTurnQuery = (id: string, seq: number, revision: number) =>
	queryOptions({
		queryKey: ["whole-turn", id, seq, revision],
		queryFn: ({ signal }) => ask<TurnAnswer>(`/sessions/${id}/turns/${seq}`, { signal }),
		staleTime: Number.POSITIVE_INFINITY,
		gcTime: 30_000,
	});

export const findQuery = (id: string, q: string) =>
	queryOptions({
		queryKey: ["find", id, q],
		queryFn: ({ signal }) => ask<FindAnswer>(`/sessions/${id}/find`, { query: { q }, signal }),
		staleTime: 10_000,
		placeholderData: keepPreviousData,
	});

export const recordingQuery = (id: string) =>
	queryOptions({
		queryKey: ["recording", id],
		queryFn: ({ signal }) => askText(`/sessions/${id}/recording`, { signal }),
		staleTime: Number.POSITIVE_INFINITY,
		gcTime: 60_000,
	});

export const teamsQuery = queryOptions({
	queryKey: ["teams"],
	queryFn: ({ signal }) => ask<TeamsAnswer>("/teams", { signal }),
});

export const shareQuery = (id: string) =>
	queryOptions({
		queryKey: ["share", id],
		queryFn: ({ signal }) => ask<ShareAnswer>(`/sessions/${id}/share`, { signal }),
	});

export const analyticsQuery = <Name extends AnalyticsName>(name: Name, query: QueryValues) =>
	queryOptions({
		queryKey: ["analytics", name, query],
		queryFn: ({ signal }) => ask<AnalyticsAnswer<Name>>(`/analytics/${name}`, { query, signal }),
		staleTime: 30_000,
		placeholderData: keepPreviousData as never,
		// Sessions that were not counted yet are being counted.
		refetchInterval: ({ state }) => ((state.data?.pending ?? 0) > 0 ? COUNTING_MS : false),
	});

export const insightsQuery = (query: QueryValues) =>
	queryOptions({
		queryKey: ["insights", query],
		queryFn: ({ signal }) => ask<InsightsAnswer>("/insights", { query, signal }),
		staleTime: 30_000,
		placeholderData: keepPreviousData,
		refetchInterval: ({ state }) => ((state.data?.pending ?? 0) > 0 ? COUNTING_MS : false),
	});

export const patternsQuery = queryOptions({
	queryKey: ["patterns"],
	queryFn: ({ signal }) => ask<PatternsAnswer>("/privacy/patterns", { signal }),
	staleTime: 60_000,
});

export const statusQuery = queryOptions({
	queryKey: ["status"],
	queryFn: ({ signal }) => ask<StatusAnswer>("/status", { signal }),
	refetchInterval: 10_000,
});
