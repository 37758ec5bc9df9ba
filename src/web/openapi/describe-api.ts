/** The OpenAPI 3.1 description, made from the very shapes that the server checks by. Pure. */
import * as z from "zod";
import { apiError } from "../api/basics.ts";
import { liveEvents } from "../api/live.ts";
import { API_ROOT, ROUTES, type RouteShape } from "../api/routes.ts";

type Json = Record<string, unknown>;

const COMPONENTS = "#/components/schemas/";

export function describeApi(version: string): Json {
	const schemas: Json = {};
	const paths: Record<string, Json> = {};
	for (const [name, route] of Object.entries(ROUTES) as [string, RouteShape][]) {
		const path = `${API_ROOT}${route.path}`;
		paths[path] = { ...paths[path], [route.method]: operation(name, route, schemas) };
	}
	for (const shape of Object.values(liveEvents)) schemaOf(shape, schemas);
	return {
		openapi: "3.1.0",
		info: {
			title: "ctrace",
			version,
			description:
				"Sessions of Claude Code as ctrace recorded them, masked. Served to the person's own browser; a program signs in " +
				"with `Authorization: Bearer TOKEN`, the token of the address that `ctrace web` prints.",
		},
		servers: [{ url: "/" }],
		security: [{ cookie: [] }, { bearer: [] }],
		paths,
		components: {
			schemas,
			securitySchemes: {
				cookie: { type: "apiKey", in: "cookie", name: "ctrace-PORT" },
				bearer: { type: "http", scheme: "bearer" },
			},
		},
	};
}

function operation(name: string, route: RouteShape, schemas: Json): Json {
	const parameters = [
		...parametersOf(route.params, "path"),
		...parametersOf(route.query, "query"),
		...(route.method === "get"
			? []
			: [
					{
						name: "x-ctrace",
						in: "header",
						required: true,
						schema: { type: "string" },
						description: "Any value",
					},
				]),
	];
	const content =
		route.answer === undefined
			? { [route.type ?? "text/plain"]: { schema: { type: "string" } } }
			: { "application/json": { schema: schemaOf(route.answer, schemas) } };
	return {
		operationId: name,
		summary: route.summary,
		...(parameters.length === 0 ? {} : { parameters }),
		...(route.body === undefined
			? {}
			: {
					requestBody: {
						required: true,
						content: { "application/json": { schema: schemaOf(route.body, schemas) } },
					},
				}),
		responses: {
			200: { description: "What was asked for", content },
			default: {
				description: "What went wrong, and what to do",
				content: { "application/json": { schema: schemaOf(apiError, schemas) } },
			},
		},
	};
}

function parametersOf(shape: z.ZodObject | undefined, place: "path" | "query"): Json[] {
	return Object.entries(shape?.shape ?? {}).map(([name, field]) => {
		const { $schema: _, description, ...schema } = z.toJSONSchema(field, { io: "output" }) as Json;
		return {
			name,
			in: place,
			required: place === "path" || !field.safeParse(undefined).success,
			...(description === undefined ? {} : { description }),
			schema,
		};
	});
}

/** Shapes with a name become components, and are named where they are used. */
function schemaOf(shape: z.ZodType, schemas: Json): Json {
	const {
		$schema: _,
		$defs,
		...own
	} = z.toJSONSchema(shape, { io: "output" }) as Json & { readonly $defs?: Json };
	for (const [name, definition] of Object.entries($defs ?? {})) schemas[name] = moved(definition);
	const { id, ...rest } = own;
	if (typeof id !== "string") return moved(own) as Json;
	schemas[id] = moved(rest);
	return { $ref: `${COMPONENTS}${id}` };
}

function moved(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(moved);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			// The name of a shape: it is the component's. A property called `id` is an object here.
			.filter(([name, inner]) => name !== "id" || typeof inner !== "string")
			.map(([name, inner]) => [
				name,
				name === "$ref" && typeof inner === "string" ? inner.replace("#/$defs/", COMPONENTS) : moved(inner),
			]),
	);
}
