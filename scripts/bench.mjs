// Bundles and runs one measurement of test/bench: node scripts/bench.mjs NAME [ARGS…]
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { buildSync } from "esbuild";

const [name, ...args] = process.argv.slice(2);
const NODE = { bundle: true, platform: "node", target: "node20.19", format: "esm" };
const outfile = `.cache/bench/${name}.mjs`;
buildSync({
	...NODE,
	entryPoints: [`test/bench/${name}.ts`],
	outfile,
	external: ["node-pty", "better-sqlite3"],
	banner: { js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);' },
});
// What it is measured against, in a process of its own, so that its memory is not counted.
const peer = `test/bench/${name}-peer.ts`;
if (existsSync(peer))
	buildSync({ ...NODE, entryPoints: [peer], outfile: `.cache/bench/${name}-peer.mjs`, packages: "external" });
process.exit(spawnSync(process.execPath, [outfile, ...args], { stdio: "inherit" }).status ?? 1);
