/** A command's words into its options and operands; every mistake is named with the nearest right spelling. */
import { CtraceError } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import { type Command, CommandArguments, type OptionSpec } from "./command.ts";

export const HELP_OPTION: OptionSpec = { name: "help", letter: "h", summary: "Show this help" };

/** `words` are those behind the command's path. Throws `usage`. */
export function parseArguments(command: Command, words: readonly string[]): CommandArguments {
	const operands: string[] = [];
	const options = new Map<string, string | boolean>();
	for (let index = 0; index < words.length; index += 1) {
		const word = words[index] ?? "";
		if (word === "--") return new CommandArguments([...operands, ...words.slice(index + 1)], options);
		const typed = readOption(word);
		if (typed === undefined) {
			operands.push(word);
			continue;
		}
		const { name, value, usesNext } = takeOption(command, typed, words[index + 1]);
		options.set(name, value);
		if (usesNext) index += 1;
	}
	return new CommandArguments(operands, options);
}

interface TakenOption {
	readonly name: string;
	readonly value: string | true;
	/** Its value is the word behind it. */
	readonly usesNext: boolean;
}

function takeOption(command: Command, typed: TypedOption, next: string | undefined): TakenOption {
	const specs = [...command.options, HELP_OPTION];
	const spec = specs.find(({ name, letter }) => typed.name === (typed.isLetter ? letter : name));
	if (spec === undefined) throw unknownOption(command, typed, specs);
	const { name, value } = spec;
	if (value === undefined) return { name, value: checkSwitch(command, spec, typed), usesNext: false };
	const behind = typed.value === undefined ? valueIn(next) : undefined;
	const text = checkValue(command, { ...spec, value }, typed.value ?? behind ?? "");
	return { name, value: text, usesNext: behind !== undefined };
}

interface TypedOption {
	readonly name: string;
	readonly isLetter: boolean;
	/** Of `--name=value`, `-n=value` and `-nvalue`. */
	readonly value: string | undefined;
}

/** `-` and numbers below zero are operands. */
function readOption(word: string): TypedOption | undefined {
	const long = /^--(?<name>[^-=][^=]*)(?:=(?<value>.*))?$/su.exec(word)?.groups;
	if (long !== undefined) return { name: long.name ?? "", isLetter: false, value: long.value };
	const short = /^-(?<name>[^-=\d.])(?:=?(?<value>.+))?$/su.exec(word)?.groups;
	return short === undefined ? undefined : { name: short.name ?? "", isLetter: true, value: short.value };
}

/** A value that looks like an option has to be written behind a `=`. */
function valueIn(word: string | undefined): string | undefined {
	return word === undefined || word === "--" || readOption(word) !== undefined ? undefined : word;
}

function checkSwitch(command: Command, { name }: OptionSpec, { value }: TypedOption): true {
	if (value === undefined) return true;
	throw usage(command, `--${name} takes no value, so not ${JSON.stringify(value)}`);
}

function checkValue(command: Command, spec: OptionSpec & { readonly value: string }, text: string): string {
	if (text === "") throw usage(command, `--${spec.name} needs a value: --${spec.name} ${spec.value}`);
	if (spec.choices === undefined || spec.choices.includes(text)) return text;
	const guess = nearest(text, spec.choices);
	throw usage(
		command,
		`--${spec.name} cannot be ${JSON.stringify(text)}`,
		guess === undefined ? `It may be ${spec.choices.join(", ")}.` : `Did you mean ${guess}?`,
	);
}

function unknownOption(
	command: Command,
	{ name, isLetter }: TypedOption,
	specs: readonly OptionSpec[],
): CtraceError {
	const shown = `${isLetter ? "-" : "--"}${name}`;
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
