import type { Command } from "../command.ts";
import { printJson } from "../context.ts";
import { counted } from "../text/counted.ts";

export const restoreCommand: Command = {
	path: ["restore"],
	section: "Sync",
	operands: "",
	summary: "Bring sessions back from a backup",
	examples: [
		["ctrace restore", "from the backup of the settings"],
		["ctrace restore --from git@example.org:me/sessions.git", "from another one"],
	],
	options: [
		{ name: "from", value: "ADDRESS", summary: "Any address that git knows" },
		{ name: "json", summary: "Print the outcome as JSON" },
	],
	run: async (context, args) => {
		args.atMost(0);
		const kit = await context.loadBackup(args.text("from"));
		using store = context.openStore();
		const { stderr } = context;
		const result = await kit.restore(store, (done, total) => {
			if (stderr.isTerminal) stderr.write(`\r\x1b[K${done} of ${total} sessions`);
		});
		if (stderr.isTerminal) stderr.write("\r\x1b[K");
		if (args.has("json")) printJson(context, result);
		else
			context.stdout.write(`${counted(result.restored, "session")} restored, ${result.kept} here already.\n`);
		for (const path of result.damaged) stderr.write(`ctrace: ${path} is damaged, or of a later version\n`);
		return result.damaged.length === 0 ? 0 : 1;
	},
};
