/** The types of the API for the page: importing them brings no code along. */
export type {
	AnalyticsAnswer,
	AnalyticsName,
	AnalyticsQuery,
	AnalyticsRow,
	Figure,
	TotalsQuery,
} from "./analytics.ts";
export type { ApiError, ApiErrorCode, ApiProblem } from "./basics.ts";
export type { LiveEvent, LiveEventName, LiveQuery } from "./live.ts";
export type { PatternsAnswer, TryAnswer, TryBody } from "./privacy.ts";
export type { ApiSearchHit, SearchAnswer, SearchQuery } from "./search.ts";
export type { ApiItem, ApiToolItem, ApiTurn, SessionHead, SessionSummary, TurnOutline } from "./session.ts";
export type {
	Facet,
	FacetsAnswer,
	SessionFilterQuery,
	SessionsAnswer,
	SessionsQuery,
	Sort,
} from "./session-list.ts";
export type {
	DeleteAnswer,
	ExportFormat,
	FindAnswer,
	FindQuery,
	OutlineAnswer,
	SessionAnswer,
	TurnAnswer,
	TurnsAnswer,
	TurnsQuery,
} from "./session-routes.ts";
export type { SettingsAnswer, ShareAnswer, ShareBody, TeamsAnswer } from "./settings.ts";
export type { StatusAnswer } from "./status.ts";
