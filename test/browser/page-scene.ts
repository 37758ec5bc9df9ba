/** The built page, served by the real server from a real store. Only what no store holds yet is told here. */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createIdMaker } from "../../src/core/ids.ts";
import { exportSession, exportTurn } from "../../src/store/export-v1.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import type { SettingsAnswer } from "../../src/web/api/settings.ts";
import { createLocalReader } from "../../src/web/local/local-reader.ts";
import { createApp } from "../../src/web/server/create-app.ts";
import { findPage } from "../../src/web/server/page-files.ts";
import { serve } from "../../src/web/server/serve.ts";
import type { WebParts } from "../../src/web/web-parts.ts";
import { type TemporaryStore, temporaryStore } from "../support/stored-session.ts";

const TOKEN = "a-token-that-nobody-guesses";
const PAGE = join(import.meta.dirname, "../../dist/web");
export const HOME = "/home/ada";

export interface PageScene extends AsyncDisposable {
	readonly scene: TemporaryStore;
	/** As another process would have it: what it writes, the server has to notice. */
	readonly other: Store;
	readonly origin: string;
	/** As `ctrace web` prints it; `path` is opened after it. */
	address(path?: string): string;
	readonly failures: readonly unknown[];
}

export interface SceneOptions {
	readonly parts?: Partial<WebParts>;
	readonly settings?: Partial<SettingsAnswer>;
	/** Asciicasts by session. */
	readonly recordings?: ReadonlyMap<string, string>;
}

export async function pageScene(options: SceneOptions = {}): Promise<PageScene> {
	if (!existsSync(join(PAGE, "index.html"))) throw new Error("the page is not built: npm run build");
	const scene = temporaryStore();
	const clock = { now: () => Date.now() };
	const other = openStore({
		path: scene.path,
		clock,
		ids: createIdMaker(clock, (count) => randomBytes(count)),
	});
	const failures: unknown[] = [];
	const server = await serve(
		(port) =>
			createApp({
				parts: { ...partsOf(scene, options), ...options.parts },
				access: { token: TOKEN, once: new Set(), host: "127.0.0.1", port },
				page: findPage(PAGE),
				onFailure: (error) => failures.push(error),
			}),
		{ host: "127.0.0.1", port: 0, isExact: true },
	);
	const origin = `http://127.0.0.1:${server.port}`;
	return {
		scene,
		other,
		origin,
		failures,
		address: (path = "/") => `${origin}${path}${path.includes("?") ? "&" : "?"}token=${TOKEN}`,
		[Symbol.asyncDispose]: async () => {
			await server.close();
			other.close();
			scene[Symbol.dispose]();
		},
	};
}

function partsOf(scene: TemporaryStore, { settings, recordings }: SceneOptions): WebParts {
	const unused = () => {
		throw new Error("this scene has none");
	};
	const exports = {
		session: (session: Parameters<typeof exportSession>[0]) => exportSession(session, { home: HOME }),
		turn: exportTurn,
	};
	const reader = createLocalReader({
		store: scene.store,
		exports,
		closeAbandoned: () => false,
		hasRecording: (id: string) => recordings?.has(id) === true,
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
		recording: (id) => {
			const cast = recordings?.get(id);
			return cast === undefined ? undefined : once(cast);
		},
		export: (id, format) => ({
			text: JSON.stringify(exports.session(scene.store.readSession(id).session)),
			type: "application/json",
			fileName: `${id}.${format}`,
		}),
		patterns: unused,
		tryMasking: unused,
		status: unused,
		settings: async () => ({
			version: "0.0.0",
			source: "local",
			privacyMode: "strict",
			can: { delete: true, share: false, analytics: false, replay: true },
			isEmpty: await reader.isEmpty(),
			timeZone: "UTC",
			...settings,
		}),
	};
}

async function* once(text: string): AsyncIterable<string> {
	yield text;
}
