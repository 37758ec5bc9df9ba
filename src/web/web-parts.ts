/** What the server is put together from. Composition hands it in: this machine's store, or the team's project. */
import type { AnalyticsAnswer, AnalyticsName, AnalyticsQuery, TotalsQuery } from "./api/analytics.ts";
import type { LiveEvent } from "./api/live.ts";
import type { PatternsAnswer, TryAnswer, TryBody } from "./api/privacy.ts";
import type { SearchAnswer, SearchQuery } from "./api/search.ts";
import type { FacetsAnswer, SessionFilterQuery, SessionsAnswer, SessionsQuery } from "./api/session-list.ts";
import type {
	DeleteAnswer,
	ExportFormat,
	FindAnswer,
	FindQuery,
	OutlineAnswer,
	SessionAnswer,
	TurnAnswer,
	TurnsAnswer,
	TurnsQuery,
} from "./api/session-routes.ts";
import type { SettingsAnswer, ShareAnswer, ShareBody, TeamsAnswer } from "./api/settings.ts";
import type { StatusAnswer } from "./api/status.ts";

type Awaitable<T> = T | Promise<T>;

/** Where sessions are read. Every method may throw a `CtraceError`. */
export interface WebReader {
	list(query: SessionsQuery): Awaitable<SessionsAnswer>;
	facets(query: SessionFilterQuery): Awaitable<FacetsAnswer>;
	search(query: SearchQuery): Awaitable<SearchAnswer>;
	session(id: string): Awaitable<SessionAnswer>;
	outline(id: string): Awaitable<OutlineAnswer>;
	turns(id: string, query: TurnsQuery): Awaitable<TurnsAnswer>;
	turn(id: string, seq: number): Awaitable<TurnAnswer>;
	find(id: string, query: FindQuery): Awaitable<FindAnswer>;
	/** What changes from now on, until the signal. */
	watch(sessionId: string | undefined, signal: AbortSignal): AsyncIterable<LiveEvent>;
}

export interface WebActions {
	delete(id: string): Awaitable<DeleteAnswer>;
	teams(): Awaitable<TeamsAnswer>;
	readShare(id: string): Awaitable<ShareAnswer>;
	share(id: string, rule: ShareBody["rule"]): Awaitable<ShareAnswer>;
}

export type WebAnalytics = {
	readonly [Name in AnalyticsName]: (
		query: Name extends "totals" ? TotalsQuery : AnalyticsQuery,
	) => Awaitable<AnalyticsAnswer<Name>>;
};

export interface WebParts {
	readonly reader: WebReader;
	/** Absent where nothing may be changed. */
	readonly actions?: WebActions;
	/** Absent where nothing is counted. */
	readonly analytics?: WebAnalytics;
	/** An asciicast, version 3, in pieces; undefined: the session has none. Absent where none can be. */
	readonly recording?: (id: string) => Awaitable<AsyncIterable<string> | undefined>;
	readonly export: (id: string, format: ExportFormat) => Awaitable<ExportedFile>;
	readonly patterns: () => Awaitable<PatternsAnswer>;
	readonly tryMasking: (body: TryBody) => Awaitable<TryAnswer>;
	readonly status: () => Awaitable<StatusAnswer>;
	readonly settings: () => Awaitable<SettingsAnswer>;
	readonly version: string;
}

export interface ExportedFile {
	readonly text: string;
	readonly type: string;
	readonly fileName: string;
}
