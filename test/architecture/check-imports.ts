import { isBuiltin } from "node:module";
import { COMPOSITION, OWNERS, STAGES } from "./rules.ts";
import type { Import, SourceFile, Tree } from "./syntax.ts";
import { resolveFrom, stageOf, type Violation } from "./violation.ts";

interface World {
	readonly sources: Tree;
	readonly dependencies: readonly string[];
}

/** Who imports whom: stage order, owners of packages, and the form of the specifier itself. */
export function checkImports(file: SourceFile, world: World): Violation[] {
	const stage = stageOf(file.path);
	if (STAGES[stage] === undefined) {
		const rule = "a new folder of src needs its row in test/architecture/rules.ts and docs/architecture.md";
		return [{ file: file.path, line: 1, offence: `stage "${stage}" is unknown`, rule }];
	}
	return file.imports.flatMap((one) => {
		const rule = one.specifier.startsWith(".")
			? brokenRelative(file, one, world.sources)
			: brokenPackage(stage, one, world.dependencies);
		const verb = one.typeOnly ? "imports the types of" : "imports";
		return rule === undefined
			? []
			: [{ file: file.path, line: one.line, offence: `${verb} "${one.specifier}"`, rule }];
	});
}

function brokenRelative(file: SourceFile, one: Import, sources: Tree): string | undefined {
	const target = resolveFrom(file, one.specifier);
	if (!target.startsWith("src/"))
		return "src imports nothing outside src: data is read, or inlined by the build";
	if (!target.endsWith(".ts") && !target.endsWith(".tsx"))
		return "a relative import names the file, with .ts";
	if (!sources.has(target)) return `there is no ${target}`;
	return brokenStageOrder(stageOf(file.path), stageOf(target), one.typeOnly);
}

function brokenStageOrder(from: string, to: string, typeOnly: boolean): string | undefined {
	const row = STAGES[from];
	if (row === undefined || from === to || to === "core" || row.calls.includes(to)) return undefined;
	if (row.seesTypesOf.includes(to)) {
		return typeOnly ? undefined : `${from} may see ${to}'s types only (import type): composition calls ${to}`;
	}
	if (COMPOSITION.includes(to)) return `${to} puts stages together: nothing imports it from ${from}`;
	const allowed = ["core", ...row.calls, ...row.seesTypesOf.map((stage) => `${stage} (types)`)];
	return `${from} may import ${allowed.join(", ")}, and not ${to}`;
}

function brokenPackage(stage: string, one: Import, dependencies: readonly string[]): string | undefined {
	if (one.specifier.startsWith("node:")) return undefined;
	if (isBuiltin(one.specifier))
		return `a module of Node's is written with its prefix: "node:${one.specifier}"`;
	const name = packageName(one.specifier);
	if (!dependencies.includes(name)) return `${name} is no package of the shipped code`;
	const owners = OWNERS[name];
	if (owners === undefined) return `${name} has no owner yet: name one in test/architecture/rules.ts`;
	return owners.includes(stage)
		? undefined
		: `only ${owners.map((owner) => `src/${owner}`).join(", ")} may import it`;
}

function packageName(specifier: string): string {
	return specifier
		.split("/")
		.slice(0, specifier.startsWith("@") ? 2 : 1)
		.join("/");
}

/** Files that lead back to themselves; each circle once, told from the file that comes first by name. */
export function checkCircles(files: readonly SourceFile[]): Violation[] {
	const graph = new Map(files.map((file) => [file.path, edges(file)]));
	const told = new Set<string>();
	return files.flatMap((file) =>
		edges(file).flatMap(({ target, line }) => {
			const way = shortestWay(graph, target, file.path);
			if (way === undefined) return [];
			const circle = [...way].sort().join(" ");
			if (told.has(circle)) return [];
			told.add(circle);
			const offence = `imports in a circle: ${[file.path, ...way].join(" → ")}`;
			return [
				{ file: file.path, line, offence, rule: "no circles: move what both need to a file of its own" },
			];
		}),
	);
}

interface Edge {
	readonly target: string;
	readonly line: number;
}

function edges(file: SourceFile): Edge[] {
	return file.imports
		.filter((one) => one.specifier.startsWith("."))
		.map((one) => ({ target: resolveFrom(file, one.specifier), line: one.line }));
}

/** Breadth first from `from` to `to`, both included. */
function shortestWay(graph: ReadonlyMap<string, Edge[]>, from: string, to: string): string[] | undefined {
	const queue = [[from]];
	const seen = new Set([from]);
	for (let way = queue.shift(); way !== undefined; way = queue.shift()) {
		const last = way.at(-1) ?? from;
		if (last === to) return way;
		for (const { target } of graph.get(last) ?? []) {
			if (seen.has(target)) continue;
			seen.add(target);
			queue.push([...way, target]);
		}
	}
	return undefined;
}
