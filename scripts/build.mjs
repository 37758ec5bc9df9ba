// Bundles one small file per process: the wrapper loads only what it needs, so it starts fast. Only the commands and the
// daemon keep what they seldom need (the stages behind `import`, the work of a component) in files of their own.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { buildPage } from "./build-page.mjs";
import { COMMANDS, MODULE, SCRIPT, SCRIPTS } from "./bundle.mjs";
import { licences } from "./licences.mjs";
import { packed, readWith } from "./pack.mjs";

const ENTRIES = {
	recorder: "src/recorder/main.ts",
	// Read by a recorder whose person has a Supabase project, after its start.
	sync: "src/sync/kit.ts",
	"demo-agent": "src/demo/main.ts",
	dev: "src/dev/main.ts",
};

/** What is read at each start, and what people wait for most often: in one file, as each further one takes its time. */
const STARTS = ["main", "commands/sessions-list", "commands/sessions-show", "commands/search"].map(
	(name) => `src/cli/${name}.ts`,
);

const { version } = JSON.parse(readFileSync("package.json", "utf8"));

/** `node scripts/build.mjs [DIRECTORY]`; a directory of one's own gets the programs without the page. */
const OUTDIR = "dist";
const outdir = process.argv[2] ?? OUTDIR;

rmSync(outdir, { recursive: true, force: true });
const shipped = { outdir, sourcemap: "linked", legalComments: "none", minify: true, metafile: true };
const defines = { CTRACE_VERSION: JSON.stringify(version), CTRACE_COMMIT: JSON.stringify(commit()) };
const options = { ...MODULE, ...shipped, define: defines };
const builtIn = new Set();
await bundle({ ...SCRIPT, ...shipped, entryPoints: { wrap: "src/wrap/main.ts" } });
await bundle({ ...options, entryPoints: ENTRIES });
const split = (name) => ({
	entryPoints: { [name]: `src/${name}/main.ts` },
	splitting: true,
	chunkNames: `${name}-[name]-[hash]`,
});
await bundle({ ...options, ...split("daemon") });
await bundleCommands();

// The patterns, read once: what a start needs of each kind is one small file of JSON.
const compiler = join(outdir, "compile-patterns.tmp.mjs");
await build({ ...MODULE, entryPoints: ["scripts/compile-patterns.ts"], outfile: compiler });
await import(pathToFileURL(resolve(compiler)).href);
rmSync(compiler);

// The page of `ctrace web`.
if (outdir === OUTDIR) {
	const { modules } = await buildPage(join(outdir, "web"));
	for (const path of modules) builtIn.add(path);
}

writeFileSync(join(outdir, "THIRD-PARTY-LICENCES.txt"), licences(builtIn, "."));

async function bundle(what) {
	const { metafile } = await build(what);
	for (const { inputs } of Object.values(metafile.outputs))
		for (const [path, { bytesInOutput }] of Object.entries(inputs))
			if (bytesInOutput > 0) builtIn.add(path.replace(/^small:/, ""));
	return metafile;
}

/** Split as modules, and each file made a script then: those start at once. */
async function bundleCommands() {
	const modules = join(outdir, "cli.tmp");
	const { outputs } = await bundle({
		...COMMANDS,
		...shipped,
		define: defines,
		...split("cli"),
		outdir: modules,
	});
	const together = readWith(outputs, STARTS);
	const scripts = { ...SCRIPTS, sourcemap: "linked", legalComments: "none", minify: true };
	const others = Object.keys(outputs).filter((path) => path.endsWith(".cjs") && !together.includes(path));
	await build({ ...scripts, entryPoints: others, outdir });
	await build(
		packed(
			scripts,
			together.map((path) => basename(path)),
			{ from: modules, outdir },
		),
	);
	rmSync(modules, { recursive: true });
}

/** What was built: the commit, with a mark where the folder differs from it; nothing outside a clone. */
function commit() {
	if (process.env.CTRACE_COMMIT !== undefined) return process.env.CTRACE_COMMIT;
	const git = (...args) => spawnSync("git", args, { encoding: "utf8" });
	const head = git("rev-parse", "--short=10", "HEAD");
	// Unpacked inside somebody's repository it is not that repository's commit.
	if (head.status !== 0 || git("rev-parse", "--show-prefix").stdout.trim() !== "") return "";
	const changed = git("status", "--porcelain", "--untracked-files=no").stdout !== "";
	return head.stdout.trim() + (changed ? "+" : "");
}
