/** Every route of the API, as data: the server checks its inputs by it, and the OpenAPI description is made from it. */
import type * as z from "zod";
import { analyticsAnswers, analyticsQuery, totalsQuery } from "./analytics.ts";
import { insightsAnswer, insightsQuery } from "./insights.ts";
import { liveQuery } from "./live.ts";
import { patternsAnswer, tryAnswer, tryBody } from "./privacy.ts";
import { searchAnswer, searchQuery } from "./search.ts";
import { facetsAnswer, facetsQuery, sessionsAnswer, sessionsQuery } from "./session-list.ts";
import {
	deleteAnswer,
	exportQuery,
	findAnswer,
	findQuery,
	outlineAnswer,
	sessionAnswer,
	sessionParams,
	turnAnswer,
	turnParams,
	turnsAnswer,
	turnsQuery,
} from "./session-routes.ts";
import { settingsAnswer, shareAnswer, shareBody, teamsAnswer } from "./settings.ts";
import { statusAnswer } from "./status.ts";

export const API_ROOT = "/api/v1";

export interface RouteShape {
	readonly method: "get" | "put" | "post" | "delete";
	/** Below `/api/v1`; `{name}` is a parameter. */
	readonly path: string;
	readonly summary: string;
	readonly params?: z.ZodObject;
	readonly query?: z.ZodObject;
	readonly body?: z.ZodObject;
	/** JSON unless `type` says otherwise. */
	readonly answer?: z.ZodObject;
	readonly type?: string;
}

export const ROUTES = {
	settings: {
		method: "get",
		path: "/settings",
		summary: "What the page has to know first",
		answer: settingsAnswer,
	},
	sessions: {
		method: "get",
		path: "/sessions",
		summary: "The sessions that fit, page by page",
		query: sessionsQuery,
		answer: sessionsAnswer,
	},
	facets: {
		method: "get",
		path: "/facets",
		summary: "How many sessions have which project, branch, version, status and model; and totals",
		query: facetsQuery,
		answer: facetsAnswer,
	},
	search: {
		method: "get",
		path: "/search",
		summary: "Full-text search over prompts, answers and tool calls",
		query: searchQuery,
		answer: searchAnswer,
	},
	session: {
		method: "get",
		path: "/sessions/{id}",
		summary: "A session without its turns",
		params: sessionParams,
		answer: sessionAnswer,
	},
	outline: {
		method: "get",
		path: "/sessions/{id}/outline",
		summary: "All its turns, a line each",
		params: sessionParams,
		answer: outlineAnswer,
	},
	turns: {
		method: "get",
		path: "/sessions/{id}/turns",
		summary: "Its turns with all their items, page by page",
		params: sessionParams,
		query: turnsQuery,
		answer: turnsAnswer,
	},
	turn: {
		method: "get",
		path: "/sessions/{id}/turns/{seq}",
		summary: "One turn, to the last character",
		params: turnParams,
		answer: turnAnswer,
	},
	find: {
		method: "get",
		path: "/sessions/{id}/find",
		summary: "Find a text in one session",
		params: sessionParams,
		query: findQuery,
		answer: findAnswer,
	},
	recording: {
		method: "get",
		path: "/sessions/{id}/recording",
		summary: "The masked recording, an asciicast version 3",
		params: sessionParams,
		type: "application/x-asciicast",
	},
	export: {
		method: "get",
		path: "/sessions/{id}/export",
		summary: "The session as a file",
		params: sessionParams,
		query: exportQuery,
		type: "application/octet-stream",
	},
	delete: {
		method: "delete",
		path: "/sessions/{id}",
		summary: "Delete the session and everything stored with it",
		params: sessionParams,
		answer: deleteAnswer,
	},
	teams: { method: "get", path: "/teams", summary: "The teams one is in", answer: teamsAnswer },
	readShare: {
		method: "get",
		path: "/sessions/{id}/share",
		summary: "With whom the session is shared",
		params: sessionParams,
		answer: shareAnswer,
	},
	share: {
		method: "put",
		path: "/sessions/{id}/share",
		summary: "Share the session with a team, or keep it private",
		params: sessionParams,
		body: shareBody,
		answer: shareAnswer,
	},
	patterns: {
		method: "get",
		path: "/privacy/patterns",
		summary: "What is masked, and how often it was",
		answer: patternsAnswer,
	},
	try: {
		method: "post",
		path: "/privacy/try",
		summary: "Mask a text in memory",
		body: tryBody,
		answer: tryAnswer,
	},
	status: {
		method: "get",
		path: "/status",
		summary: "How ctrace does, and what to do",
		answer: statusAnswer,
	},
	insights: {
		method: "get",
		path: "/insights",
		summary: "What to do better: by rules over figures, and what a model found the last time",
		query: insightsQuery,
		answer: insightsAnswer,
	},
	live: {
		method: "get",
		path: "/live",
		summary: "Server-sent events: what changes while it changes",
		query: liveQuery,
		type: "text/event-stream",
	},
	days: analytics("days", "Activity by day"),
	hours: analytics("hours", "Activity by weekday and hour"),
	totals: { ...analytics("totals", "Totals over time by project or model"), query: totalsQuery },
	tools: analytics("tools", "Tools by use, failures and time"),
	time: analytics("time", "Where the time went"),
	corrections: analytics("corrections", "Prompts that led to many corrections"),
	permissions: analytics("permissions", "Permissions asked and refused"),
	cache: analytics("cache", "How well the cache was used"),
	masked: analytics("masked", "Secrets masked, by kind"),
} as const satisfies Readonly<Record<string, RouteShape>>;
export type RouteName = keyof typeof ROUTES;

function analytics<Name extends keyof typeof analyticsAnswers>(name: Name, summary: string) {
	return {
		method: "get",
		path: `/analytics/${name}`,
		summary,
		query: analyticsQuery,
		answer: analyticsAnswers[name],
	} as const;
}
