/** Words in, exit code out: finds the command, parses its arguments, runs it, prints what went wrong. */
import { CtraceError } from "../core/errors.ts";
import { nearest } from "../core/nearest.ts";
import type { CommandEntry } from "./command.ts";
import { loadAll } from "./commands/index.ts";
import type { LookContext, PatternParts } from "./context.ts";
import { renderCommandHelp, renderGroupHelp, renderMainHelp } from "./help-text.ts";
import { parseArguments } from "./parse-arguments.ts";
import { exitCodeOf, renderError } from "./render-error.ts";

export interface ContextNeeds {
	/** Wrong settings are no reason to stop: their defaults stand, and the context tells of them. */
	readonly withWrongSettings: boolean;
}

/** What `createContext` needs may itself be wrong (a setting, say): then that is the error to print. */
export interface CliRun {
	readonly words: readonly string[];
	readonly commands: readonly CommandEntry[];
	readonly createContext: (needs: ContextNeeds) => LookContext;
	/** For the commands that need them. */
	readonly loadPatterns: (context: LookContext) => Promise<PatternParts>;
	/** The line that `--version` prints. */
	readonly version: string;
	readonly stdout: (text: string) => void;
	readonly stderr: (text: string) => void;
}

const HELP_WORDS: ReadonlySet<string> = new Set(["help", "--help", "-h"]);
const VERSION_WORDS: ReadonlySet<string> = new Set(["--version", "-V"]);

export async function runCli(run: CliRun): Promise<number> {
	try {
		return await dispatch(run);
	} catch (error) {
		run.stderr(renderError(error));
		return exitCodeOf(error);
	}
}

async function dispatch(run: CliRun): Promise<number> {
	const [first, ...rest] = run.words;
	if (first !== undefined && VERSION_WORDS.has(first)) return print(run, `${run.version}\n`);
	if (first === undefined || HELP_WORDS.has(first)) return print(run, await helpFor(run, rest));
	const { entry, words } = findCommand(run.commands, run.words);
	const command = await entry.load();
	const args = parseArguments(command, words);
	if (args.has("help")) return print(run, renderCommandHelp(command));
	const context = run.createContext({ withWrongSettings: command.mendsSettings === true });
	if ("isLook" in entry) return (await entry.load()).run(context, args);
	return command.run({ ...context, ...(await run.loadPatterns(context)) }, args);
}

async function helpFor(run: CliRun, words: readonly string[]): Promise<string> {
	if (words.length === 0) return renderMainHelp(await loadAll(run.commands));
	const group = run.commands.filter(({ path }) => path.length > 1 && path[0] === words[0]);
	if (words.length === 1 && group.length > 1) return renderGroupHelp(await loadAll(group));
	return renderCommandHelp(await findCommand(run.commands, words).entry.load());
}

interface FoundCommand {
	readonly entry: CommandEntry;
	/** What stands behind the command's own words. */
	readonly words: readonly string[];
}

function findCommand(commands: readonly CommandEntry[], words: readonly string[]): FoundCommand {
	const fitting = commands.find(({ path }) => path.every((word, index) => words[index] === word));
	if (fitting !== undefined) return { entry: fitting, words: words.slice(fitting.path.length) };
	const group = commands.filter(({ path }) => path.length > 1 && path[0] === words[0]);
	const [usual] = group;
	const second = words[1];
	// `ctrace sessions` alone means its first command, the list.
	if (usual !== undefined && (second === undefined || second.startsWith("-")))
		return { entry: usual, words: words.slice(1) };
	throw unknownCommand(words, { commands, group });
}

function unknownCommand(
	words: readonly string[],
	known: { readonly commands: readonly CommandEntry[]; readonly group: readonly CommandEntry[] },
): CtraceError {
	const isInGroup = known.group.length > 0;
	const typed = words[isInGroup ? 1 : 0] ?? "";
	const names = isInGroup
		? known.group.map(({ path }) => path[1] ?? "")
		: [...known.commands.map(({ path }) => path[0] ?? ""), "help"];
	const lead = isInGroup ? `${words[0]} ` : "";
	const guess = nearest(typed, names);
	return new CtraceError("usage", `unknown command: ctrace ${lead}${typed}`, {
		hint:
			guess === undefined
				? `There is: ${[...new Set(names)].map((name) => lead + name).join(", ")}. See: ctrace --help`
				: `Did you mean: ctrace ${lead}${guess}?`,
	});
}

function print(run: CliRun, text: string): number {
	run.stdout(text);
	return 0;
}
