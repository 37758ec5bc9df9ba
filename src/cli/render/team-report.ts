/** The page about a team: sums of what its members shared. Pure. */
import type { DateRange } from "../../insights/statistics/statistics.ts";
import type { TeamFigures } from "../../sync/team-figures.ts";
import { oneLine, printable } from "../text/fit.ts";
import { htmlPage } from "./html-page.ts";
import { escapeInline } from "./markdown-export.ts";
import { escapeHtml } from "./markdown-inline.ts";
import { htmlTable, markdownTable, REPORT_STYLE } from "./report.ts";
import { dollars, percent, type ReportTable, whole } from "./report-tables.ts";

export interface TeamReport {
	readonly team: string;
	readonly range: DateRange;
	readonly previousRange: DateRange;
	readonly now: TeamFigures;
	readonly before: TeamFigures;
}

export function renderTeamMarkdown(report: TeamReport): string {
	const { previousRange } = report;
	const parts = [
		`# ${escapeInline(titleOf(report))}`,
		`Compared with ${previousRange.from} – ${previousRange.to}. ${scopeOf(report)}`,
		...tablesOf(report).map(markdownTable),
		"*Made with ctrace. Secrets were masked before anything was stored.*",
	];
	return `${parts.join("\n\n")}\n`;
}

export function renderTeamHtml(report: TeamReport): string {
	const { previousRange } = report;
	const title = escapeHtml(printable(titleOf(report)));
	const main = [
		`<header><h1>${title}</h1><p class="note">Compared with ${previousRange.from} – ${previousRange.to}. ${scopeOf(report)}</p></header>`,
		...tablesOf(report).map(htmlTable),
		"<footer>Made with ctrace. Secrets were masked before anything was stored.</footer>",
	].join("\n");
	return htmlPage({ title, main, style: REPORT_STYLE });
}

function titleOf({ team, range }: TeamReport): string {
	return oneLine(`Claude Code, ${team}, ${range.from} – ${range.to}`);
}

function scopeOf({ now }: TeamReport): string {
	const names = now.names_in_reports ? "" : " The team names nobody in reports.";
	return `What was shared with the team, and nothing else.${names}`;
}

type Used = Pick<TeamFigures["totals"], "sessions" | "turns" | "tokens" | "cost_usd">;

const USED_HEAD = ["sessions", "turns", "tokens", "cost"] as const;

function usedCells({ sessions, turns, tokens, cost_usd }: Used): string[] {
	return [whole(sessions), whole(turns), whole(tokens), dollars(cost_usd)];
}

/** Tables without a row are left out. */
function tablesOf({ now, before }: TeamReport): ReportTable[] {
	const row = (name: string, of: (totals: TeamFigures["totals"]) => string) => [
		name,
		of(now.totals),
		of(before.totals),
	];
	const tables: ReportTable[] = [
		{
			title: "Figures",
			head: ["", "these days", "the days before"],
			rows: [
				row("people", ({ people }) => whole(people)),
				row("sessions", ({ sessions }) => whole(sessions)),
				row("turns", ({ turns }) => whole(turns)),
				row("tokens", ({ tokens }) => whole(tokens)),
				row("cost", ({ cost_usd }) => dollars(cost_usd)),
				row("tool calls", ({ tool_calls }) => whole(tool_calls)),
				row("tool calls that failed", ({ tool_failures }) => whole(tool_failures)),
				row("interrupts", ({ interrupted }) => whole(interrupted)),
				row("sessions failed", ({ failed_sessions }) => whole(failed_sessions)),
				row("sessions lost", ({ lost_sessions }) => whole(lost_sessions)),
			],
		},
		{
			title: "Days",
			head: ["day", ...USED_HEAD],
			rows: now.days.map((one) => [one.day, ...usedCells(one)]),
		},
		{
			title: "People",
			head: ["person", ...USED_HEAD],
			rows: now.people.map((one) => [oneLine(one.person ?? "unknown"), ...usedCells(one)]),
		},
		{
			title: "Projects",
			head: ["project", ...USED_HEAD],
			rows: now.projects.map((one) => [oneLine(one.cwd), ...usedCells(one)]),
		},
		{
			title: "Tools",
			head: ["tool", "calls", "failed", "refused"],
			rows: now.tools.map((one) => [
				oneLine(one.name ?? ""),
				whole(one.calls),
				`${whole(one.failures)} (${percent(one.calls === 0 ? 0 : one.failures / one.calls)})`,
				whole(one.refusals),
			]),
		},
	];
	return tables.filter(({ rows }) => rows.length > 0);
}
