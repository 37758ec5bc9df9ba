import { CtraceError } from "../../core/errors.ts";
import { computeFindings } from "../../insights/findings/computed-findings.ts";
import { readKeptFindings } from "../../insights/findings/kept-findings.ts";
import type { Command } from "../command.ts";
import { rangeOptions, readRange, refresh, statisticsOf } from "../insights/days.ts";
import { type Report, renderReportHtml, renderReportMarkdown } from "../render/report.ts";
import { writeOut } from "./export.ts";

const FORMATS = ["markdown", "html"] as const;
const USUAL_SINCE = "7d";
const LIST_ROWS = 10;

export const reportCommand: Command = {
	path: ["report"],
	section: "Figures",
	operands: "",
	summary: "Write a page of figures and findings",
	examples: [
		["ctrace report --format html -o week.html", "one file with charts, readable offline"],
		["ctrace report --since 30d --project .", "a month of this directory, as Markdown"],
	],
	options: [
		...rangeOptions(USUAL_SINCE),
		{
			name: "format",
			letter: "f",
			value: "FORMAT",
			choices: FORMATS,
			summary: `One of ${FORMATS.join(", ")} (markdown)`,
		},
		{ name: "output", letter: "o", value: "FILE", summary: "Write to FILE, for your eyes only (mode 0600)" },
	],
	run: (context, args) => {
		args.atMost(0);
		const format = FORMATS.find((one) => one === (args.text("format") ?? "markdown"));
		if (format === undefined)
			throw new CtraceError(
				"usage",
				`--format must be one of ${FORMATS.join(", ")}, not ${JSON.stringify(args.text("format"))}`,
			);
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
		const output = args.text("output");
		if (output === undefined || output === "-") context.stdout.write(page);
		else writeOut(context, output, page);
		return 0;
	},
};
