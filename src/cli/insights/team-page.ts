/** The report about a team, from the figures of its project. */
import { CtraceError } from "../../core/errors.ts";
import { dateOf } from "../../insights/measure/calendar.ts";
import { datesOf, rangeBefore } from "../../insights/statistics/read-statistics.ts";
import type { StatisticsRange } from "../../insights/statistics/statistics.ts";
import type { TeamRange } from "../../sync/team-figures.ts";
import type { CommandArguments } from "../command.ts";
import { loadTeams } from "../commands/team.ts";
import type { CliContext } from "../context.ts";
import { renderTeamHtml, renderTeamMarkdown, type TeamReport } from "../render/team-report.ts";
import { readDays } from "./days.ts";

/** Throws `usage`, `signed-out`, `offline`, `remote`, `not-found`, `ambiguous`. */
export async function teamPage(
	context: CliContext,
	args: CommandArguments,
	{ format, usualSince }: { readonly format: "markdown" | "html"; readonly usualSince: string },
): Promise<string> {
	if (args.text("project") !== undefined)
		throw new CtraceError("usage", "--project goes with your own sessions, not with --team");
	const [wanted] = args.atMost(1);
	const { findTeam } = await import("../../sync/teams.ts");
	const teams = await loadTeams(context);
	const team = findTeam(await teams.list(), wanted);
	const range = readDays(context, args, usualSince);
	const before = rangeBefore(range);
	const report: TeamReport = {
		team: team.name,
		range: datesOf(range),
		previousRange: datesOf(before),
		now: await teams.figures(team.id, momentsOf(range)),
		before: await teams.figures(team.id, momentsOf(before)),
	};
	return format === "html" ? renderTeamHtml(report) : renderTeamMarkdown(report);
}

/** From the first day's midnight here up to the midnight after the last one. */
function momentsOf({ from, to }: StatisticsRange): TeamRange {
	return {
		since: midnight(from),
		until: midnight(to + 1),
		zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
	};
}

function midnight(day: number): Date {
	const [year = 0, month = 1, date = 1] = dateOf(day).split("-").map(Number);
	return new Date(year, month - 1, date);
}
