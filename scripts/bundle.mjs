// How everything of ours is bundled for Node: one place, so that what is tested is built like what is shipped.

const NODE = {
	bundle: true,
	platform: "node",
	target: "node20.19",
	// Native add-ons stay outside; everything else is inlined, because resolving hundreds of files costs start-up time.
	external: ["node-pty", "better-sqlite3"],
	logLevel: "warning",
};

/** An ES module; what is inlined may still call `require`. */
export const MODULE = {
	...NODE,
	format: "esm",
	banner: { js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);' },
};

/** A CommonJS file: Node 20 has it running some ten milliseconds earlier, which the wrapper's user would wait for. */
export const SCRIPT = {
	...NODE,
	format: "cjs",
	outExtension: { ".js": ".cjs" },
	banner: { js: 'const __url=require("node:url").pathToFileURL(__filename).href;' },
	define: { "import.meta.url": "__url" },
};
