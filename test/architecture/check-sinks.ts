import { FILE_MODULES, OUTGOING_GLOBALS, OUTGOING_MODULES, SINKS, WRITING } from "./sinks.ts";
import { child, type Import, nameOf, type SourceFile, visit } from "./syntax.ts";
import type { Violation } from "./violation.ts";

const RULE =
	"bytes leave the process only where test/architecture/sinks.ts says so: content goes through the masker into the store";

/** One sink: nothing but what is listed may write a file, open a connection or start a program. */
export function checkSinks(file: SourceFile): Violation[] {
	const listed = SINKS.filter((sink) => sink.file === file.path).map((sink) => sink.module);
	const found = file.imports
		.filter((one) => canWrite(one) && !listed.includes(one.specifier))
		.map((one) => violation(file, one.line, `imports ${namesOf(one)}"${one.specifier}"`));
	visit(file.program, (node) => {
		const callee = ["CallExpression", "NewExpression"].includes(node.type)
			? child(node, "callee")
			: undefined;
		const name = nameOf(callee);
		if (callee?.type === "Identifier" && name !== undefined && OUTGOING_GLOBALS.includes(name))
			found.push(violation(file, file.lineOf(node), `calls ${name}`));
		return undefined;
	});
	return found;
}

function violation(file: SourceFile, line: number, offence: string): Violation {
	return { file: file.path, line, offence, rule: RULE };
}

/** All of a module at once could write, too. */
function canWrite({ specifier, typeOnly, names }: Import): boolean {
	if (typeOnly) return false;
	if (OUTGOING_MODULES.includes(specifier)) return true;
	if (!FILE_MODULES.includes(specifier)) return false;
	return names.length === 0 || names.some((name) => name === "default" || WRITING.test(name));
}

function namesOf({ names }: Import): string {
	const writing = names.filter((name) => WRITING.test(name));
	return writing.length === 0 ? "" : `${writing.join(", ")} of `;
}
