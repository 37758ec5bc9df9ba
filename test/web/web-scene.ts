/** A real server over a real store, on a port of its own, and what a client of it needs. */
import { randomBytes } from "node:crypto";
import { type IncomingHttpHeaders, request } from "node:http";
import type * as z from "zod";
import { createIdMaker } from "../../src/core/ids.ts";
import { exportSession, exportTurn } from "../../src/store/export-v1.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import { API_ROOT, ROUTES, type RouteName, type RouteShape } from "../../src/web/api/routes.ts";
import { createLocalReader } from "../../src/web/local/local-reader.ts";
import { createApp } from "../../src/web/server/create-app.ts";
import { findPage } from "../../src/web/server/page-files.ts";
import { serve } from "../../src/web/server/serve.ts";
import type { WebParts } from "../../src/web/web-parts.ts";
import { type TemporaryStore, temporaryStore } from "../support/stored-session.ts";

export const TOKEN = "a-token-that-nobody-guesses";
export const ONCE = "a-token-for-one-time";
export const HOME = "/home/ada";

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

export interface WebScene extends AsyncDisposable {
	readonly scene: TemporaryStore;
	readonly port: number;
	/** As another process would have it. */
	readonly other: Store;
	readonly failures: readonly unknown[];
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
	const scene = temporaryStore();
	const clock = { now: () => Date.now() };
	const other = openStore({
		path: scene.path,
		clock,
		ids: createIdMaker(clock, (count) => randomBytes(count)),
	});
	const failures: unknown[] = [];
	const host = options.host ?? "127.0.0.1";
	const server = await serve(
		(port) =>
			createApp({
				parts: { ...localParts(scene, options), ...options.parts },
				access: { token: TOKEN, once: new Set([ONCE]), host, port },
				page: options.pageDirectory === undefined ? undefined : findPage(options.pageDirectory),
				onFailure: (error) => failures.push(error),
			}),
		{ host: "127.0.0.1", port: 0, isExact: true },
	);
	const raw = (path: string, asked: AskOptions = {}) => send(server.port, path, asked);
	const ask = (path: string, asked: AskOptions = {}) =>
		raw(`${API_ROOT}${path}`, { ...asked, headers: { authorization: `Bearer ${TOKEN}`, ...asked.headers } });
	return {
		scene,
		other,
		port: server.port,
		failures,
		raw,
		ask,
		get: async (name, path) => {
			const { status, body } = await ask(path);
			if (status !== 200) throw new Error(`${path}: ${status} ${body}`);
			const route: RouteShape = ROUTES[name];
			return strict(route.answer, JSON.parse(body)) as AnswerOf<typeof name>;
		},
		[Symbol.asyncDispose]: async () => {
			await server.close();
			other.close();
			scene[Symbol.dispose]();
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

function localParts(scene: TemporaryStore, options: SceneOptions): WebParts {
	const unused = () => {
		throw new Error("this scene has none");
	};
	const reader = createLocalReader({
		store: scene.store,
		exports: { session: (session) => exportSession(session, { home: HOME }), turn: exportTurn },
		closeAbandoned: options.closeAbandoned ?? (() => false),
		hasRecording: () => false,
		now: () => Date.now(),
	});
	return {
		reader,
		version: "0.0.0",
		actions: {
			delete: (id) => {
				const { isWiped } = scene.store.deleteSession(id);
				reader.noteChange();
				return { deleted: true, wiped: isWiped };
			},
			teams: unused,
			readShare: unused,
			share: unused,
		},
		export: unused,
		patterns: unused,
		tryMasking: unused,
		status: unused,
		settings: unused,
	};
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
