/** A real server over a real store, and what a client of it needs. */
import { type IncomingHttpHeaders, request } from "node:http";
import type * as z from "zod";
import { API_ROOT, ROUTES, type RouteName, type RouteShape } from "../../src/web/api/routes.ts";
import { findPage } from "../../src/web/server/page-files.ts";
import type { WebParts } from "../../src/web/web-parts.ts";
import { type ServedStore, serveStore, TOKEN } from "../support/served-store.ts";

export { HOME, ONCE, TOKEN } from "../support/served-store.ts";

export interface Answer {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
}

export interface AskOptions {
	readonly method?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
}

export interface WebScene extends ServedStore {
	/** Exactly what is given, whatever the headers. */
	raw(path: string, options?: AskOptions): Promise<Answer>;
	/** As a program with the token. */
	ask(path: string, options?: AskOptions): Promise<Answer>;
	/** The answer of a route, held to its own shape. */
	get<Name extends RouteName>(name: Name, path: string): Promise<AnswerOf<Name>>;
}

type AnswerOf<Name extends RouteName> = (typeof ROUTES)[Name] extends { readonly answer: infer Shape }
	? z.output<Shape & z.ZodType>
	: never;

export interface SceneOptions {
	readonly parts?: Partial<WebParts>;
	readonly pageDirectory?: string;
	readonly host?: string;
	readonly closeAbandoned?: () => boolean;
}

export async function webScene(options: SceneOptions = {}): Promise<WebScene> {
	const { pageDirectory, host, closeAbandoned } = options;
	const server = await serveStore({
		host,
		closeAbandoned,
		parts: () => options.parts ?? {},
		page: pageDirectory === undefined ? undefined : findPage(pageDirectory),
	});
	const raw = (path: string, asked: AskOptions = {}) => send(server.port, path, asked);
	const ask = (path: string, asked: AskOptions = {}) =>
		raw(`${API_ROOT}${path}`, { ...asked, headers: { authorization: `Bearer ${TOKEN}`, ...asked.headers } });
	return {
		...server,
		raw,
		ask,
		get: async (name, path) => {
			const { status, body } = await ask(path);
			if (status !== 200) throw new Error(`${path}: ${status} ${body}`);
			const route: RouteShape = ROUTES[name];
			return strict(route.answer, JSON.parse(body)) as AnswerOf<typeof name>;
		},
	};
}

/** Nothing that the shape does not know: what comes back is what was sent. */
function strict(shape: z.ZodType | undefined, value: unknown): unknown {
	const parsed = shape?.parse(value);
	if (JSON.stringify(sorted(parsed)) !== JSON.stringify(sorted(value)))
		throw new Error(`the answer has more than its shape: ${JSON.stringify(value)}`);
	return parsed;
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([a], [b]) => a.localeCompare(b))
			.map(([name, inner]) => [name, sorted(inner)]),
	);
}

function send(
	port: number,
	path: string,
	{ method = "GET", headers = {}, body }: AskOptions,
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const asked = request({ host: "127.0.0.1", port, path, method, headers, agent: false }, (response) => {
			let text = "";
			response.setEncoding("utf8");
			response.on("data", (piece: string) => {
				text += piece;
			});
			response.on("end", () =>
				resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
			);
			response.on("error", reject);
		});
		asked.on("error", reject);
		asked.end(body);
	});
}
