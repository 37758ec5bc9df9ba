import { CtraceError } from "../../core/errors.ts";
import type { Store } from "../../store/store.ts";
import type { Command } from "../command.ts";
import type { CliContext } from "../context.ts";
import { shortId } from "../render/view.ts";
import { counted } from "../text/counted.ts";

export const sessionsDeleteCommand: Command = {
	path: ["sessions", "delete"],
	operands: "ID…",
	section: "Care",
	summary: "Delete sessions for good, to the last byte",
	examples: [
		["ctrace sessions delete 0190c3f2-7a", "asks first"],
		["ctrace sessions delete last --yes", "does not ask"],
	],
	options: [{ name: "yes", letter: "y", summary: "Do not ask" }],
	completes: "session",
	run: async (context, args) => {
		if (args.operands.length === 0)
			throw new CtraceError("usage", "which session? No ID was given", {
				hint: "See which there are: ctrace sessions list",
			});
		using store = context.openStore();
		const ids = [...new Set(args.operands.map((reference) => store.findSession(reference)))];
		for (const id of ids) refuseRunning(context, store, id);
		if (!args.has("yes") && !(await isAgreed(context, ids))) {
			context.stderr.write("Nothing was deleted.\n");
			return 1;
		}
		for (const id of ids) deleteOne(context, store, id);
		return 0;
	},
};

function refuseRunning(context: CliContext, store: Store, id: string): void {
	const { session, recorder } = store.readSession(id);
	if (session.status !== "running" || !context.isProcessAlive(recorder.pid, recorder.bootId)) return;
	throw new CtraceError("recorder", `session ${shortId(id)} is still being recorded`, {
		hint: "End it first, then delete it.",
	});
}

async function isAgreed(context: CliContext, ids: readonly string[]): Promise<boolean> {
	if (context.confirm === undefined)
		throw new CtraceError("usage", "deleting needs a yes, and there is no terminal to ask on", {
			hint: "Add --yes if you mean it.",
		});
	const what = ids.length === 1 ? `session ${shortId(ids[0] ?? "")}` : counted(ids.length, "session");
	return context.confirm(`Delete ${what} for good?`);
}

function deleteOne(context: CliContext, store: Store, id: string): void {
	const { isWiped } = store.deleteSession(id);
	context.stdout.write(`Deleted ${id}\n`);
	if (!isWiped)
		context.stderr.write(
			"Another ctrace still reads the old pages; their bytes go with the next deletion or when it closes.\n",
		);
}
