/** Help that teaches: first what to type, then what there is. Each fits one screen. Pure. */
import type { Command, OptionSpec } from "./command.ts";
import { padEnd } from "./text/fit.ts";
import { displayWidth } from "./text/width.ts";

export function renderMainHelp(commands: readonly Command[]): string {
	const everyday = commands.filter(({ section }) => section === undefined);
	const rows = everyday.map((command) => [nameOf(command), command.summary] as const);
	return `ctrace – the flight recorder for Claude Code
  ctrace claude                    run Claude Code and record it, masked
  ctrace sessions show             read the newest session
  ctrace search migration error    find it again
Record:
  ctrace [--no-transcript] COMMAND [ARGS…]    run COMMAND; all ARGS are its own
  CTRACE_OFF=1 ctrace [--] COMMAND            run it unrecorded (--: any name)
Look:
${table(rows)}

${table(sectionRows(commands)).replaceAll(/^ {2}/gm, "")}
ctrace help COMMAND says more. ctrace --version tells the version.
`;
}

/** `Background:  start, stop`: what is not typed every day is named, and explained by its own help. */
function sectionRows(commands: readonly Command[]): (readonly [section: string, words: string])[] {
	const words = new Map<string, Set<string>>();
	for (const { section, path } of commands) {
		if (section === undefined) continue;
		const isEveryday = commands.some((one) => one.section === undefined && one.path[0] === path[0]);
		const name = isEveryday ? path.join(" ") : (path[0] ?? "");
		words.set(section, (words.get(section) ?? new Set()).add(name));
	}
	return Array.from(words, ([section, names]) => [`${section}:`, [...names].join(", ")]);
}

/** The commands that begin with the same word. */
export function renderGroupHelp(group: readonly Command[]): string {
	const word = group[0]?.path[0] ?? "";
	const rows = group.map((command) => [nameOf(command), command.summary] as const);
	return `ctrace ${word}\n\n${table(rows)}\n\nctrace help ${word} COMMAND says more.\n`;
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
