/** Help that teaches: first what to type, then what there is. Each fits one screen. Pure. */
import type { Command, OptionSpec } from "./command.ts";
import { padEnd } from "./text/fit.ts";
import { displayWidth } from "./text/width.ts";

export function renderMainHelp(commands: readonly Command[]): string {
	return `ctrace – the flight recorder for Claude Code
  ctrace claude                    run Claude Code and record it, masked
  ctrace sessions show             read the newest session
  ctrace search migration error    find it again

Record:
  ctrace [--no-transcript] COMMAND [ARGS…]    run COMMAND; all ARGS are its own
  CTRACE_OFF=1 ctrace [--] COMMAND            run it unrecorded (--: any name)

Look:
${table(mainRows(commands))}
ctrace help COMMAND says more. ctrace --version tells the version.
`;
}

/** One row a command, or one for a group of them. */
function mainRows(commands: readonly Command[]): readonly (readonly [left: string, right: string])[] {
	const rows = commands.map((command) =>
		command.group === undefined
			? ([nameOf(command), command.summary] as const)
			: ([command.group.label, command.group.summary] as const),
	);
	return [...new Map(rows)];
}

/** All commands that begin with this word. */
export function renderGroupHelp(commands: readonly Command[]): string {
	return `${table(commands.map((command) => [`ctrace ${nameOf(command)}`, command.summary] as const))}
`;
}

export function renderCommandHelp(command: Command): string {
	const options = command.options.filter((option) => option.isHidden !== true);
	const rows = options.map((option) => [optionLabel(option), option.summary] as const);
	const parts = [`${command.summary}`, `Examples:\n${table(command.examples)}`];
	parts.push(`Usage: ctrace ${nameOf(command)}${options.length === 0 ? "" : " [OPTIONS]"}`);
	if (rows.length > 0) parts.push(`Options:\n${table(rows)}`);
	return `${parts.join("\n\n")}\n`;
}

function nameOf(command: Command): string {
	return [...command.path, command.operands].join(" ").trimEnd();
}

function optionLabel({ name, letter, value }: OptionSpec): string {
	return `${letter === undefined ? "    " : `-${letter}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
}

function table(rows: readonly (readonly [left: string, right: string])[]): string {
	const width = Math.max(...rows.map(([left]) => displayWidth(left)));
	return rows.map(([left, right]) => `  ${padEnd(left, width)}  ${right}`.trimEnd()).join("\n");
}
