import { existsSync } from "node:fs";
import { CtraceError } from "../../core/errors.ts";
import type { Command } from "../command.ts";
import type { CliContext } from "../context.ts";
import { shortId } from "../render/view.ts";
import { isAgreed, shellFacts } from "./install.ts";
import { planOf } from "./service.ts";

export const uninstallCommand: Command = {
	path: ["uninstall"],
	operands: "",
	summary: "Take ctrace out of your shells and stop its service",
	section: "Set up",
	examples: [
		["ctrace uninstall", "sessions and settings stay"],
		["ctrace uninstall --data", "deletes them, too"],
	],
	options: [
		{ name: "data", summary: "Delete all sessions, settings and keys as well" },
		{ name: "yes", letter: "y", summary: "Do not ask" },
	],
	run: async (context, args) => {
		args.atMost(0);
		const withData = args.has("data");
		if (withData) refuseRunning(context);
		const { findInstalled } = await import("../shell/shell-setup.ts");
		for (const path of findInstalled(shellFacts(context)))
			context.stdout.write(`To be taken out of: ${path}\n`);
		const question = withData
			? "Take ctrace out, and delete every session and setting for good?"
			: "Take ctrace out?";
		if (!args.has("yes") && !(await isAgreed(context, question))) {
			context.stderr.write("Nothing was changed.\n");
			return 1;
		}
		await takeOut(context);
		if (withData) await deleteData(context);
		context.stdout.write("Done. To remove the program: npm uninstall -g claude-code-tracer\n");
		return 0;
	},
};

async function takeOut(context: CliContext): Promise<void> {
	const say = (what: string) => context.stdout.write(`${what}\n`);
	const { removeAutostart } = await import("../service/autostart.ts");
	const plan = await planOf(context);
	if (await removeAutostart(plan)) say(`Removed: ${plan.path}`);
	const { stopDaemon } = await import("../daemon/stop-daemon.ts");
	if ((await stopDaemon(await context.daemon())) === "stopped") say("The daemon has stopped.");
	const { removeFromShells } = await import("../shell/shell-setup.ts");
	const { changed, keptBackups } = removeFromShells(shellFacts(context));
	for (const path of changed) say(`Taken out of: ${path}`);
	for (const path of keptBackups) say(`Left, because the file was changed since: ${path}`);
	const { removeDaemonFiles } = await import("../shell/own-files.ts");
	removeDaemonFiles(context.config.paths);
}

async function deleteData(context: CliContext): Promise<void> {
	const { removeOwnFiles } = await import("../shell/own-files.ts");
	const left = removeOwnFiles(context.config.paths);
	context.stdout.write("All sessions, settings and keys were deleted.\n");
	for (const path of left) context.stdout.write(`Left, because it is not ctrace's: ${path}\n`);
}

/** A recorder would write on into files that are gone. */
function refuseRunning(context: CliContext): void {
	if (!existsSync(context.config.paths.database)) return;
	using store = context.openStore();
	const [running] = store.listSessions({ status: "running", limit: 1 });
	if (running === undefined) return;
	throw new CtraceError("recorder", `session ${shortId(running.session.id)} is still being recorded`, {
		hint: "End it first.",
	});
}
