import type { Command } from "../command.ts";
import { renderCounts } from "../render/mask-report.ts";

export const maskCommand: Command = {
	path: ["mask"],
	operands: "[FILE]",
	summary: "Copy a text with its secrets masked",
	section: "Privacy",
	examples: [
		["env | ctrace mask", "any command's output, masked as it passes"],
		["ctrace mask build.log > shareable.log", "a file"],
		["ctrace mask --report < build.log > shareable.log", "and say what was masked"],
	],
	options: [
		{
			name: "mode",
			value: "MODE",
			choices: ["minimal", "moderate", "strict"],
			summary: "How much to mask (strict)",
		},
		{ name: "report", summary: "Say afterwards, on standard error, how many of what" },
	],
	run: async (context, args) => {
		const [file] = args.atMost(1);
		const stream = context.openMasker(args.text("mode")).masker.stream();
		for await (const text of context.readInput(file)) {
			context.stdout.write(stream.feed(text));
			await context.stdout.drained();
		}
		context.stdout.write(stream.flush());
		if (args.has("report")) context.stderr.write(renderCounts(stream.counts));
		return 0;
	},
};
