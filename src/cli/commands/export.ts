import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { CtraceError } from "../../core/errors.ts";
import type { Command, CommandArguments } from "../command.ts";
import type { CliContext } from "../context.ts";
import { EXPORT_FORMATS, renderExport } from "../render/export-formats.ts";
import { isScreenFormat, renderScreen, SCREEN_FORMATS } from "../render/screen-export.ts";
import { waitForRecorder, waitForStart } from "./sessions-show.ts";

const FORMATS = [...EXPORT_FORMATS, ...SCREEN_FORMATS] as const;

export const exportCommand: Command = {
	path: ["export"],
	operands: "[ID|last]",
	summary: "Write a session as JSON, HTML, text, asciicast …",
	examples: [
		["ctrace export last --format html -o session.html", "one file, readable offline"],
		["ctrace export 0190c3f2-7a --format markdown", "to the standard output"],
		["ctrace export last -f cast -o session.cast", "the screen, for asciinema (cast2: older ones)"],
		["ctrace export --all -o everything.tar.gz", "all sessions, as JSON, Markdown and asciicast"],
		["ctrace export last -f svg --turn 3 -o turn.svg", "the screen after turn 3 (txt: its text)"],
	],
	options: [
		{
			name: "format",
			letter: "f",
			value: "FORMAT",
			choices: FORMATS,
			summary: `One of ${FORMATS.join(", ")}`,
		},
		{ name: "all", summary: "Everything: into the folder or .tar.gz that --output names" },
		{ name: "turn", value: "N", summary: "For svg and txt: the screen after turn N, not the last one" },
		{ name: "output", letter: "o", value: "FILE", summary: "Write to FILE, for your eyes only (mode 0600)" },
	],
	completes: "session",
	run: async (context, args) => {
		if (args.has("all")) return exportAll(context, args);
		const [reference = "last"] = args.atMost(1);
		const format = FORMATS.find((one) => one === args.text("format"));
		if (format === undefined)
			throw new CtraceError("usage", "in which format? --format was not given", {
				hint: `It may be ${FORMATS.join(", ")}: ctrace export ${reference} --format html -o session.html`,
			});
		using store = context.openStore();
		if (reference === "last") await waitForStart(context);
		const id = store.findSession(reference);
		if (reference === "last") await waitForRecorder(context, store, id);
		const stored = store.readSession(id);
		const turn = args.count("turn");
		const text = isScreenFormat(format)
			? renderScreen(format, { store, stored, ...(turn === undefined ? {} : { turn }) })
			: renderExport(format, stored, context);
		const output = args.text("output");
		if (output === undefined || output === "-") context.stdout.write(text);
		else writeOut(context, output, text);
		return 0;
	},
};

/** To leave with everything: the code for it is loaded when somebody does. */
async function exportAll(context: CliContext, args: CommandArguments): Promise<number> {
	args.atMost(0);
	for (const option of ["format", "turn"])
		if (args.text(option) !== undefined)
			throw new CtraceError("usage", `--all writes every form; --${option} cannot be said with it`);
	const output = args.text("output");
	if (output === undefined || output === "-")
		throw new CtraceError("usage", "where to? --output was not given", {
			hint: "A new folder, or an archive: ctrace export --all -o everything.tar.gz",
		});
	const { writeEverything } = await import("../export-all/write-everything.ts");
	return writeEverything(context, resolve(context.cwd, output));
}

export function writeOut(context: CliContext, output: string, text: string): void {
	try {
		writeFileSync(resolve(context.cwd, output), text, { mode: 0o600 });
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new CtraceError("permission", `could not write ${output}: ${reason}`, { cause });
	}
	context.stderr.write(`Wrote ${output}\n`);
}
