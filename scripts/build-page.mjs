// Builds the page of `ctrace web`: hashed files with a Brotli form beside each, and no more of a first load than allowed.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "vite";

/** What a first visit may load, compressed. */
export const MOST_FIRST_LOAD_BYTES = 250_000;
const COMPRESSED = /\.(?:js|css|html|svg|json)$/;
const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

/** `outdir` is emptied first. Answers which files were built in, relative to the repository. */
export async function buildPage(outdir) {
	const { output } = await build({
		configFile: join(ROOT, "web/vite.config.ts"),
		logLevel: "warn",
		build: { outDir: resolve(outdir) },
	});
	const sizes = new Map(filesBelow(outdir).map((name) => [name, compress(join(outdir, name))]));
	const bytes = firstLoad(outdir).reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
	if (bytes > MOST_FIRST_LOAD_BYTES)
		throw new Error(`a first visit loads ${bytes} bytes, more than ${MOST_FIRST_LOAD_BYTES}`);
	const ids = output.flatMap((chunk) => chunk.moduleIds ?? []).filter((id) => id.startsWith(`${ROOT}/`));
	return { modules: ids.map((id) => id.slice(ROOT.length + 1)) };
}

function filesBelow(directory) {
	return readdirSync(directory, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && COMPRESSED.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1));
}

function compress(path) {
	const compressed = brotliCompressSync(readFileSync(path), {
		params: { [constants.BROTLI_PARAM_QUALITY]: 9 },
	});
	writeFileSync(`${path}.br`, compressed);
	return compressed.length;
}

/** The page itself, and what its first script cannot do without. */
function firstLoad(directory) {
	const manifest = JSON.parse(readFileSync(join(directory, "manifest.json"), "utf8"));
	const names = new Set(["index.html", "theme.js", "icon.svg"]);
	const visit = (key) => {
		const chunk = manifest[key];
		if (chunk === undefined || names.has(chunk.file)) return;
		for (const name of [chunk.file, ...(chunk.css ?? [])]) names.add(name);
		for (const imported of chunk.imports ?? []) visit(imported);
	};
	visit("index.html");
	return [...names];
}
