import type { Command } from "../command.ts";
import { printJson, show, viewOf } from "../context.ts";
import { renderDoctor } from "../render/doctor-report.ts";

export const doctorCommand: Command = {
	path: ["doctor"],
	section: "Set up",
	operands: "",
	summary: "Check that all is well, and say what to do if not",
	examples: [
		["ctrace doctor", "versions, files, database, how well screens were read"],
		["ctrace doctor --json", "for programs; the exit code is 1 if anything is wrong"],
	],
	options: [{ name: "json", summary: "Print what was found as JSON" }],
	run: async (context, args) => {
		args.atMost(0);
		// Reading the patterns takes code that no other command needs.
		const { examine } = await import("../doctor/examine.ts");
		const report = examine(context);
		if (args.has("json")) printJson(context, report);
		else await show(context, renderDoctor(report, viewOf(context)));
		return report.ok ? 0 : 1;
	},
};
