import type { Command } from "../command.ts";
import { type LookContext, printJson, show, viewOf } from "../context.ts";

/** As the system's own service scripts have it. */
const NOT_RUNNING_EXIT = 3;
const WRONG_EXIT = 1;

export const statusCommand: Command<LookContext> = {
	path: ["status"],
	operands: "",
	summary: "Tell how the daemon does, and what to do if something is wrong",
	section: "Background",
	examples: [
		["ctrace status", "exit code 0: well; 1: something is wrong; 3: no daemon runs"],
		["ctrace status --json", "for programs"],
	],
	options: [{ name: "json", summary: "Print it as JSON" }],
	run: async (context, args) => {
		args.atMost(0);
		const { examineDaemon } = await import("../daemon/examine-daemon.ts");
		const { examineBackup } = await import("../backup/examine-backup.ts");
		const { renderDaemonReport } = await import("../render/daemon-report.ts");
		const report = {
			...(await examineDaemon(await context.daemon(), context)),
			...examineBackup(context),
		};
		if (args.has("json")) printJson(context, report);
		else await show(context, renderDaemonReport(report, viewOf(context), context.now()));
		if (!report.running) return report.problems.length > 0 ? WRONG_EXIT : NOT_RUNNING_EXIT;
		return report.problems.length > 0 ? WRONG_EXIT : 0;
	},
};
