import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { CtraceError } from "../../core/errors.ts";
import type { Command } from "../command.ts";
import type { CliContext } from "../context.ts";
import { EXPORT_FORMATS, renderExport } from "../render/export-formats.ts";
import { waitForRecorder, waitForStart } from "./sessions-show.ts";

export const exportCommand: Command = {
	path: ["export"],
	operands: "[ID|last]",
	summary: "Write a session as JSON, Markdown, HTML or text",
	examples: [
		["ctrace export last --format html -o session.html", "one file, readable offline"],
		["ctrace export 0190c3f2-7a --format markdown", "to the standard output"],
	],
	options: [
		{
			name: "format",
			letter: "f",
			value: "FORMAT",
			choices: EXPORT_FORMATS,
			summary: `One of ${EXPORT_FORMATS.join(", ")}`,
		},
		{ name: "output", letter: "o", value: "FILE", summary: "Write to FILE, for your eyes only (mode 0600)" },
	],
	completes: "session",
	run: async (context, args) => {
		const [reference = "last"] = args.atMost(1);
		const format = EXPORT_FORMATS.find((one) => one === args.text("format"));
		if (format === undefined)
			throw new CtraceError("usage", "in which format? --format was not given", {
				hint: `It may be ${EXPORT_FORMATS.join(", ")}: ctrace export ${reference} --format html -o session.html`,
			});
		using store = context.openStore();
		if (reference === "last") await waitForStart(context);
		const id = store.findSession(reference);
		if (reference === "last") await waitForRecorder(context, store, id);
		const text = renderExport(format, store.readSession(id), context);
		const output = args.text("output");
		if (output === undefined || output === "-") context.stdout.write(text);
		else writeOut(context, output, text);
		return 0;
	},
};

export function writeOut(context: CliContext, output: string, text: string): void {
	try {
		writeFileSync(resolve(context.cwd, output), text, { mode: 0o600 });
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new CtraceError("permission", `could not write ${output}: ${reason}`, { cause });
	}
	context.stderr.write(`Wrote ${output}\n`);
}
