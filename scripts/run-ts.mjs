// Runs a TypeScript script with its arguments: bundled first, because Node 20 cannot read it as it is.
import { mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const [script, ...rest] = process.argv.slice(2);
const folder = join(".cache", "scripts");
mkdirSync(folder, { recursive: true });
const bundle = join(folder, `${basename(script, ".ts")}-${process.pid}.mjs`);
await build({
	entryPoints: [script],
	outfile: bundle,
	bundle: true,
	platform: "node",
	target: "node20.19",
	format: "esm",
	external: ["node-pty", "better-sqlite3"],
	banner: { js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);' },
	logLevel: "warning",
});
process.argv = [process.argv[0], script, ...rest];
try {
	await import(pathToFileURL(bundle).href);
} finally {
	rmSync(bundle, { force: true });
}
