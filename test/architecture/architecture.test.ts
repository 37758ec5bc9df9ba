import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { MODULE } from "../../scripts/bundle.mjs";
import { checkArchitecture } from "./check.ts";
import { OWNERS, STAGES } from "./rules.ts";
import { SINKS } from "./sinks.ts";
import { readSource } from "./syntax.ts";
import { report, resolveFrom } from "./violation.ts";

const ROOT = join(import.meta.dirname, "../..");
const sources = readTree();
const manifest: Readonly<Record<"dependencies" | "devDependencies", Record<string, string>>> = JSON.parse(
	readFileSync(join(ROOT, "package.json"), "utf8"),
);
/** What the build puts into the shipped files needs no install; what it leaves outside does. */
const packages = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];

function readTree(): Map<string, string> {
	const found = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
		.filter((name) => /\.tsx?$/.test(name))
		.map((name) => `src/${name.replaceAll("\\", "/")}`)
		.sort();
	return new Map(found.map((path) => [path, readFileSync(join(ROOT, path), "utf8")]));
}

test("the sources keep every rule of the architecture", () => {
	const dependencies = packages.filter((name) => OWNERS[name] !== undefined);
	const broken = report(checkArchitecture({ sources, dependencies }));
	expect(broken, `\n${broken}\n`).toBe("");
});

test("the table of stages itself has no circle", () => {
	const reached = (stage: string, seen: readonly string[]): readonly string[] => {
		expect(seen, `${seen.join(" → ")} → ${stage}`).not.toContain(stage);
		const row = STAGES[stage];
		const next = [...(row?.calls ?? []), ...(row?.seesTypesOf ?? [])];
		return next.flatMap((one) => reached(one, [...seen, stage]));
	};
	for (const stage of Object.keys(STAGES)) reached(stage, []);
});

test("the tables name only stages that have a row", () => {
	const rows = Object.values(STAGES).flatMap((row) => [...row.calls, ...row.seesTypesOf]);
	const named = [...rows, ...Object.values(OWNERS).flat()];
	expect(named.filter((stage) => STAGES[stage] === undefined)).toEqual([]);
});

test("every package of the table is one of package.json's, and what is installed has an owner", () => {
	expect(Object.keys(OWNERS).filter((name) => !packages.includes(name))).toEqual([]);
	expect(Object.keys(manifest.dependencies).filter((name) => OWNERS[name] === undefined)).toEqual([]);
});

test("what is installed beside ctrace is just what the build leaves outside", () => {
	expect(Object.keys(manifest.dependencies).sort()).toEqual([...MODULE.external].sort());
});

test("every sink that is listed is one", () => {
	const isThere = ({ file, module }: (typeof SINKS)[number]) =>
		readSource(file, sources.get(file) ?? "").imports.some(
			(one) => one.specifier === module && !one.typeOnly,
		);
	expect(SINKS.filter((sink) => !isThere(sink)).map(({ file, module }) => `${file}: ${module}`)).toEqual([]);
});

test("the reader of imports sees every import that the bundler sees", async () => {
	const bundle = await build({
		absWorkingDir: ROOT,
		entryPoints: [...sources.keys()],
		outdir: "unused",
		bundle: true,
		write: false,
		metafile: true,
		platform: "node",
		format: "esm",
		packages: "external",
		logLevel: "silent",
	});
	const missed = Object.entries(bundle.metafile.inputs).flatMap(([path, input]) => {
		const file = readSource(path, sources.get(path) ?? "");
		const seen = file.imports.map((one) =>
			one.specifier.startsWith(".") ? resolveFrom(file, one.specifier) : one.specifier,
		);
		return input.imports.filter((one) => !seen.includes(one.path)).map((one) => `${path} → ${one.path}`);
	});
	expect(Object.keys(bundle.metafile.inputs).length).toBeGreaterThan(5);
	expect(missed).toEqual([]);
});
