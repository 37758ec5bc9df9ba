// Modules that a bundle was split into, put together again into one CommonJS file where they are needed together.
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";

/**
 * @param {Record<string, import("esbuild").Metafile["outputs"][string]>} outputs of a split bundle
 * @param {readonly string[]} entries their sources
 * @returns {string[]} the files that are read when those are: theirs, in their order, and what they import at once
 */
export function readWith(outputs, entries) {
	const found = new Set(
		entries.map((entry) => Object.keys(outputs).find((path) => outputs[path].entryPoint === entry)),
	);
	if (found.has(undefined)) throw new Error(`not all of ${entries.join(", ")} were built`);
	for (const path of found)
		for (const { path: imported, kind } of outputs[path].imports)
			if (kind === "import-statement" && imported in outputs) found.add(imported);
	return [...found];
}

/**
 * The first of `names` becomes a file that holds all of them, each run when it is first asked for. The others' names stay, for
 * files that were not put in: what they find there is the very same.
 */
export function packed(scripts, names, { from, outdir }) {
	const [first, ...others] = names.map((name) => `./${name}`);
	for (const name of others)
		writeFileSync(
			join(outdir, name),
			`module.exports=require(${JSON.stringify(first)})(${JSON.stringify(name)});\n`,
		);
	const parts = others.map((name) => `${JSON.stringify(name)}:()=>require(${JSON.stringify(name)})`);
	const contents = `const parts={${parts.join(",")}};module.exports=(name)=>parts[name]();require(${JSON.stringify(first)});`;
	const outside = {
		name: "outside",
		setup: (build) =>
			build.onResolve({ filter: /^\.\// }, ({ path }) =>
				names.includes(basename(path)) ? undefined : { path, external: true },
			),
	};
	return {
		...scripts,
		bundle: true,
		external: ["node-pty", "better-sqlite3"],
		plugins: [outside],
		stdin: { contents, resolveDir: from, loader: "js" },
		outfile: join(outdir, basename(first)),
	};
}
