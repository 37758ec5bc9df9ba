/** What a command is: data that parsing, help, completion and spelling advice all read. */
import { CtraceError } from "../core/errors.ts";
import type { CliContext, LookContext } from "./context.ts";

export interface OptionSpec {
	/** Without the dashes. */
	readonly name: string;
	readonly letter?: string;
	/** Name of its value in the help; absent: a switch. */
	readonly value?: string;
	readonly choices?: readonly string[];
	readonly summary: string;
	/** For our own scripts: not in the help, never offered. */
	readonly isHidden?: boolean;
}

/** Where the main help names a command; those without a section have a line of their own there. */
export type Section = "Care" | "Figures" | "Background" | "Privacy" | "Sync" | "Set up";

export interface Command<Context extends LookContext = CliContext> {
	/** The words that call it, e.g. `["sessions", "list"]`. */
	readonly path: readonly string[];
	/** What follows the path, as the help shows it. */
	readonly operands: string;
	readonly summary: string;
	readonly section?: Section;
	/** Command line and what it does. */
	readonly examples: readonly (readonly [line: string, meaning: string])[];
	readonly options: readonly OptionSpec[];
	/** What completion offers for an operand. */
	readonly completes?: "session" | "file" | readonly string[];
	/** Looks at the settings or mends them: it runs although some of them are wrong. */
	readonly mendsSettings?: boolean;
	/** Gives the exit code. */
	readonly run: (context: Context, args: CommandArguments) => Promise<number> | number;
}

/** A command before it is loaded. `path` is the command's own. */
export type CommandEntry =
	| { readonly path: readonly string[]; readonly load: () => Promise<Command> }
	| {
			readonly path: readonly string[];
			/** Goes without `patterns/`: they are not waited for. */
			readonly isLook: true;
			readonly load: () => Promise<Command<LookContext>>;
	  };

export class CommandArguments {
	readonly operands: readonly string[];
	readonly #options: ReadonlyMap<string, string | boolean>;

	constructor(operands: readonly string[], options: ReadonlyMap<string, string | boolean>) {
		this.operands = operands;
		this.#options = options;
	}

	has(name: string): boolean {
		return this.#options.get(name) === true;
	}

	text(name: string): string | undefined {
		const value = this.#options.get(name);
		return typeof value === "string" ? value : undefined;
	}

	/** A whole number from 0 up. Throws `usage`. */
	count(name: string): number | undefined {
		const value = this.text(name);
		if (value === undefined) return undefined;
		if (/^\d{1,9}$/.test(value)) return Number(value);
		throw new CtraceError("usage", `--${name} must be a whole number, not ${JSON.stringify(value)}`);
	}

	/** At most `most` operands, or an error that names the first too many. */
	atMost(most: number): readonly string[] {
		const extra = this.operands[most];
		if (extra === undefined) return this.operands;
		throw new CtraceError("usage", `there is nothing to do with ${JSON.stringify(extra)}`);
	}
}
