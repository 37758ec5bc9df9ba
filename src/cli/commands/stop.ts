import type { Command } from "../command.ts";
import { planOf } from "./service.ts";

export const stopCommand: Command = {
	path: ["stop"],
	operands: "",
	summary: "Stop the daemon; it finishes what is in hand",
	section: "Background",
	examples: [["ctrace stop", "waits until it is gone"]],
	options: [],
	run: async (context, args) => {
		args.atMost(0);
		const { stopDaemon } = await import("../daemon/stop-daemon.ts");
		const end = await stopDaemon(await context.daemon());
		context.stdout.write(end === "none" ? "No daemon runs.\n" : "The daemon has stopped.\n");
		return 0;
	},
};

export const restartCommand: Command = {
	path: ["restart"],
	operands: "",
	summary: "Stop the daemon if it runs, and start it in the background",
	section: "Background",
	examples: [["ctrace restart", "after an update of ctrace"]],
	options: [],
	run: async (context, args) => {
		args.atMost(0);
		const { isAutostartActive, restartAutostart } = await import("../service/autostart.ts");
		const service = await planOf(context);
		if (await isAutostartActive(service)) {
			await restartAutostart(service);
			context.stdout.write("The service was restarted.\n");
			return 0;
		}
		const { stopDaemon } = await import("../daemon/stop-daemon.ts");
		const remote = await context.daemon();
		await stopDaemon(remote);
		const pid = await remote.startInBackground();
		context.stdout.write(`The daemon runs (pid ${pid}).\n`);
		return 0;
	},
};
