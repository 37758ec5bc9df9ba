// Runs a TypeScript entry on plain Node: `node scripts/run-ts.mjs ENTRY.ts [ARGS…]`.
// Node 20 does not strip types, so the entry is bundled into the ignored cache first.
import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { constants } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) {
	console.error("usage: node scripts/run-ts.mjs ENTRY.ts [ARGS…]");
	process.exit(2);
}

// Inside the repository, so that the bundle finds node_modules; one file a process, so that two runs do not collide.
const outdir = join(ROOT, ".cache", "run-ts");
mkdirSync(outdir, { recursive: true });
const outfile = join(outdir, `${basename(entry, ".ts")}.${process.pid}.mjs`);
await build({
	entryPoints: [resolve(entry)],
	outfile,
	bundle: true,
	// Native add-ons stay outside, and what loads files of its own.
	external: ["node-pty", "better-sqlite3", "esbuild", "playwright-core"],
	banner: { js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);' },
	platform: "node",
	target: "node20.19",
	format: "esm",
	sourcemap: "inline",
	logLevel: "warning",
});

const child = spawn(process.execPath, ["--enable-source-maps", outfile, ...args], {
	stdio: "inherit",
	env: { ...process.env, CTRACE_REPOSITORY: ROOT },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => {
	rmSync(outfile, { force: true });
	process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
});
