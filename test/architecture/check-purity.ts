import {
	COMPOSITION_GLOBALS,
	COMPOSITION_MODULES,
	IMPURE_GLOBALS,
	MAY_TOUCH_THE_PROCESS,
	PLATFORM_FACTS,
	PURE,
	RANDOM_NAMES,
} from "./rules.ts";
import { child, children, type Import, type Node, nameOf, type SourceFile, visit } from "./syntax.ts";
import { excerpt, type Violation } from "./violation.ts";

const ONLY_COMPOSITION = "only composition asks the process, the clock or chance: hand it in";

/** What a file asks of the machine, against what its folder may ask. */
export function checkPurity(file: SourceFile): Violation[] {
	const pure = PURE.find(({ under }) => file.path.startsWith(under));
	if (pure !== undefined) {
		return [
			...importsThat(file, (one) => one.specifier.startsWith("node:"), pure.because),
			...questions(file, new Set(IMPURE_GLOBALS), pure.because),
		];
	}
	if (MAY_TOUCH_THE_PROCESS.some((under) => file.path.startsWith(under))) return [];
	const facts = PLATFORM_FACTS.filter(({ under }) => file.path.startsWith(under)).flatMap(({ says }) => says);
	return [
		...importsThat(file, asksTheMachine, ONLY_COMPOSITION),
		...questions(file, new Set(COMPOSITION_GLOBALS), ONLY_COMPOSITION, facts),
	];
}

function asksTheMachine(one: Import): boolean {
	if (one.typeOnly) return false;
	const isRandom = one.specifier === "node:crypto" && one.names.some((name) => RANDOM_NAMES.includes(name));
	return isRandom || COMPOSITION_MODULES.includes(one.specifier);
}

function importsThat(file: SourceFile, offends: (one: Import) => boolean, rule: string): Violation[] {
	return file.imports.filter(offends).map((one) => ({
		file: file.path,
		line: one.line,
		offence: `imports "${one.specifier}"`,
		rule,
	}));
}

function questions(
	file: SourceFile,
	globals: ReadonlySet<string>,
	rule: string,
	allowed: readonly string[] = [],
): Violation[] {
	const found: Violation[] = [];
	visit(file.program, (node, parents) => {
		const parent = parents.at(-1);
		if (isTypePosition(node)) return false;
		if (!asksForTime(node) && !(isReference(node, parent) && globals.has(nameOf(node) ?? "")))
			return undefined;
		const shown = parent?.type === "MemberExpression" ? parent : node;
		if (allowed.includes(file.text.slice(shown.start, shown.end))) return undefined;
		found.push({
			file: file.path,
			line: file.lineOf(node),
			offence: `uses \`${excerpt(file, shown)}\``,
			rule,
		});
		return undefined;
	});
	return found;
}

/** Types vanish: `NodeJS.Process` and `typeof setTimeout` in a type ask nothing. */
function isTypePosition(node: Node): boolean {
	return (
		node.type === "TSTypeAnnotation" ||
		node.type === "TSTypeAliasDeclaration" ||
		node.type === "TSInterfaceDeclaration"
	);
}

/** `Date.now()`, `new Date()`, `Date()`, `Math.random()`; a date made from a given number is fine. */
function asksForTime(node: Node): boolean {
	if (node.type === "MemberExpression") {
		const name = `${nameOf(child(node, "object"))}.${nameOf(child(node, "property"))}`;
		return name === "Date.now" || name === "Math.random";
	}
	if (nameOf(child(node, "callee")) !== "Date") return false;
	return node.type === "CallExpression" || children(node, "arguments").length === 0;
}

/**
 * An identifier that stands for a value, not for the name of a member. A local of the same name counts as well, on
 * purpose: `process` as the name of a parameter would hide the difference from the reader too.
 */
function isReference(node: Node, parent: Node | undefined): boolean {
	if (node.type !== "Identifier") return false;
	if (parent === undefined) return true;
	const isMember = parent.type === "MemberExpression" && parent.property === node && parent.computed !== true;
	const isKey = "key" in parent && parent.key === node && parent.computed !== true;
	const isType = parent.type.startsWith("TS") && !VALUE_IN_TYPE_SYNTAX.test(parent.type);
	return !isMember && !isKey && !isType && !/(?:Import|Export).*Specifier/.test(parent.type);
}

/** TypeScript's own syntax around a value: `process as Host`, `process!`. */
const VALUE_IN_TYPE_SYNTAX =
	/^TS(?:AsExpression|NonNullExpression|SatisfiesExpression|TypeAssertion|ParameterProperty)$/;
