/** `docs/commands.md`: every command with its options and examples, from the data that `--help` prints. Pure. */
import type { Command, OptionSpec } from "../../src/cli/command.ts";

const OPENING = `# Every command

Made of the same data as \`ctrace help COMMAND\` and the manual page, by \`npm run docs\`.

`;

export function commandsPage(commands: readonly Command[]): string {
	return OPENING + commands.map(commandSection).join("\n");
}

function commandSection(command: Command): string {
	const options = command.options.filter(({ isHidden }) => isHidden !== true);
	const name = [...command.path, command.operands].join(" ").trimEnd();
	const examples = command.examples.map(([line, meaning]) => `${line}    # ${meaning}`);
	return [
		`## ctrace ${name}\n`,
		`${command.summary}.\n`,
		...(examples.length === 0 ? [] : [`\`\`\`sh\n${examples.join("\n")}\n\`\`\`\n`]),
		...(options.length === 0 ? [] : [`| option | |\n| --- | --- |\n${options.map(optionRow).join("\n")}\n`]),
	].join("\n");
}

function optionRow({ name, letter, value, choices, summary }: OptionSpec): string {
	const short = letter === undefined ? "" : `-${letter}, `;
	const label = `\`${short}--${name}${value === undefined ? "" : ` ${value}`}\``;
	const isSaid = choices?.every((choice) => summary.includes(choice)) ?? true;
	const offered = isSaid ? "" : `: ${choices?.join(", ")}`;
	return `| ${label} | ${cell(summary + offered)} |`;
}

function cell(text: string): string {
	return text.replaceAll("|", "\\|");
}
