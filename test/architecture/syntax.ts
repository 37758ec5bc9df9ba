/**
 * What the rules need to know about one source file, read from its syntax tree.
 *
 * The parser is the one vitest itself brings (`vitest/node`): it understands TypeScript and needs no dependency
 * of our own. A bundler's import list would not do: it drops `import type`, and who may see whose types is half
 * of the rules.
 */
import { parseAst } from "vitest/node";

/** Path (with `/`, from the repository's root) → text. A plain map, so that a test can invent a tree. */
export type Tree = ReadonlyMap<string, string>;

export interface Node {
	readonly type: string;
	readonly start: number;
	readonly end: number;
	readonly [key: string]: unknown;
}

export interface Import {
	readonly specifier: string;
	readonly line: number;
	/** Nothing of it is left at run time. */
	readonly typeOnly: boolean;
	/** Names taken from the module, as it exports them; empty for `import "x"`, `*` and `import(…)`. */
	readonly names: readonly string[];
}

export interface SourceFile {
	readonly path: string;
	readonly text: string;
	readonly program: Node;
	readonly imports: readonly Import[];
	lineOf(node: Node): number;
}

export function readSource(path: string, text: string): SourceFile {
	const program: Node = { ...parseAst(text, { lang: path.endsWith("x") ? "tsx" : "ts", astType: "ts" }) };
	const starts = lineStarts(text);
	const lineOf = (node: Node) => starts.findLastIndex((start) => start <= node.start) + 1;
	return { path, text, program, lineOf, imports: findImports(program, lineOf) };
}

/** Every node under `node`, itself first; `enter` returning false keeps out of a subtree. */
export function visit(
	node: Node,
	enter: (node: Node, parents: readonly Node[]) => boolean | undefined,
): void {
	const walk = (current: Node, parents: readonly Node[]): void => {
		if (enter(current, parents) === false) return;
		const below = [...parents, current];
		for (const child of childrenOf(current)) walk(child, below);
	};
	walk(node, []);
}

export function isNode(value: unknown): value is Node {
	return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** The node in a field that holds exactly one. */
export function child(node: Node, field: string): Node | undefined {
	const value = node[field];
	return isNode(value) ? value : undefined;
}

export function children(node: Node, field: string): readonly Node[] {
	const value = node[field];
	return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The text of an identifier or of a string literal; absent for anything else. */
export function nameOf(node: Node | undefined): string | undefined {
	if (node?.type === "Identifier" && typeof node.name === "string") return node.name;
	if (node?.type === "Literal" && typeof node.value === "string") return node.value;
	return undefined;
}

function childrenOf(node: Node): Node[] {
	return Object.values(node).flatMap((value) => (Array.isArray(value) ? value : [value]).filter(isNode));
}

function lineStarts(text: string): number[] {
	return [0, ...Array.from(text.matchAll(/\n/g), (match) => match.index + 1)];
}

const IMPORTING = new Set([
	"ImportDeclaration",
	"ExportNamedDeclaration",
	"ExportAllDeclaration",
	"ImportExpression",
	"TSImportType",
]);

function findImports(program: Node, lineOf: (node: Node) => number): Import[] {
	const found: Import[] = [];
	visit(program, (node) => {
		const source = IMPORTING.has(node.type) ? child(node, "source") : undefined;
		const specifier = nameOf(source);
		if (source === undefined || specifier === undefined) return undefined;
		found.push({ specifier, line: lineOf(source), typeOnly: isTypeOnly(node), names: importedNames(node) });
		return undefined;
	});
	return found;
}

function isTypeOnly(node: Node): boolean {
	if (node.type === "TSImportType" || node.importKind === "type" || node.exportKind === "type") return true;
	const specifiers = children(node, "specifiers");
	return (
		specifiers.length > 0 && specifiers.every((one) => one.importKind === "type" || one.exportKind === "type")
	);
}

function importedNames(node: Node): string[] {
	return children(node, "specifiers").flatMap((one) => {
		if (one.importKind === "type" || one.exportKind === "type") return [];
		if (one.type === "ImportDefaultSpecifier") return ["default"];
		return nameOf(child(one, node.type === "ImportDeclaration" ? "imported" : "local")) ?? [];
	});
}
