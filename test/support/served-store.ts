/** The real server over a real store, on a port of its own: what the tests of the API and of the page begin with. */
import { randomBytes } from "node:crypto";
import { createIdMaker } from "../../src/core/ids.ts";
import { exportSession, exportTurn } from "../../src/store/export-v1.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import { createLocalReader, type LocalReader } from "../../src/web/local/local-reader.ts";
import { createApp } from "../../src/web/server/create-app.ts";
import type { PageFiles } from "../../src/web/server/page-files.ts";
import { serve } from "../../src/web/server/serve.ts";
import type { WebParts } from "../../src/web/web-parts.ts";
import { type TemporaryStore, temporaryStore } from "./stored-session.ts";

export const TOKEN = "a-token-that-nobody-guesses";
export const ONCE = "a-token-for-one-time";
export const HOME = "/home/ada";

export interface ServedStore extends AsyncDisposable {
	readonly scene: TemporaryStore;
	/** As another process would have it: what it writes, the server has to notice. */
	readonly other: Store;
	readonly port: number;
	/** What nobody foresaw. */
	readonly failures: readonly unknown[];
}

export interface ServedOptions {
	/** What is more, or other, than the store gives. */
	readonly parts?: (scene: TemporaryStore, reader: LocalReader) => Partial<WebParts>;
	readonly page?: PageFiles | undefined;
	readonly host?: string | undefined;
	readonly closeAbandoned?: (() => boolean) | undefined;
	readonly hasRecording?: (id: string) => boolean;
}

export const exportsOf = {
	session: (session: Parameters<typeof exportSession>[0]) => exportSession(session, { home: HOME }),
	turn: exportTurn,
};

export async function serveStore(options: ServedOptions = {}): Promise<ServedStore> {
	const scene = temporaryStore();
	const clock = { now: () => Date.now() };
	const ids = createIdMaker(clock, (count) => randomBytes(count));
	const other = openStore({ path: scene.path, clock, ids });
	const failures: unknown[] = [];
	const parts = partsOf(scene, options);
	const server = await serve(
		(port) =>
			createApp({
				parts,
				access: { token: TOKEN, once: new Set([ONCE]), host: options.host ?? "127.0.0.1", port },
				page: options.page,
				onFailure: (error) => failures.push(error),
			}),
		{ host: "127.0.0.1", port: 0, isExact: true },
	);
	return {
		scene,
		other,
		port: server.port,
		failures,
		[Symbol.asyncDispose]: async () => {
			await server.close();
			other.close();
			scene[Symbol.dispose]();
		},
	};
}

function partsOf(scene: TemporaryStore, options: ServedOptions): WebParts {
	const reader = createLocalReader({
		store: scene.store,
		exports: exportsOf,
		closeAbandoned: options.closeAbandoned ?? (() => false),
		hasRecording: options.hasRecording ?? (() => false),
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
		...options.parts?.(scene, reader),
	};
}

function unused(): never {
	throw new Error("this scene has none");
}
