/** The built page, served by the real server from a real store. Only what no store holds yet is told here. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { SettingsAnswer } from "../../src/web/api/settings.ts";
import { findPage } from "../../src/web/server/page-files.ts";
import type { WebParts } from "../../src/web/web-parts.ts";
import { exportsOf, type ServedStore, serveStore, TOKEN } from "../support/served-store.ts";

export { HOME } from "../support/served-store.ts";

const PAGE = join(import.meta.dirname, "../../dist/web");

export interface PageScene extends ServedStore {
	readonly origin: string;
	/** As `ctrace web` prints it; `path` is opened after it. */
	address(path?: string): string;
}

export interface SceneOptions {
	readonly parts?: Partial<WebParts>;
	readonly settings?: Partial<SettingsAnswer>;
	/** Asciicasts by session. */
	readonly recordings?: ReadonlyMap<string, string>;
}

export async function pageScene({ parts, settings, recordings }: SceneOptions = {}): Promise<PageScene> {
	if (!existsSync(join(PAGE, "index.html"))) throw new Error("the page is not built: npm run build");
	const server = await serveStore({
		page: findPage(PAGE),
		hasRecording: (id) => recordings?.has(id) === true,
		parts: ({ store }, reader) => ({
			recording: (id) => {
				const cast = recordings?.get(id);
				return cast === undefined ? undefined : once(cast);
			},
			export: (id, format) => ({
				text: JSON.stringify(exportsOf.session(store.readSession(id).session)),
				type: "application/json",
				fileName: `${id}.${format}`,
			}),
			settings: () => ({
				version: "0.0.0",
				source: "local",
				privacyMode: "strict",
				can: { delete: true, share: false, analytics: false, insights: false, replay: true },
				searches: "everything",
				isEmpty: reader.isEmpty(),
				timeZone: "UTC",
				...settings,
			}),
			...parts,
		}),
	});
	const origin = `http://127.0.0.1:${server.port}`;
	return {
		...server,
		origin,
		address: (path = "/") => `${origin}${path}${path.includes("?") ? "&" : "?"}token=${TOKEN}`,
	};
}

async function* once(text: string): AsyncIterable<string> {
	yield text;
}
