import { expect, test } from "vitest";
import * as z from "zod";
import { ANALYTICS_NAMES } from "../../src/web/api/analytics.ts";
import { API_ROOT, ROUTES, type RouteShape } from "../../src/web/api/routes.ts";
import { describeApi } from "../../src/web/openapi/describe-api.ts";
import { csvOf } from "../../src/web/server/csv.ts";
import { read } from "../hygiene/repository.ts";
import { webScene } from "./web-scene.ts";

const documentShape = z.object({
	openapi: z.literal("3.1.0"),
	paths: z.record(
		z.string(),
		z.record(
			z.string(),
			z.object({
				operationId: z.string(),
				parameters: z.array(z.object({ name: z.string(), in: z.string(), required: z.boolean() })).optional(),
				responses: z.record(
					z.string(),
					z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })) }),
				),
			}),
		),
	),
	components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

test("the description names every route, with its parameters, and every shape it names is there", async () => {
	await using web = await webScene();
	const text = (await web.ask("/openapi.json")).body;
	const { paths, components } = documentShape.parse(JSON.parse(text));
	for (const [name, route] of Object.entries(ROUTES) as [string, RouteShape][]) {
		const operation = paths[`${API_ROOT}${route.path}`]?.[route.method];
		expect(operation?.operationId).toBe(name);
		const inPath = Array.from(route.path.matchAll(/\{(\w+)\}/g), ([, found]) => found);
		const named = (place: string) =>
			(operation?.parameters ?? []).filter((one) => one.in === place).map((one) => one.name);
		expect(named("path")).toEqual(inPath);
		expect(named("query")).toEqual(Object.keys(route.query?.shape ?? {}));
	}
	const used = new Set(
		Array.from(text.matchAll(/"#\/components\/schemas\/(\w+)"/g), ([, found]) => found ?? ""),
	);
	expect(used.size).toBeGreaterThan(20);
	expect([...used].filter((one) => !(one in components.schemas))).toEqual([]);
	expect(text).not.toContain("#/$defs");
});

test("what is required is said to be, and nothing else", () => {
	const { paths } = documentShape.parse(describeApi("1"));
	const required = (path: string) =>
		paths[`${API_ROOT}${path}`]?.get?.parameters?.filter((one) => one.required).map((one) => one.name);
	expect(required("/sessions")).toEqual([]);
	expect(required("/search")).toEqual(["q"]);
	expect(required("/analytics/days")).toEqual(["since", "until"]);
	expect(required("/sessions/{id}/turns")).toEqual(["id"]);
});

test("the page on the API names every route and every table of the analytics", () => {
	const page = read("docs/http-api.md");
	const missing = (Object.values(ROUTES) as RouteShape[]).filter(
		({ method, path }) =>
			!path.startsWith("/analytics/") && !(page.includes(path) && page.includes(method.toUpperCase())),
	);
	expect(missing).toEqual([]);
	expect(ANALYTICS_NAMES.filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
});

test("a table as CSV has its columns also when it is empty, and no text of a session becomes a formula", () => {
	expect(csvOf([], "masked")).toBe("rule,description,masked,sessions,previousMasked\r\n");
	const hostile = ['=cmd|"/C calc"!A0', "+1", "-1", "@SUM(1)", "\tx", 'say "hi", you', "two\nlines"];
	for (const rule of hostile) {
		const line = csvOf(
			[{ rule, description: "", masked: 1, sessions: 2, previousMasked: -3 }],
			"masked",
		).split("\r\n")[1];
		const cell = line?.slice(0, line.indexOf(",,1,2,-3"));
		const text = cell?.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
		expect(text?.replace(/^'/, "")).toBe(rule);
		expect(text).not.toMatch(/^[=+\-@\t]/);
	}
});
