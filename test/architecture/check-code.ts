import { basename } from "node:path";
import { EMPTY_FILE_NAMES, EMPTY_NAME_ENDING, MAX_LINES } from "./rules.ts";
import { child, type Node, nameOf, type SourceFile, visit } from "./syntax.ts";
import { excerpt, stageOf, type Violation } from "./violation.ts";

/** The dialect: what a file is called, how long it is, and what it must not contain. */
export function checkCode(file: SourceFile): Violation[] {
	const found = checkFile(file);
	visit(file.program, (node) => {
		const rule = brokenBy(node, file);
		if (rule !== undefined) {
			found.push({ file: file.path, line: file.lineOf(node), offence: `\`${excerpt(file, node)}\``, rule });
		}
		return undefined;
	});
	return found;
}

function checkFile(file: SourceFile): Violation[] {
	const name = basename(file.path).replace(/\.tsx?$/, "");
	const lines = file.text.replace(/\n$/, "").split("\n").length;
	const found: Violation[] = [];
	const tell = (line: number, offence: string, rule: string) =>
		found.push({ file: file.path, line, offence, rule });
	if (lines > MAX_LINES)
		tell(MAX_LINES + 1, `${lines} lines`, `a file has at most ${MAX_LINES} lines: split it by idea`);
	if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name))
		tell(1, `file name "${name}"`, "files are named in kebab-case");
	const empty = file.path.split("/").slice(1, -1).concat(name);
	const isEmpty = empty.some((part) => EMPTY_FILE_NAMES.includes(part));
	if (isEmpty) tell(1, `file name "${name}"`, "a name says what is inside: no utils, helpers, common");
	return found;
}

function brokenBy(node: Node, file: SourceFile): string | undefined {
	if (node.type === "TSAnyKeyword") return "no any: parse at the edge, or take unknown";
	if (node.type === "TSEnumDeclaration") return "no enums: a union of strings";
	if (isDefaultExport(node)) return "no default exports: a thing has one name everywhere";
	if (isDoubleCast(node)) return "no `as unknown as`: make the types true";
	if (makesMasked(node) && stageOf(file.path) !== "masking") return "only src/masking makes a Masked value";
	const name = declaredName(node);
	if (name !== undefined && EMPTY_NAME_ENDING.test(name))
		return "a name says what the thing does: no Manager, Service, Helper";
	return undefined;
}

function isDefaultExport(node: Node): boolean {
	const isRenamed = node.type === "ExportSpecifier" && nameOf(child(node, "exported")) === "default";
	return isRenamed || node.type === "ExportDefaultDeclaration";
}

/** `x as unknown as T` and `x as never as T`: the compiler's eyes closed twice. */
function isDoubleCast(node: Node): boolean {
	return isCast(node) && isCast(child(node, "expression"));
}

/** A cast or a type guard that says `Masked<…>` anywhere in its type. */
function makesMasked(node: Node): boolean {
	if (!isCast(node) && node.type !== "TSTypePredicate") return false;
	const type = child(node, "typeAnnotation");
	let found = false;
	if (type !== undefined) {
		visit(type, (part) => {
			found ||= part.type === "TSTypeReference" && nameOf(child(part, "typeName")) === "Masked";
			return undefined;
		});
	}
	return found;
}

function isCast(node: Node | undefined): boolean {
	return node?.type === "TSAsExpression" || node?.type === "TSTypeAssertion";
}

const NAMED =
	/^(?:ClassDeclaration|FunctionDeclaration|TSInterfaceDeclaration|TSTypeAliasDeclaration|VariableDeclarator)$/;

function declaredName(node: Node): string | undefined {
	return NAMED.test(node.type) ? nameOf(child(node, "id")) : undefined;
}
