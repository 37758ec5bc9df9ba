import { CtraceError } from "../../core/errors.ts";
import type { Command } from "../command.ts";

export const backupRewriteCommand: Command = {
	path: ["backup", "rewrite"],
	section: "Sync",
	operands: "",
	summary: "Take what was deleted out of the backup's history too",
	examples: [["ctrace backup rewrite", "the history begins anew with what is there now"]],
	options: [{ name: "yes", letter: "y", summary: "Do not ask" }],
	run: async (context, args) => {
		args.atMost(0);
		const kit = await context.loadBackup();
		const question = `Replace the whole history of ${kit.target.url} by one commit? Clones of it keep the old one, and so may the host for a while.`;
		if (!args.has("yes")) {
			if (context.confirm === undefined)
				throw new CtraceError("usage", "nobody can be asked here", { hint: "Say --yes." });
			if (!(await context.confirm(question))) return 1;
		}
		using store = context.openStore();
		const count = await kit.rewrite(store);
		context.stdout.write(
			count === 0
				? "There is nothing to rewrite.\n"
				: `The history begins anew with ${count} session${count === 1 ? "" : "s"}.\n`,
		);
		return 0;
	},
};
