import { CtraceError } from "../../core/errors.ts";
import { computeFindings } from "../../insights/findings/computed-findings.ts";
import { readKeptFindings } from "../../insights/findings/kept-findings.ts";
import type { Command, CommandArguments } from "../command.ts";
import type { CliContext } from "../context.ts";
import { rangeOptions, readRange, refresh, statisticsOf } from "../insights/days.ts";
import { type Report, renderReportHtml, renderReportMarkdown } from "../render/report.ts";
import { writeOut } from "./export.ts";

const FORMATS = ["markdown", "html"] as const;
const USUAL_SINCE = "7d";
const LIST_ROWS = 10;

export const reportCommand: Command = {
	path: ["report"],
	section: "Figures",
	operands: "[TEAM]",
	summary: "Write a page of figures and findings",
	examples: [
		["ctrace report --format html -o week.html", "one file with charts, readable offline"],
		["ctrace report --team", "of what is shared with your team"],
		["ctrace report --since 30d --project .", "a month of this directory, as Markdown"],
	],
	options: [
		...rangeOptions(USUAL_SINCE),
		{ name: "team", summary: "Of your team; TEAM, its name or id, if you are in several" },
		{
			name: "format",
			letter: "f",
			value: "FORMAT",
			choices: FORMATS,
			summary: `One of ${FORMATS.join(", ")} (markdown)`,
		},
		{ name: "output", letter: "o", value: "FILE", summary: "Write to FILE, for your eyes only (mode 0600)" },
	],
	run: async (context, args) => {
		const format = FORMATS.find((one) => one === (args.text("format") ?? "markdown"));
		if (format === undefined)
			throw new CtraceError(
				"usage",
				`--format must be one of ${FORMATS.join(", ")}, not ${JSON.stringify(args.text("format"))}`,
			);
		if (args.has("team")) {
			const { teamPage } = await import("../insights/team-page.ts");
			return deliver(context, args, await teamPage(context, args, { format, usualSince: USUAL_SINCE }));
		}
		args.atMost(0);
		using store = context.openStore();
		refresh(context, store);
		const range = readRange(context, args, { store, usualSince: USUAL_SINCE });
		const statistics = statisticsOf(context, range, { store, limit: LIST_ROWS });
		// What a model found is shown where it was asked about the very same days.
		const kept = readKeptFindings(store.insights.lastFindings(), {
			...statistics.range,
			...(range.cwd === undefined ? {} : { project: range.cwd }),
		});
		const report: Report = {
			statistics,
			findings: kept ?? computeFindings(statistics),
			home: context.home,
			...(range.cwd === undefined ? {} : { project: range.cwd }),
		};
		const page = format === "html" ? renderReportHtml(report) : renderReportMarkdown(report);
		return deliver(context, args, page);
	},
};

function deliver(context: CliContext, args: CommandArguments, page: string): number {
	const output = args.text("output");
	if (output === undefined || output === "-") context.stdout.write(page);
	else writeOut(context, output, page);
	return 0;
}
