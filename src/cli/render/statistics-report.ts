/** `ctrace stats` for people. Pure. */
import { shortenHome } from "../../core/home.ts";
import type { Statistics, Totals } from "../../insights/statistics/statistics.ts";
import { counted } from "../text/counted.ts";
import { oneLine, padEnd, padStart, truncate, truncateStart } from "../text/fit.ts";
import { createPaint, type Paint } from "../text/paint.ts";
import { formatDuration } from "../text/times.ts";
import { displayWidth } from "../text/width.ts";
import { activityLines, timeLines } from "./statistics-charts.ts";
import { shortId, type View } from "./view.ts";

const GAP = "  ";
const INDENT = "  ";
const LONGEST_NAME = 34;

export function renderStatistics(statistics: Statistics, view: View): string {
	const paint = createPaint(view.colour);
	const { range, totals } = statistics;
	const head = `${paint("bold", `${range.from} – ${range.to}`)}${paint("dim", `  (compared with ${statistics.previousRange.from} – ${statistics.previousRange.to})`)}`;
	if (totals.sessions === 0 && totals.turns === 0)
		return `${head}\n\nNo session was recorded in these days.\n`;
	const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
		["", overview(statistics, paint)],
		["Activity", activityLines(statistics.activity, view)],
		["Where the time went", timeLines(statistics.time, view)],
		["Tools", toolLines(statistics, view)],
		["Models", modelLines(statistics, view)],
		["Projects", projectLines(statistics, view)],
		["Permissions asked", permissionLines(statistics, view)],
		["Files changed and read", fileLines(statistics, view)],
		["Prompts given again and again", repeatedLines(statistics, view)],
		["Prompts that took several corrections", correctedLines(statistics, view)],
		["Masked", maskedLines(statistics)],
	];
	const parts = sections
		.filter(([, lines]) => lines.length > 0)
		.map(([title, lines]) => {
			const body = lines.map((line) => `${INDENT}${line}`.trimEnd()).join("\n");
			return title === "" ? body : `${paint("bold", title)}\n${body}`;
		});
	return `${[head, ...parts].join("\n\n")}\n`;
}

function overview({ totals, previousTotals }: Statistics, paint: Paint): string[] {
	const line = (label: string, of: (totals: Totals) => number, format = whole) => [
		label,
		format(of(totals)),
		change(of(totals), of(previousTotals), paint),
	];
	const rows = [
		line("sessions", ({ sessions }) => sessions),
		line("turns", ({ turns }) => turns),
		line(
			"turns in a session",
			({ turnsPerSession }) => turnsPerSession,
			(n) => n.toFixed(1),
		),
		line("tokens", ({ totalTokens }) => totalTokens, short),
		line(
			"cost",
			({ costUsd }) => costUsd,
			(n) => `$${n.toFixed(2)}`,
		),
		line("from the cache", ({ cacheEfficiency = 0 }) => cacheEfficiency, percent),
		line("tool calls", ({ toolCalls }) => toolCalls),
		line("that failed", ({ toolFailures }) => toolFailures),
		line("interrupts", ({ interrupted }) => interrupted),
		line("corrections", ({ corrections }) => corrections),
		line("permissions asked", ({ permissions }) => permissions),
		line("refused", ({ refusals }) => refusals),
		line("sessions failed", ({ failedSessions }) => failedSessions),
		line("sessions lost", ({ lostSessions }) => lostSessions),
		line("secrets masked", ({ masked }) => masked),
	];
	const lines = columns(rows, [false, true, false]);
	if (totals.unpricedResponses > 0)
		lines.push(
			`${whole(totals.unpricedResponses)} responses of models without a known price are not in the cost.`,
		);
	return lines;
}

function change(now: number, before: number, paint: Paint): string {
	if (before === 0) return now === 0 ? "" : paint("dim", "new");
	const share = (now - before) / before;
	if (Math.abs(share) < 0.005) return paint("dim", "as before");
	return paint("dim", `${share > 0 ? "▲" : "▼"} ${percent(Math.abs(share))}`);
}

function toolLines({ tools }: Statistics, view: View): string[] {
	return table(
		["TOOL", "CALLS", "FAILED", "REFUSED", "STOPPED", "MEAN TIME"],
		tools.map((tool) => [
			nameCell(tool.name, view),
			whole(tool.calls),
			tool.failures === 0 ? "" : `${whole(tool.failures)} (${percent(tool.failureRate)})`,
			someOf(tool.refusals),
			someOf(tool.interruptions),
			timeCell(tool.meanMs),
		]),
	);
}

