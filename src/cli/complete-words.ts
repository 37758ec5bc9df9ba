/** What may follow on the command line. Pure, but for the sessions it is handed. */
import type { Command } from "./command.ts";

export interface Offer {
	readonly value: string;
	readonly summary: string;
}

export interface Offers {
	readonly commands: readonly Command[];
	/** `last` and the newest ids; asked for only when an id may stand here. */
	readonly sessions: () => readonly Offer[];
}

/** `words` are those behind `ctrace`; the last one is being typed and may be empty. */
export function completeWords(words: readonly string[], offers: Offers): readonly Offer[] {
	const typed = words.at(-1) ?? "";
	return candidates(words.slice(0, -1), typed, offers).filter(({ value }) => value.startsWith(typed));
}

function candidates(before: readonly string[], typed: string, offers: Offers): readonly Offer[] {
	const { commands } = offers;
	if (before[0] === "help") return nextWords(commands, before.slice(1));
	const command = commands.find(({ path }) => path.every((word, index) => before[index] === word));
	if (command === undefined) return nextWords(commands, before);
	const previous = optionNamed(command, before.at(-1) ?? "");
	if (previous?.value !== undefined) return (previous.choices ?? []).map((value) => ({ value, summary: "" }));
	if (typed.startsWith("-")) return optionOffers(command);
	if (command.completes === "session")
		return [{ value: "last", summary: "the newest session" }, ...offers.sessions()];
	// Nothing offered: the shell then offers files, which it knows best.
	if (command.completes === "file") return [];
	return (command.completes ?? []).map((value) => ({ value, summary: "" }));
}

/** The next word of every command that begins with these. */
function nextWords(commands: readonly Command[], before: readonly string[]): Offer[] {
	const fitting = commands.filter(
		({ path }) => path.length > before.length && before.every((word, index) => path[index] === word),
	);
	const byWord = new Map<string, string>();
	for (const { path, summary } of fitting) {
		const word = path[before.length] ?? "";
		const isWhole = path.length === before.length + 1;
		if (!byWord.has(word)) byWord.set(word, isWhole ? summary : `${word} …`);
	}
	return Array.from(byWord, ([value, summary]) => ({ value, summary }));
}

function optionNamed(command: Command, word: string) {
	return command.options.find(({ name, letter }) => word === `--${name}` || word === `-${letter}`);
}

function optionOffers(command: Command): Offer[] {
	const shown = command.options.filter((option) => option.isHidden !== true);
	return [
		...shown.map(({ name, summary }) => ({ value: `--${name}`, summary })),
		{ value: "--help", summary: "Show help" },
	];
}
