/** A page one would send to a lead: figures, charts, findings. Pure. */
import type { Finding } from "../../insights/findings/finding.ts";
import type { Statistics } from "../../insights/statistics/statistics.ts";
import { oneLine, printable } from "../text/fit.ts";
import { evidenceText, suggestionTitle } from "./findings-report.ts";
import { htmlPage } from "./html-page.ts";
import { escapeInline } from "./markdown-export.ts";
import { escapeHtml } from "./markdown-inline.ts";
import { type ReportTable, reportTables } from "./report-tables.ts";
import { hoursChart, timeChart, turnsChart } from "./svg-charts.ts";

export interface Report {
	readonly statistics: Statistics;
	readonly findings: readonly Finding[];
	/** Whose sessions: a directory; absent: all. */
	readonly project?: string;
	readonly home: string;
}

export const REPORT_STYLE = `
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1.5rem; font-variant-numeric: tabular-nums }
th, td { text-align: right; padding: .25rem .5rem; border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent) }
th:first-child, td:first-child { text-align: left; overflow-wrap: anywhere }
svg { max-width: 100%; height: auto; margin: .5rem 0 1rem } svg text { font: 11px system-ui, sans-serif; fill: currentColor; opacity: .7 }
.bar, .part0 { fill: #3b7dd8 } .part1 { fill: #5aa9a3 } .part2 { fill: #d9a441 } .part3 { fill: #cf6a5a } .part4 { fill: #8b8fa3 }
.finding { margin: 0 0 1.25rem } .finding h3 { margin: 0 0 .25rem } .finding p { margin: .25rem 0 } .finding pre { white-space: pre-wrap }
`;

export function renderReportMarkdown(report: Report): string {
	const { statistics, findings } = report;
	const parts = [
		`# ${escapeInline(titleOf(report))}`,
		`Compared with ${statistics.previousRange.from} – ${statistics.previousRange.to}.`,
		...reportTables(statistics, report.home).map(markdownTable),
		...(findings.length === 0 ? [] : ["## Findings", ...findings.map(markdownFinding)]),
		"*Made with ctrace. Secrets were masked before anything was stored.*",
	];
	return `${parts.join("\n\n")}\n`;
}

function titleOf({ statistics, project }: Report): string {
	const { from, to } = statistics.range;
	return oneLine(`Claude Code, ${from} – ${to}${project === undefined ? "" : `, ${project}`}`);
}

export function markdownTable({ title, head, rows }: ReportTable): string {
	const line = (cells: readonly string[]) =>
		`| ${cells.map((cell) => escapeInline(cell).replaceAll("|", "\\|")).join(" | ")} |`;
	const rule = `| ${head.map((_, index) => (index === 0 ? "---" : "---:")).join(" | ")} |`;
	return [`## ${title}`, "", line(head), rule, ...rows.map(line)].join("\n");
}

function markdownFinding(finding: Finding, index: number): string {
	const { title, detail, suggestion, effect, confidence, evidence, by } = finding;
	const source = by === "computed" ? "computed from figures" : "read by a model";
	const links = evidence.map(evidenceText).join(", ");
	return [
		`### ${index + 1}. ${escapeInline(oneLine(title))}`,
		escapeInline(printable(detail)),
		`**${suggestionTitle(finding)}:** ${escapeInline(oneLine(suggestion.text))}`,
		`*Effect: ${escapeInline(oneLine(effect))}; confidence: ${confidence}; ${source}${links === "" ? "" : `; see ${links}`}.*`,
	].join("\n\n");
}

export function renderReportHtml(report: Report): string {
	const { statistics, findings } = report;
	const { activity, time } = statistics;
	const tables = reportTables(statistics, report.home);
	const title = text(titleOf(report));
	const main = [
		`<header><h1>${title}</h1><p class="note">Compared with ${statistics.previousRange.from} – ${statistics.previousRange.to}</p></header>`,
		`<section><h2>Activity</h2>${turnsChart(activity)}${hoursChart(activity)}${timeChart(time)}</section>`,
		...tables.map(htmlTable),
		...(findings.length === 0
			? []
			: [`<section><h2>Findings</h2>${findings.map(htmlFinding).join("\n")}</section>`]),
		"<footer>Made with ctrace. Secrets were masked before anything was stored.</footer>",
	].join("\n");
	return htmlPage({ title, main, style: REPORT_STYLE });
}

export function htmlTable({ title, head, rows }: ReportTable): string {
	const cells = (tag: "th" | "td", row: readonly string[]) =>
		row.map((cell) => `<${tag}>${text(cell)}</${tag}>`).join("");
	const body = rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("");
	return `<section><h2>${text(title)}</h2><table><thead><tr>${cells("th", head)}</tr></thead><tbody>${body}</tbody></table></section>`;
}

function htmlFinding(finding: Finding): string {
	const { title, detail, suggestion, effect, confidence, evidence, by } = finding;
	const links = evidence.map(evidenceText).join(", ");
	return [
		`<div class="finding"><h3>${text(oneLine(title))}</h3>`,
		`<p>${text(printable(detail))}</p>`,
		`<p><strong>${text(suggestionTitle(finding))}</strong></p><pre>${text(printable(suggestion.text))}</pre>`,
		`<p class="note">effect: ${text(oneLine(effect))}; confidence: ${confidence}; ${by === "computed" ? "computed from figures" : "read by a model"}${links === "" ? "" : `; see ${text(links)}`}</p></div>`,
	].join("");
}

function text(raw: string): string {
	return escapeHtml(printable(raw));
}
