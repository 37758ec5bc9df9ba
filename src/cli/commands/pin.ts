import { CtraceError } from "../../core/errors.ts";
import type { Command } from "../command.ts";
import type { CliContext } from "../context.ts";
import { markSession } from "../marks/mark-session.ts";
import { shortId } from "../render/view.ts";

export const pinCommand: Command = {
	path: ["pin"],
	operands: "ID…",
	section: "Care",
	summary: "Keep sessions, whatever their age",
	examples: [
		["ctrace pin last", "RETENTION_DAYS and `purge --keep-pinned` leave it alone"],
		["ctrace sessions list --pinned", "which ones are"],
	],
	options: [],
	completes: "session",
	run: (context, args) => setPinned(context, args.operands, true),
};

export const unpinCommand: Command = {
	path: ["unpin"],
	operands: "ID…",
	section: "Care",
	summary: "Let sessions go with their age again",
	examples: [["ctrace unpin 0190c3f2-7a", "any unique beginning of an id will do"]],
	options: [],
	completes: "session",
	run: (context, args) => setPinned(context, args.operands, false),
};

function setPinned(context: CliContext, references: readonly string[], pinned: boolean): number {
	if (references.length === 0)
		throw new CtraceError("usage", "which session? No ID was given", {
			hint: "See which there are: ctrace sessions list",
		});
	using store = context.openStore();
	const ids = [...new Set(references.map((reference) => store.findSession(reference)))];
	for (const id of ids) {
		markSession(context, store, id, { pinned });
		context.stdout.write(`${pinned ? "Pinned" : "Unpinned"} ${shortId(id)}\n`);
	}
	return 0;
}
