import { HARMLESS_MODULES, IMPURE_GLOBALS } from "./rules.ts";
import { child, children, type Node, nameOf, type SourceFile, visit } from "./syntax.ts";
import { excerpt, type Violation } from "./violation.ts";

const DECLARATIONS = new Set([
	"ImportDeclaration",
	"ExportNamedDeclaration",
	"ExportAllDeclaration",
	"ExportDefaultDeclaration",
	"FunctionDeclaration",
	"ClassDeclaration",
	"VariableDeclaration",
	"TSTypeAliasDeclaration",
	"TSInterfaceDeclaration",
	"TSModuleDeclaration",
	"TSDeclareFunction",
	"TSEnumDeclaration",
]);
const RULE = "importing a module does nothing: only a main.ts acts";

/**
 * Importing a module does nothing: at its top stand declarations alone, and what a constant is made from neither
 * waits nor asks the machine. A heuristic: it cannot see into a function of our own that a constant calls.
 */
export function checkInert(file: SourceFile): Violation[] {
	if (file.path.endsWith("/main.ts")) return [];
	const risky = riskyNames(file);
	return children(file.program, "body").flatMap((statement) => {
		const declared = child(statement, "declaration") ?? statement;
		const offender = DECLARATIONS.has(declared.type) ? actingPart(declared, risky) : declared;
		return offender === undefined ? [] : [violation(file, offender)];
	});
}

function violation(file: SourceFile, node: Node): Violation {
	const offence = `at the top of the module: \`${excerpt(file, node)}\``;
	const isMutable = node.type === "VariableDeclaration";
	const rule = isMutable ? "no mutable state at the top of a module: keep it in what is constructed" : RULE;
	return { file: file.path, line: file.lineOf(node), offence, rule };
}

function actingPart(declared: Node, risky: ReadonlySet<string>): Node | undefined {
	if (declared.type === "VariableDeclaration" && declared.kind !== "const") return declared;
	if (declared.type === "FunctionDeclaration") return undefined;
	let offender: Node | undefined;
	visit(declared, (node, parents) => {
		if (offender !== undefined || runsLater(node, parents.at(-1))) return false;
		const callee =
			node.type === "CallExpression" || node.type === "NewExpression" ? child(node, "callee") : undefined;
		const acts = callee !== undefined && risky.has(rootName(callee) ?? "");
		if (acts || node.type === "AwaitExpression" || node.type === "StaticBlock") offender = node;
		return undefined;
	});
	return offender;
}

function runsLater(node: Node, parent: Node | undefined): boolean {
	const isInstanceField = node.type === "PropertyDefinition" && node.static !== true;
	const calledOnTheSpot = parent?.type === "CallExpression" && parent.callee === node;
	return isInstanceField || (/Function/.test(node.type) && !calledOnTheSpot);
}

/** Globals that ask the machine, and everything imported from a module of Node's that can act. */
function riskyNames(file: SourceFile): Set<string> {
	const names = new Set([...IMPURE_GLOBALS, "require"]);
	for (const statement of children(file.program, "body")) {
		const source = statement.type === "ImportDeclaration" ? nameOf(child(statement, "source")) : undefined;
		if (source === undefined || !source.startsWith("node:") || HARMLESS_MODULES.includes(source)) continue;
		for (const one of children(statement, "specifiers")) names.add(nameOf(child(one, "local")) ?? "");
	}
	return names;
}

/** `fs.promises.readFile` → `fs`. */
function rootName(node: Node): string | undefined {
	const object = node.type === "MemberExpression" ? child(node, "object") : undefined;
	return object === undefined ? nameOf(node) : rootName(object);
}
