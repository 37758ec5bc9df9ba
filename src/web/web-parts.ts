/** What the server is put together from. Composition hands it in: this machine's store, or the team's project. */
import type * as Api from "./api/types.ts";

type Awaitable<T> = T | Promise<T>;

/** Where sessions are read. Every method may throw a `CtraceError`. */
export interface WebReader {
	list(query: Api.SessionsQuery): Awaitable<Api.SessionsAnswer>;
	facets(query: Api.SessionFilterQuery): Awaitable<Api.FacetsAnswer>;
	search(query: Api.SearchQuery): Awaitable<Api.SearchAnswer>;
	session(id: string): Awaitable<Api.SessionAnswer>;
	outline(id: string): Awaitable<Api.OutlineAnswer>;
	turns(id: string, query: Api.TurnsQuery): Awaitable<Api.TurnsAnswer>;
	turn(id: string, seq: number): Awaitable<Api.TurnAnswer>;
	find(id: string, query: Api.FindQuery): Awaitable<Api.FindAnswer>;
	/** What changes from now on, until the signal. */
	watch(sessionId: string | undefined, signal: AbortSignal): AsyncIterable<Api.LiveEvent>;
}

export interface WebActions {
	delete(id: string): Awaitable<Api.DeleteAnswer>;
	teams(): Awaitable<Api.TeamsAnswer>;
	readShare(id: string): Awaitable<Api.ShareAnswer>;
	share(id: string, rule: Api.ShareBody["rule"]): Awaitable<Api.ShareAnswer>;
}

export type WebAnalytics = {
	readonly [Name in Api.AnalyticsName]: (
		query: Name extends "totals" ? Api.TotalsQuery : Api.AnalyticsQuery,
	) => Awaitable<Api.AnalyticsAnswer<Name>>;
};

export interface WebParts {
	readonly reader: WebReader;
	/** Absent where nothing may be changed. */
	readonly actions?: WebActions;
	/** Absent where nothing is counted. */
	readonly analytics?: WebAnalytics;
	/** Absent where nothing is counted. */
	readonly insights?: (query: Api.InsightsQuery) => Awaitable<Api.InsightsAnswer>;
	/** An asciicast, version 3, in pieces; undefined: the session has none. Absent where none can be. */
	readonly recording?: (id: string) => Awaitable<AsyncIterable<string> | undefined>;
	readonly export: (id: string, format: Api.ExportFormat) => Awaitable<ExportedFile>;
	readonly patterns: () => Awaitable<Api.PatternsAnswer>;
	readonly tryMasking: (body: Api.TryBody) => Awaitable<Api.TryAnswer>;
	readonly status: () => Awaitable<Api.StatusAnswer>;
	readonly settings: () => Awaitable<Api.SettingsAnswer>;
	readonly version: string;
}

export interface ExportedFile {
	readonly text: string;
	readonly type: string;
	readonly fileName: string;
}
