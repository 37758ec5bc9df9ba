import { join } from "node:path";
import { buildSync } from "esbuild";

const ROOT = join(import.meta.dirname, "..", "..");

/** Bundles a TypeScript file, so that a plain `node` process can run it; gives the path of the result. */
export function bundleScript(source: string): string {
	const outfile = join(
		ROOT,
		".cache",
		"test-scripts",
		`${process.pid}-${source.replaceAll(/[^\w]+/g, "-")}.mjs`,
	);
	buildSync({
		entryPoints: [join(ROOT, source)],
		outfile,
		bundle: true,
		platform: "node",
		format: "esm",
		target: "node20.19",
		external: ["node-pty", "better-sqlite3"],
		// What is inlined may still call `require`.
		banner: { js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);' },
	});
	return outfile;
}
