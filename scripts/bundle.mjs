// How everything of ours is bundled for Node: one place, so that what is tested is built like what is shipped.

import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";

const NODE = {
	bundle: true,
	platform: "node",
	target: "node20.19",
	// Native add-ons stay outside; everything else is inlined, because resolving hundreds of files costs start-up time.
	external: ["node-pty", "better-sqlite3"],
	logLevel: "warning",
};

/**
 * Of Node's own modules those that take long to load and are seldom needed at the start: each is loaded with the first call of
 * one of its functions. A class of theirs cannot be had this way; who imports one is told by the build.
 */
const LOADED_LATE = ["node:child_process", "node:crypto", "node:readline", "node:timers/promises"];

const lateModules = {
	name: "late-modules",
	setup(build) {
		const filter = new RegExp(`^(?:${LOADED_LATE.join("|")})$`);
		build.onResolve({ filter }, ({ path, kind }) =>
			kind === "import-statement" ? { path, namespace: "late", sideEffects: false } : undefined,
		);
		build.onLoad({ filter, namespace: "late" }, async ({ path }) => {
			const names = Object.entries(await import(path)).filter(([name, value]) => isFunction(name, value));
			const calls = names.map(
				([name]) => `export const ${name} = (...given) => require("${path}").${name}(...given);`,
			);
			return { contents: calls.join("\n"), loader: "js" };
		});
	},
};

/**
 * What the settings and the store need of zod, beside what other commands do: shared, the whole of its core would be read at
 * each start.
 */
const smallZod = {
	name: "small-zod",
	setup(build) {
		const namespace = "small";
		const aside = async ({ path, kind, resolveDir, pluginData }) => {
			if (pluginData === namespace) return undefined;
			const found = await build.resolve(path, { kind, resolveDir, pluginData: namespace });
			return { path: relative(".", found.path), sideEffects: found.sideEffects, namespace };
		};
		build.onResolve({ filter: /^zod\/mini$/ }, aside);
		build.onResolve({ filter: /^\./, namespace }, aside);
		build.onLoad({ filter: /./, namespace }, ({ path }) => ({
			contents: readFileSync(path, "utf8"),
			resolveDir: resolve(dirname(path)),
		}));
	},
};

function isFunction(name, value) {
	return typeof value === "function" && /^[a-z]/.test(name);
}

/** An ES module; what is inlined may still call `require`. */
export const MODULE = {
	...NODE,
	format: "esm",
	banner: { js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);' },
};

/** A CommonJS file: Node 20 has it running some ten milliseconds earlier, which whoever typed it would wait for. */
export const SCRIPT = {
	...NODE,
	format: "cjs",
	outExtension: { ".js": ".cjs" },
	banner: { js: '"use strict";const __url=require("node:url").pathToFileURL(__filename).href;' },
	define: { "import.meta.url": "__url" },
	plugins: [lateModules],
};

/** The commands, as modules that are split into files: only ES modules can be. `SCRIPTS` makes scripts of them. */
export const COMMANDS = {
	...MODULE,
	banner: {},
	splitting: true,
	outExtension: SCRIPT.outExtension,
	plugins: [lateModules, smallZod],
};

/** Such files into CommonJS, one by one. A genuine ES module is still had by its address: `importModule`. */
export const SCRIPTS = {
	...SCRIPT,
	bundle: false,
	external: undefined,
	plugins: [],
	supported: { "dynamic-import": false },
	banner: { js: `${SCRIPT.banner.js}const importModule=(address)=>import(address);` },
};
