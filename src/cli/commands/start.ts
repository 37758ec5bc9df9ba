import type { Command } from "../command.ts";

export const startCommand: Command = {
	path: ["start"],
	operands: "",
	summary: "Run the daemon: bring in what nobody wrapped",
	section: "Background",
	examples: [
		["ctrace start --daemon", "in the background, until you stop it or log out"],
		["ctrace start", "here, with its log before your eyes; Ctrl-C ends it"],
		["ctrace service install", "at every login, by itself"],
	],
	options: [{ name: "daemon", letter: "d", summary: "Go to the background" }],
	run: async (context, args) => {
		args.atMost(0);
		if (!args.has("daemon")) return context.runDaemonHere();
		const remote = await context.daemon();
		const pid = await remote.startInBackground();
		context.stdout.write(`The daemon runs (pid ${pid}). See how it does: ctrace status\n`);
		return 0;
	},
};
