/** Binds a route of the API to what answers it: inputs are checked by the route's own shapes before anything else. */
import type { Context, Hono } from "hono";
import type * as z from "zod";
import { API_ROOT, ROUTES, type RouteName, type RouteShape } from "../api/routes.ts";
import { ApiFailure, inputFailure } from "./api-failure.ts";

type Part<Route, Name extends string> = Route extends { readonly [Key in Name]: infer Shape }
	? Shape extends z.ZodType
		? z.output<Shape>
		: undefined
	: undefined;

export interface RouteInput<Name extends RouteName> {
	readonly params: Part<(typeof ROUTES)[Name], "params">;
	readonly query: Part<(typeof ROUTES)[Name], "query">;
	readonly body: Part<(typeof ROUTES)[Name], "body">;
	readonly context: Context;
}

/** What a route answers: JSON of its shape, or a whole response where it is no JSON. */
export type RouteAnswer<Name extends RouteName> = (typeof ROUTES)[Name] extends {
	readonly answer: infer Shape;
}
	? Shape extends z.ZodType
		? z.output<Shape> | Response
		: never
	: Response;

export type RouteHandlers = {
	readonly [Name in RouteName]: (input: RouteInput<Name>) => RouteAnswer<Name> | Promise<RouteAnswer<Name>>;
};

export function bindRoutes(app: Hono, handlers: RouteHandlers): void {
	for (const name of Object.keys(ROUTES) as RouteName[]) bindRoute(app, name, handlers);
}

function bindRoute<Name extends RouteName>(app: Hono, name: Name, handlers: RouteHandlers): void {
	const route: RouteShape = ROUTES[name];
	const path = `${API_ROOT}${route.path.replace(/\{(\w+)\}/g, ":$1")}`;
	const answerRequest = async (context: Context): Promise<Response> => {
		const input = {
			params: check(route.params, context.req.param()),
			query: check(route.query, onlyOnes(context.req.queries())),
			body: route.body === undefined ? undefined : check(route.body, await readBody(context)),
			context,
		} as RouteInput<Name>;
		const answer = await handlers[name](input);
		return answer instanceof Response ? answer : context.json(answer);
	};
	app.on(route.method.toUpperCase(), path, answerRequest);
}

function check(shape: z.ZodObject | undefined, given: unknown): unknown {
	if (shape === undefined) return undefined;
	const result = shape.safeParse(given);
	if (result.success) return result.data;
	throw inputFailure(result.error.issues);
}

/** What was given once is a text, what was given more often a list. */
function onlyOnes(queries: Readonly<Record<string, readonly string[]>>): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(queries).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
	);
}

async function readBody(context: Context): Promise<unknown> {
	if (!/^application\/json\b/i.test(context.req.header("content-type") ?? ""))
		throw new ApiFailure("input", "the body must be application/json");
	try {
		return await context.req.json();
	} catch {
		throw new ApiFailure("input", "the body is no JSON");
	}
}
