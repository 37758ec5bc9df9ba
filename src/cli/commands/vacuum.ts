import type { Command } from "../command.ts";
import { formatBytes } from "../text/bytes.ts";

export const vacuumCommand: Command = {
	path: ["vacuum"],
	operands: "",
	section: "Care",
	summary: "Give the room of what was deleted back to the disk",
	examples: [["ctrace vacuum", "writes the database anew; nothing of what was deleted stays in it"]],
	options: [],
	run: (context, args) => {
		args.atMost(0);
		using store = context.openStore();
		const before = store.checkSpace();
		const { isWiped } = store.purge();
		const after = store.checkSpace();
		const [old, now] = [before, after].map(({ fileBytes }) => formatBytes(fileBytes));
		context.stdout.write(`The database had ${old} and has ${now}.\n`);
		if (!isWiped)
			context.stderr.write("Another ctrace still reads the old log; it goes when that one closes.\n");
		return 0;
	},
};