function modelLines({ models }: Statistics, view: View): string[] {
	return table(
		["MODEL", "RESPONSES", "TOKENS", "COST"],
		models.map((model) => [
			nameCell(model.model, view),
			whole(model.responses),
			short(model.totalTokens),
			model.isPriced ? `$${model.costUsd.toFixed(2)}` : "no price known",
		]),
	);
}

function projectLines({ projects }: Statistics, view: View): string[] {
	return table(
		["PROJECT", "SESSIONS", "TURNS", "TOKENS", "COST"],
		projects.map((project) => [
			pathCell(project.cwd, view),
			whole(project.sessions),
			whole(project.turns),
			short(project.totalTokens),
			`$${project.costUsd.toFixed(2)}`,
		]),
	);
}

function permissionLines({ permissions }: Statistics, view: View): string[] {
	const lines = table(
		["ASKED FOR", "ASKED", "ALLOWED", "REFUSED", "MEAN TIME"],
		permissions.map((one) => [
			nameCell(one.rule ?? one.about, view),
			whole(one.asked),
			whole(one.allowed),
			someOf(one.refused),
			timeCell(one.meanDecisionMs),
		]),
	);
	const rules = permissions.flatMap(({ isCandidate, rule }) =>
		isCandidate && rule !== undefined ? [rule] : [],
	);
	if (rules.length === 0) return lines;
	const pasted = JSON.stringify({ permissions: { allow: rules } }, undefined, 2).split("\n");
	return [
		...lines,
		"",
		"Always allowed so far; to be asked no more, add to .claude/settings.json:",
		...pasted.map(oneSafeLine),
	];
}

function fileLines({ files }: Statistics, view: View): string[] {
	return table(
		["FILE", "CHANGED", "READ"],
		files.map((file) => [
			pathCell(
				file.path.startsWith("/") || file.path.startsWith("~") ? file.path : `${file.cwd}/${file.path}`,
				view,
			),
			someOf(file.edits),
			someOf(file.reads),
		]),
	);
}

function repeatedLines({ repeatedPrompts }: Statistics, view: View): string[] {
	return repeatedPrompts.map(({ text, prompts, sessions }) => {
		const times = `${counted(prompts, "time")} in ${counted(sessions, "session")}`;
		return `${padEnd(truncate(oneLine(text), view.width - 34), view.width - 34)}${GAP}${times}`;
	});
}

function correctedLines({ correctedPrompts }: Statistics, view: View): string[] {
	return correctedPrompts.map(({ text, sessionId, turnSeq, corrections }) => {
		const where = `${whole(corrections)} corrections, ${shortId(sessionId)} turn ${turnSeq}`;
		return `${padEnd(truncate(oneLine(text), view.width - 46), view.width - 46)}${GAP}${where}`;
	});
}

function maskedLines({ masked }: Statistics): string[] {
	return table(
		["RULE", "TIMES"],
		masked.map(({ rule, count }) => [oneLine(rule), whole(count)]),
	);
}

/** Nothing for no rows. The first column stands left, the others right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
	return rows.length === 0 ? [] : columns([head, ...rows], [false, ...head.slice(1).map(() => true)]);
}

function columns(rows: readonly (readonly string[])[], isRight: readonly boolean[]): string[] {
	const widths = isRight.map((_, at) => Math.max(...rows.map((row) => displayWidth(row[at] ?? ""))));
	return rows.map((row) =>
		row
			.map((cell, at) => (isRight[at] === true ? padStart : padEnd)(cell, widths[at] ?? 0))
			.join(GAP)
			.trimEnd(),
	);
}

function nameCell(name: string, { width }: View): string {
	return truncate(oneLine(name), Math.min(LONGEST_NAME, Math.max(8, width - 50)));
}

function pathCell(path: string, view: View): string {
	return truncateStart(oneLine(shortenHome(path, view.home)), Math.min(48, Math.max(8, view.width - 44)));
}

function oneSafeLine(line: string): string {
	return line.slice(0, line.length - line.trimStart().length) + oneLine(line);
}

function timeCell(ms: number | undefined): string {
	return ms === undefined ? "" : formatDuration(ms);
}

function someOf(count: number): string {
	return count === 0 ? "" : whole(count);
}

function whole(count: number): string {
	return Math.round(count).toLocaleString("en-US");
}

function percent(share: number): string {
	return `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)} %`;
}

/** `1.2M`: of numbers that nobody reads to the last digit. */
function short(count: number): string {
	return new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 }).format(count);
}
