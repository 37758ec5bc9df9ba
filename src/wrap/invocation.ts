/** Reads ctrace's own options, up to the command word. Everything after that word belongs to the command. */
import { COMMAND_NAMES, HIDDEN_COMMAND_NAMES } from "../core/command-names.ts";
import { nearest } from "../core/nearest.ts";

export type Invocation =
	/** One of ctrace's own commands, or a request for help. */
	| { readonly kind: "own" }
	| {
			readonly kind: "wrap";
			readonly file: string;
			readonly args: readonly string[];
			readonly transcripts: boolean;
	  }
	| { readonly kind: "mistake"; readonly message: string };

const WRAP_OPTIONS: readonly string[] = ["--no-transcript"];
const OWN_OPTIONS: readonly string[] = ["--help", "-h", "--version", "-V"];

export function parseInvocation(argv: readonly string[]): Invocation {
	let transcripts = true;
	for (const [index, word] of argv.entries()) {
		if (word === "--") return wrap(argv.slice(index + 1), transcripts);
		if (OWN_OPTIONS.includes(word)) return { kind: "own" };
		if (word === "--no-transcript") transcripts = false;
		else if (word.startsWith("-") && word !== "-") return { kind: "mistake", message: unknownOption(word) };
		else if (isOwn(word, argv[index + 1])) return { kind: "own" };
		else return wrap(argv.slice(index), transcripts);
	}
	return argv.length === 0 ? { kind: "own" } : { kind: "mistake", message: NO_COMMAND };
}

/** `ctrace git` runs git, but for two words that git itself has no use for. */
function isOwn(word: string, next: string | undefined): boolean {
	if (word === "git") return next === "install" || next === "uninstall";
	return COMMAND_NAMES.includes(word) || HIDDEN_COMMAND_NAMES.includes(word);
}

const NO_COMMAND = "no command to run; try `ctrace claude`";

function wrap(words: readonly string[], transcripts: boolean): Invocation {
	const [file, ...args] = words;
	if (file === undefined || file === "") return { kind: "mistake", message: NO_COMMAND };
	return { kind: "wrap", file, args, transcripts };
}

function unknownOption(word: string): string {
	const known = [...WRAP_OPTIONS, ...OWN_OPTIONS.filter((option) => option.startsWith("--"))];
	const guess = nearest(word, known);
	const hint = guess === undefined ? "see `ctrace --help`" : `did you mean ${guess}?`;
	return `unknown option ${word} before the command; ${hint}`;
}
