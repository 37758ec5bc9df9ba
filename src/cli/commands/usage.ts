import { CtraceError } from "../../core/errors.ts";
import { USAGE_GROUPS, type UsageGroup } from "../../store/usage-rows.ts";
import type { Command } from "../command.ts";
import { printJson, show, viewOf } from "../context.ts";
import { renderUsage, tokensOf, totalOf } from "../render/usage-table.ts";
import { parseSince } from "../text/times.ts";

export const usageCommand: Command = {
	path: ["usage"],
	section: "Figures",
	operands: "",
	summary: "Add up tokens and cost by day, project, model …",
	examples: [
		["ctrace usage", "by day, from transcripts recorded or imported"],
		["ctrace usage --by model --since 30d", "what each model cost in thirty days"],
		["ctrace usage --by session --json", "for programs"],
	],
	options: [
		{ name: "by", value: "WHAT", choices: USAGE_GROUPS, summary: `One of ${USAGE_GROUPS.join(", ")} (day)` },
		{ name: "since", value: "WHEN", summary: "Responses since 2h, 3d, 1w ago, or a date" },
		{ name: "json", summary: "Print rows and totals as JSON" },
	],
	run: async (context, args) => {
		args.atMost(0);
		const by = readGroup(args.text("by"));
		const since = args.text("since");
		using store = context.openStore();
		const rows = store.readUsage({
			by,
			noModels: context.noModels(),
			...(since === undefined ? {} : { since: parseSince(since, context.now()) }),
		});
		if (args.has("json")) {
			const isoRows = rows.map(({ key, lastAt, ...row }) => ({
				[by]: key,
				...row,
				totalTokens: tokensOf(row),
				lastAt: new Date(lastAt).toISOString(),
			}));
			printJson(context, { by, rows: isoRows, total: totalOf(rows) });
		} else if (rows.length === 0) {
			context.stderr.write("No usage is known. Claude Code's past sessions: ctrace import ~/.claude\n");
		} else await show(context, renderUsage(rows, by, viewOf(context)));
		return 0;
	},
};

function readGroup(word: string | undefined): UsageGroup {
	const group = USAGE_GROUPS.find((one) => one === (word ?? "day"));
	if (group !== undefined) return group;
	throw new CtraceError(
		"usage",
		`--by must be one of ${USAGE_GROUPS.join(", ")}, not ${JSON.stringify(word)}`,
	);
}
