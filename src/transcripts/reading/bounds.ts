/** How much of a tool's output is kept. */

/** Far more than Claude Code itself hands to the model; a dump beyond it finds nothing and costs every reader. */
export const MAX_OUTPUT_CHARS = 256 * 1024;

/** The beginning of it, and how long it was; an output that was empty is no output. */
export function bounded(output: string): {
	readonly output?: string;
	readonly truncated?: true;
	readonly observedChars?: number;
	readonly observedLines?: number;
} {
	if (output === "") return {};
	if (output.length <= MAX_OUTPUT_CHARS) return { output };
	return {
		output: output.slice(0, MAX_OUTPUT_CHARS).toWellFormed(),
		truncated: true,
		observedChars: output.length,
		observedLines: output.split("\n").length,
	};
}
