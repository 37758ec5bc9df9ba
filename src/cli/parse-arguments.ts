/** A command's words into its options and operands; every mistake is named with the nearest right spelling. */
import yargs from "yargs";
import { CtraceError } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import { type Command, CommandArguments, type OptionSpec } from "./command.ts";

export const HELP_OPTION: OptionSpec = { name: "help", letter: "h", summary: "Show this help" };

/** `words` are those behind the command's path. Throws `usage`. */
export function parseArguments(command: Command, words: readonly string[]): CommandArguments {
	const specs = [...command.options, HELP_OPTION];
	const parsed = parseWords(specs, words);
	const options = new Map<string, string | boolean>();
	for (const [name, value] of Object.entries(parsed)) {
		if (name === "_" || name === "$0") continue;
		const spec = specs.find((one) => one.name === name || one.letter === name);
		if (spec === undefined) throw unknownOption(command, name, specs);
		if (value !== undefined && name === spec.name) options.set(name, checkValue(command, spec, value));
	}
	return new CommandArguments((parsed._ ?? []).map(String), options);
}

function parseWords(specs: readonly OptionSpec[], words: readonly string[]) {
	return yargs([...words])
		.help(false)
		.version(false)
		.exitProcess(false)
		.parserConfiguration({
			"camel-case-expansion": false,
			"boolean-negation": false,
			"dot-notation": false,
			"duplicate-arguments-array": false,
			"parse-numbers": false,
			"parse-positional-numbers": false,
			"short-option-groups": false,
			"unknown-options-as-args": false,
		})
		.options(
			Object.fromEntries(
				specs.map(({ name, letter, value }) => [
					name,
					{
						type: value === undefined ? ("boolean" as const) : ("string" as const),
						...(letter === undefined ? {} : { alias: letter }),
					},
				]),
			),
		)
		.parseSync() as { readonly _?: readonly (string | number)[]; readonly [name: string]: unknown };
}

function checkValue(command: Command, spec: OptionSpec, value: unknown): string | boolean {
	if (spec.value === undefined) return value === true;
	const text = String(value);
	if (text === "") throw usage(command, `--${spec.name} needs a value: --${spec.name} ${spec.value}`);
	if (spec.choices === undefined || spec.choices.includes(text)) return text;
	const guess = nearest(text, spec.choices);
	throw usage(
		command,
		`--${spec.name} cannot be ${JSON.stringify(text)}`,
		guess === undefined ? `It may be ${spec.choices.join(", ")}.` : `Did you mean ${guess}?`,
	);
}

function unknownOption(command: Command, name: string, specs: readonly OptionSpec[]): CtraceError {
	const shown = name.length === 1 ? `-${name}` : `--${name}`;
	const guess = nearest(
		name,
		specs.map((spec) => spec.name),
	);
	return usage(
		command,
		`unknown option ${shown}`,
		guess === undefined ? undefined : `Did you mean --${guess}?`,
	);
}

function usage(command: Command, message: string, hint?: string): CtraceError {
	const see = `See: ctrace ${command.path.join(" ")} --help`;
	return new CtraceError("usage", message, { hint: hint ?? see });
}
