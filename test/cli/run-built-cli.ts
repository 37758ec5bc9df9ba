/** Builds `dist/cli.cjs` from today's sources into a place of its own, and runs it as a person's shell would. */
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { removeFolder } from "../support/remove-folder.ts";
import { type TemporaryStore, temporaryStore } from "../support/stored-session.ts";

const ROOT = join(import.meta.dirname, "..", "..");
export const TEST_VERSION = "9.8.7";
export const TEST_COMMIT = "0123456789";

export function buildCli(): string {
	// One level deep, as `dist` is: the patterns are looked for beside it.
	const outfile = join(ROOT, ".cache", `${process.pid}-cli.mjs`);
	buildSync({
		entryPoints: [join(ROOT, "src/cli/main.ts")],
		outfile,
		bundle: true,
		platform: "node",
		target: "node20.19",
		format: "esm",
		external: ["node-pty", "better-sqlite3"],
		define: {
			CTRACE_VERSION: JSON.stringify(TEST_VERSION),
			CTRACE_COMMIT: JSON.stringify(TEST_COMMIT),
		},
		banner: { js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);' },
	});
	return outfile;
}

export interface CliScene extends Disposable {
	readonly home: string;
	readonly scene: TemporaryStore;
	readonly env: NodeJS.ProcessEnv;
	readonly run: (...words: string[]) => Told;
	/** With text on its standard input. */
	readonly type: (input: string, ...words: string[]) => Told;
}

export interface Told {
	readonly code: number | null;
	readonly out: string;
	readonly err: string;
}

/** A home of its own, with a store to fill. */
export function cliScene(cli: string): CliScene {
	const home = mkdtempSync(join(tmpdir(), "ctrace-cli-"));
	const scene = temporaryStore(join(home, "ct", "data", "ctrace.db"));
	const { PATH, NODE_PATH } = process.env;
	const env = {
		PATH,
		HOME: home,
		CTRACE_HOME: join(home, "ct"),
		TZ: "UTC",
		...(NODE_PATH === undefined ? {} : { NODE_PATH }),
	};
	const type = (input: string | undefined, words: readonly string[]): Told => {
		const options = { env, cwd: home, encoding: "utf8", ...(input === undefined ? {} : { input }) } as const;
		const result = spawnSync(process.execPath, [cli, ...words], options);
		const why = result.error === undefined ? (result.signal ?? "") : String(result.error);
		return { code: result.status, out: result.stdout, err: result.stderr || why };
	};
	return {
		home,
		scene,
		env,
		run: (...words) => type(undefined, words),
		type: (input, ...words) => type(input, words),
		[Symbol.dispose]: () => {
			scene[Symbol.dispose]();
			removeFolder(home);
		},
	};
}
