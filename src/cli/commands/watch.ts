import type { Command } from "../command.ts";
import { viewOf } from "../context.ts";
import { renderWatchedTurn } from "../render/watched-turn.ts";

export const watchCommand: Command = {
	path: ["watch"],
	operands: "",
	section: "Sync",
	summary: "Show turns as they come, on whichever machine",
	examples: [
		["ctrace watch", "your own sessions"],
		["ctrace watch --team", "also those that others share with your teams"],
	],
	options: [{ name: "team", summary: "Also what is shared with your teams" }],
	run: async (context, args) => {
		args.atMost(0);
		const kit = await context.loadSync();
		const view = viewOf(context);
		const tellConnection = (isThere: boolean) =>
			context.stderr.write(
				isThere ? `Watching ${kit.url}; Ctrl-C ends it.\n` : "The connection is gone; trying again.\n",
			);
		const turns = kit.watch({
			isTeam: args.has("team"),
			signal: context.interruptSignal(),
			onConnection: tellConnection,
		});
		for await (const watched of turns) context.stdout.write(renderWatchedTurn(watched, view));
		return 0;
	},
};
