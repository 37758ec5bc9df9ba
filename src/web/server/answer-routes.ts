/** What answers each route. */
import type { Context } from "hono";
import type { AnalyticsAnswer, AnalyticsName } from "../api/analytics.ts";
import type { WebActions, WebAnalytics, WebParts } from "../web-parts.ts";
import { ApiFailure } from "./api-failure.ts";
import type { RouteHandlers } from "./bind-route.ts";
import { csvOf } from "./csv.ts";
import { streamLive } from "./stream-live.ts";

export function answerRoutes(parts: WebParts, onFailure: (error: unknown) => void): RouteHandlers {
	const { reader } = parts;
	return {
		settings: () => parts.settings(),
		sessions: ({ query }) => reader.list(query),
		facets: ({ query }) => reader.facets(query),
		search: ({ query }) => reader.search(query),
		session: ({ params }) => reader.session(params.id),
		outline: ({ params }) => reader.outline(params.id),
		turns: ({ params, query }) => reader.turns(params.id, query),
		turn: ({ params }) => reader.turn(params.id, params.seq),
		find: ({ params, query }) => reader.find(params.id, query),
		recording: ({ params, context }) => sendRecording(parts, params.id, context),
		export: async ({ params, query, context }) => {
			const file = await parts.export(params.id, query.format);
			// Never shown here: what a session contains must not become a page of ours.
			context.header("content-disposition", `attachment; filename="${file.fileName}"`);
			context.header("content-type", file.type);
			return context.body(file.text);
		},
		...actionRoutes(parts.actions),
		patterns: () => parts.patterns(),
		try: ({ body }) => parts.tryMasking(body),
		status: () => parts.status(),
		insights: ({ query }) => {
			if (parts.insights === undefined) throw noStatistics();
			requireOrder(query);
			return parts.insights(query);
		},
		live: ({ query, context }) => streamLive({ reader, sessionId: query.session, onFailure }, context),
		...analyticsRoutes(parts.analytics),
	};
}

function actionRoutes(
	actions: WebActions | undefined,
): Pick<RouteHandlers, "delete" | "teams" | "readShare" | "share"> {
	const need = (): WebActions => {
		if (actions !== undefined) return actions;
		throw new ApiFailure("not-possible", "what is shown belongs to a team: nothing can be changed here");
	};
	return {
		delete: ({ params }) => need().delete(params.id),
		teams: () => need().teams(),
		readShare: ({ params }) => need().readShare(params.id),
		share: ({ params, body }) => need().share(params.id, body.rule),
	};
}

async function sendRecording({ recording }: WebParts, id: string, context: Context): Promise<Response> {
	const pieces = await recording?.(id);
	if (pieces === undefined) throw new ApiFailure("not-there-yet", "this session has no recording");
	context.header("content-type", "application/x-asciicast");
	return context.body(ReadableStream.from(encode(pieces)));
}

async function* encode(pieces: AsyncIterable<string>): AsyncIterable<Uint8Array<ArrayBuffer>> {
	const encoder = new TextEncoder();
	for await (const piece of pieces) yield encoder.encode(piece);
}

type AnalyticsHandlers = Pick<RouteHandlers, AnalyticsName>;

function analyticsRoutes(analytics: WebAnalytics | undefined): AnalyticsHandlers {
	const answer = async <Name extends AnalyticsName>(
		name: Name,
		query: Parameters<WebAnalytics[Name]>[0],
		context: Context,
	): Promise<AnalyticsAnswer<Name> | Response> => {
		if (analytics === undefined) throw noStatistics();
		requireOrder(query);
		const count = analytics[name] as (given: typeof query) => ReturnType<WebAnalytics[Name]>;
		const found = (await count(query)) as AnalyticsAnswer<Name>;
		return query.format === "csv" ? sendCsv(name, found.rows, context) : found;
	};
	return {
		days: ({ query, context }) => answer("days", query, context),
		hours: ({ query, context }) => answer("hours", query, context),
		totals: ({ query, context }) => answer("totals", query, context),
		tools: ({ query, context }) => answer("tools", query, context),
		time: ({ query, context }) => answer("time", query, context),
		corrections: ({ query, context }) => answer("corrections", query, context),
		permissions: ({ query, context }) => answer("permissions", query, context),
		cache: ({ query, context }) => answer("cache", query, context),
		masked: ({ query, context }) => answer("masked", query, context),
	};
}

function noStatistics(): ApiFailure {
	return new ApiFailure("not-there-yet", "there are no statistics of these sessions");
}

function requireOrder({ since, until }: { readonly since: string; readonly until: string }): void {
	if (Date.parse(since) < Date.parse(until)) return;
	throw new ApiFailure("input", "since must come before until", {
		fields: [{ name: "since", message: "must come before until" }],
	});
}

function sendCsv(
	name: AnalyticsName,
	rows: readonly Readonly<Record<string, unknown>>[],
	context: Context,
): Response {
	context.header("content-type", "text/csv; charset=utf-8");
	context.header("content-disposition", `attachment; filename="ctrace-${name}.csv"`);
	return context.body(csvOf(rows, name));
}
