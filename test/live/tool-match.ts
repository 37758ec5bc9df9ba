/** Whether an exported tool call is the one that the transcript tells of. Pure. */
import type { ExportedItem } from "./exported.ts";
import type { TruthTool } from "./truth.ts";
import { squeezed } from "./words.ts";

/** The screen shows both kinds of search under one name. */
const SEARCHES: readonly string[] = ["Grep", "Glob"];
const SEARCH = "Search";
/** Rows are cut at the edge of a narrow terminal, so long arguments are compared by their beginning. */
const COMPARED_CHARACTERS = 40;

export function isSameTool(tool: TruthTool, item: ExportedItem): boolean {
	const isNamed = item.name === tool.name || (item.name === SEARCH && SEARCHES.includes(tool.name));
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
