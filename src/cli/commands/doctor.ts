import type { Command } from "../command.ts";
import { printJson, show, viewOf } from "../context.ts";
import { renderDoctor } from "../render/doctor-report.ts";
import { writeOut } from "./export.ts";

export const doctorCommand: Command = {
	path: ["doctor"],
	section: "Care",
	operands: "",
	summary: "Check that all is well, and say what to do if not",
	mendsSettings: true,
	examples: [
		["ctrace doctor", "each part with ok, warning or error, and the command that mends it"],
		["ctrace doctor --json", "for programs; the exit code is 1 if anything is wrong"],
		["ctrace doctor --bundle ctrace.json", "for whoever helps you: no content, no name, no secret"],
	],
	options: [
		{ name: "json", summary: "Print what was found as JSON" },
		{ name: "bundle", value: "FILE", summary: "Write a support file: counts and versions alone" },
	],
	run: async (context, args) => {
		args.atMost(0);
		// Reading the patterns takes code that no other command needs.
		const { examineAll } = await import("../doctor/examine-all.ts");
		const report = await examineAll(context);
		const file = args.text("bundle");
		if (file !== undefined) {
			const { makeBundle } = await import("../doctor/bundle.ts");
			const { settings, installation } = context;
			const { checks } = report;
			const bundle = makeBundle({ report, checks, settings, platform: installation.platform });
			writeOut(context, file, `${JSON.stringify(bundle, undefined, "\t")}\n`);
		} else if (args.has("json")) printJson(context, report);
		else await show(context, renderDoctor(report, viewOf(context)));
		return report.ok ? 0 : 1;
	},
};
