import { CtraceError } from "../../core/errors.ts";
import type { Command, CommandArguments } from "../command.ts";
import type { CliContext } from "../context.ts";
import { markSession } from "../marks/mark-session.ts";
import { printable } from "../text/fit.ts";

const LONGEST_NOTE = 10_000;

export const noteCommand: Command = {
	path: ["note"],
	operands: "ID [TEXT…]",
	section: "Care",
	summary: "Write a note on a session, or read it",
	examples: [
		["ctrace note last 'the fix that held'", "in the place of an older one; masked like all else"],
		["ctrace note last", "prints it"],
		["ctrace note last - < notes.txt", "from the standard input"],
	],
	options: [{ name: "remove", summary: "Take the note off" }],
	completes: "session",
	run: async (context, args) => {
		const [reference, ...words] = args.operands;
		if (reference === undefined)
			throw new CtraceError("usage", "which session? No ID was given", {
				hint: "For example: ctrace note last 'the fix that held'",
			});
		using store = context.openStore();
		const id = store.findSession(reference);
		const note = await readNote(context, args, words);
		const shown = note === undefined ? store.readHead(id) : markSession(context, store, id, { note });
		context.stdout.write(`${printable(shown.note || "No note.")}\n`);
		return 0;
	},
};

/** Undefined: it is to be read. Throws `usage`. */
async function readNote(
	context: CliContext,
	args: CommandArguments,
	words: readonly string[],
): Promise<string | undefined> {
	if (args.has("remove")) return "";
	if (words.length === 0) return undefined;
	const isPiped = words.length === 1 && words[0] === "-";
	const note = (isPiped ? await readAll(context) : words.join(" ")).trim();
	if (note.length <= LONGEST_NOTE) return note;
	throw new CtraceError(
		"usage",
		`a note has at most ${LONGEST_NOTE} characters; this one has ${note.length}`,
	);
}

async function readAll({ readInput }: CliContext): Promise<string> {
	const pieces: string[] = [];
	for await (const piece of readInput(undefined)) pieces.push(piece);
	return pieces.join("");
}
