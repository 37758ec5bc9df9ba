/** Whether an exported tool call is the one that the transcript tells of. Pure. */
import type { ExportedItem } from "./exported.ts";
import type { TruthTool } from "./truth.ts";
import { squeezed } from "./words.ts";

/** Names that a reader of the screen cannot tell apart: one label for both searches, and a tool that was renamed. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
	Grep: ["Search"],
	Glob: ["Search"],
	Task: ["Agent"],
	Agent: ["Task"],
};
/** Rows are cut at the edge of a narrow terminal, so long arguments are compared by their beginning. */
const COMPARED_CHARACTERS = 40;

export function isSameTool(tool: TruthTool, item: ExportedItem): boolean {
	const { name = "" } = item;
	const isNamed = name === tool.name || OTHER_NAMES[tool.name]?.includes(name) === true;
	return isNamed && squeezed(asText(item.input)).includes(comparedPart(tool));
}

/** The argument by which a person recognises the call: a command, a file, a pattern. */
export function mainArgument(tool: TruthTool): string {
	const { command, file_path, pattern, url, description } = tool.input;
	for (const argument of [command, fileName(file_path), pattern, url, description]) {
		if (typeof argument === "string") return squeezed(argument);
	}
	return "";
}

export function comparedPart(tool: TruthTool): string {
	return mainArgument(tool).slice(0, COMPARED_CHARACTERS);
}

function fileName(path: unknown): unknown {
	return typeof path === "string" ? path.split("/").at(-1) : path;
}

/** An object's strings as they are: quoting them as JSON would hide quotes and line ends from the comparison. */
function asText(input: ExportedItem["input"]): string {
	if (input === undefined) return "";
	if (typeof input === "string") return input;
	return Object.values(input)
		.map((value) => (typeof value === "string" ? value : JSON.stringify(value)))
		.join(" ");
}
