/** Decides, from facts alone, how a command is attached and whether it is recorded. */

export type Plan =
	/** Stand aside: the command gets our own descriptors. `notice` is said after its exit. */
	| {
			readonly attach: "direct";
			readonly notice?: string;
			/** The person wants no record of it, also of what the program itself writes down. */
			readonly isPrivate?: true;
	  }
	/** On a pseudo-terminal; descriptors that are no terminal are handed through. */
	| { readonly attach: "pty"; readonly relayInput: boolean; readonly relayError: boolean }
	/** Through pipes. */
	| { readonly attach: "pipe"; readonly relayInput: boolean };

export interface PlanFacts {
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Base name of the command. */
	readonly name: string;
	readonly args: readonly string[];
	readonly isTerminal: { readonly input: boolean; readonly output: boolean; readonly error: boolean };
	/** Input and output are the same terminal device, or input is none. */
	readonly sameTerminal: boolean;
	/** Another ctrace above us already records. */
	readonly nested: boolean;
	/** Started with `&`: the terminal belongs to somebody else. */
	readonly background: boolean;
	/** Its arguments name descriptors that a pseudo-terminal's child would not get. */
	readonly namesDescriptors: boolean;
	/** A keyboard to read when the input is no terminal. */
	readonly hasKeyboard: boolean;
}

export function planSession(facts: PlanFacts): Plan {
	if (facts.nested) return { attach: "direct" };
	if (isSwitchedOff(facts)) return { attach: "direct", isPrivate: true };
	const { input, output, error } = facts.isTerminal;
	const isClaude = facts.name === "claude";
	if (!output) return { attach: "pipe", relayInput: !input && isClaude && isPrintMode(facts.args) };
	if (facts.namesDescriptors) return direct("a file descriptor was handed to it on the command line");
	if (facts.background) return direct("it was started in the background of a terminal");
	if (input && !facts.sameTerminal) return direct("its input and output are two different terminals");
	if (input) return { attach: "pty", relayInput: false, relayError: !error };
	// Reading the input for a program that may not want it would take it from the programs after it.
	if (!isClaude) return direct("its input is not a terminal while its output is one");
	if (!facts.hasKeyboard) return direct("there is no keyboard to go with its terminal");
	return { attach: "pty", relayInput: true, relayError: !error };
}

function direct(notice: string): Plan {
	return { attach: "direct", notice };
}

function isSwitchedOff(facts: PlanFacts): boolean {
	const { env, args } = facts;
	if (isSet(env.CTRACE_OFF) && env.CTRACE_OFF !== "0") return true;
	if (isSet(env.CLAUDE_CODE_SKIP_PROMPT_HISTORY)) return true;
	return facts.name === "claude" && optionsOf(args).includes("--no-session-persistence");
}

function isSet(value: string | undefined): boolean {
	return value !== undefined && value !== "";
}

function isPrintMode(args: readonly string[]): boolean {
	return optionsOf(args).some((word) => word === "-p" || word === "--print");
}

/** Words after `--` are the prompt's, whatever they look like. */
function optionsOf(args: readonly string[]): readonly string[] {
	const end = args.indexOf("--");
	return end === -1 ? args : args.slice(0, end);
}
