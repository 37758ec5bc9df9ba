import { settleText } from "../../masking/screen-text.ts";
import type { Command } from "../command.ts";
import { type CliContext, printJson, show } from "../context.ts";
import { locateSpans } from "../render/mask-report.ts";
import { type PatternRow, patternRows } from "../text/pattern-rows.ts";

const MODE_OPTION = {
	name: "mode",
	value: "MODE",
	choices: ["minimal", "moderate", "strict"],
	summary: "Test with this mode (strict)",
} as const;
/** As `grep`: nothing found is no success. */
const NOTHING_FOUND_EXIT = 1;

export const privacyTestCommand: Command = {
	path: ["privacy", "test"],
	operands: "[FILE]",
	summary: "Show where a text holds what would be masked",
	section: "Privacy",
	examples: [
		["ctrace privacy test notes.md", "places, rules and levels; never a value"],
		["git diff | ctrace privacy test", "before you share it"],
	],
	options: [MODE_OPTION, { name: "json", summary: "Print a JSON array" }],
	run: async (context, args) => {
		const [file] = args.atMost(1);
		const text = settleText(await readAll(context, file));
		const rows = locateSpans(text, context.openMasker(args.text("mode")).masker.maskText(text));
		if (args.has("json")) printJson(context, rows);
		else if (rows.length === 0) context.stderr.write("Nothing would be masked.\n");
		else {
			const lines = rows.map(
				(row) => `${row.line}:${row.column}  ${row.length} characters  ${row.rule}  ${row.level}`,
			);
			await show(context, `${lines.join("\n")}\n`);
		}
		return rows.length === 0 ? NOTHING_FOUND_EXIT : 0;
	},
};

async function readAll(context: CliContext, file: string | undefined): Promise<string> {
	let text = "";
	for await (const part of context.readInput(file)) text += part;
	return text;
}

export const privacyPatternsCommand: Command = {
	path: ["privacy", "patterns"],
	operands: "[WORD]",
	summary: "List what is recognised",
	section: "Privacy",
	examples: [
		["ctrace privacy patterns", "all of it"],
		["ctrace privacy patterns github", "what has to do with a word"],
	],
	options: [{ name: "json", summary: "Print a JSON array" }],
	run: async (context, args) => {
		const [word = ""] = args.atMost(1);
		const rows = patternRows(context.openMasker("strict").rules).filter((row) =>
			JSON.stringify(row).toLowerCase().includes(word.toLowerCase()),
		);
		if (args.has("json")) printJson(context, rows);
		else if (rows.length === 0) context.stderr.write(`No pattern has to do with ${JSON.stringify(word)}.\n`);
		else await show(context, renderPatterns(rows));
		return rows.length === 0 ? NOTHING_FOUND_EXIT : 0;
	},
};

function renderPatterns(rows: readonly PatternRow[]): string {
	const width = Math.max(...rows.map(({ id }) => id.length));
	const lines = rows.map(
		({ id, level, description }) => `${id.padEnd(width)}  ${level.padEnd(7)}  ${description}`,
	);
	return `${lines.join("\n")}\n`;
}
