// The instructions of a Dockerfile, by stage, with variables filled in.
import { DockerfileParser } from "dockerfile-ast";

/**
 * @typedef {{keyword: string, words: string[], flags: Record<string, string>, raw: string}} Step
 * @typedef {{name: string, image: string, steps: Step[]}} Stage
 */

/** @returns {Stage[]} */
export function readStages(text) {
	const stages = [];
	for (const instruction of DockerfileParser.parse(text).getInstructions()) {
		const keyword = instruction.getKeyword();
		if (keyword === "FROM") {
			const name = instruction.getBuildStage() ?? String(stages.length);
			stages.push({ name, image: instruction.getImage(), steps: [] });
			continue;
		}
		// What stands before the first stage are defaults of the image's name.
		if (stages.length === 0) continue;
		stages.at(-1).steps.push(readStep(keyword, instruction));
	}
	return stages;
}

function readStep(keyword, instruction) {
	const raw = instruction.getRawArgumentsContent() ?? "";
	const flags = Object.fromEntries(
		(instruction.getFlags?.() ?? []).map((flag) => [flag.getName(), flag.getValue()]),
	);
	const words = instruction.getArguments().map((argument) => argument.getValue());
	return { keyword, words, flags, raw: withoutRemarks(raw) };
}

/** A shell sees one line: remarks between continued lines are none of it, nor are the ends of lines. */
function withoutRemarks(raw) {
	const lines = raw.split("\n").filter((line) => !/^\s*#/.test(line));
	return lines.join("\n").replaceAll(/\\\n/g, " ");
}

/** `$NAME` and `${NAME}`; an unknown one is empty. */
export function fillIn(text, variables) {
	return text.replaceAll(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced, bare) => variables[braced ?? bare] ?? "");
}
