// Bundles and runs one measurement of test/bench: node scripts/bench.mjs NAME [ARGS…]
import { spawnSync } from "node:child_process";
import { buildSync } from "esbuild";

const [name, ...args] = process.argv.slice(2);
const outfile = `.cache/bench/${name}.mjs`;
buildSync({
	entryPoints: [`test/bench/${name}.ts`],
	outfile,
	bundle: true,
	platform: "node",
	target: "node20.19",
	format: "esm",
	external: ["node-pty", "better-sqlite3"],
});
process.exit(spawnSync(process.execPath, [outfile, ...args], { stdio: "inherit" }).status ?? 1);
