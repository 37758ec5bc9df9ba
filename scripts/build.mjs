// Bundles one small file per process: the wrapper loads only what it needs, so it starts fast. Only the commands and the
// daemon keep what they seldom need (the stages behind `import`, the work of a component) in files of their own.
import { readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { buildPage } from "./build-page.mjs";
import { MODULE, SCRIPT } from "./bundle.mjs";

const ENTRIES = {
	recorder: "src/recorder/main.ts",
	// Read by a recorder whose person has a Supabase project, after its start.
	sync: "src/sync/kit.ts",
	"demo-agent": "src/demo/main.ts",
	dev: "src/dev/main.ts",
};

const { version } = JSON.parse(readFileSync("package.json", "utf8"));

/** `node scripts/build.mjs [DIRECTORY]`; a directory of one's own gets the programs without the page. */
const OUTDIR = "dist";
const outdir = process.argv[2] ?? OUTDIR;

rmSync(outdir, { recursive: true, force: true });
const shipped = { outdir, sourcemap: "linked", legalComments: "none", minify: true };
const options = { ...MODULE, ...shipped, define: { CTRACE_VERSION: JSON.stringify(version) } };
await build({ ...SCRIPT, ...shipped, entryPoints: { wrap: "src/wrap/main.ts" } });
await build({ ...options, entryPoints: ENTRIES });
for (const name of ["cli", "daemon"])
	await build({
		...options,
		entryPoints: { [name]: `src/${name}/main.ts` },
		splitting: true,
		chunkNames: `${name}-[name]-[hash]`,
	});

// The patterns, read once: what a start needs of each kind is one small file of JSON.
const compiler = join(outdir, "compile-patterns.tmp.mjs");
await build({ ...MODULE, entryPoints: ["scripts/compile-patterns.ts"], outfile: compiler });
await import(pathToFileURL(resolve(compiler)).href);
rmSync(compiler);

// The page of `ctrace web`.
if (outdir === OUTDIR) await buildPage(join(outdir, "web"));
