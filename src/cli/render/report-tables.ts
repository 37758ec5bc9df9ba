/** The tables of a report, the same in Markdown and in HTML. Pure. */
import { shortenHome } from "../../core/home.ts";
import type { Statistics, Totals } from "../../insights/statistics/statistics.ts";
import { oneLine } from "../text/fit.ts";
import { formatDuration } from "../text/times.ts";
import { timeParts } from "./svg-charts.ts";

export interface ReportTable {
	readonly title: string;
	readonly head: readonly string[];
	readonly rows: readonly (readonly string[])[];
}

/** Tables without a row are left out. */
export function reportTables(statistics: Statistics, home: string): ReportTable[] {
	const path = (text: string) => oneLine(shortenHome(text, home));
	const tables: ReportTable[] = [
		{ title: "Figures", head: ["", "these days", "the days before"], rows: totalRows(statistics) },
		{ title: "Where the time went", head: ["", "time", "share"], rows: timeRows(statistics) },
		{
			title: "Projects",
			head: ["project", "sessions", "turns", "tokens", "cost"],
			rows: statistics.projects.map((one) => [
				path(one.cwd),
				whole(one.sessions),
				whole(one.turns),
				whole(one.totalTokens),
				dollars(one.costUsd),
			]),
		},
		{
			title: "Models",
			head: ["model", "responses", "tokens", "cost"],
			rows: statistics.models.map((one) => [
				oneLine(one.model),
				whole(one.responses),
				whole(one.totalTokens),
				one.isPriced ? dollars(one.costUsd) : "no price known",
			]),
		},
		{
			title: "Tools",
			head: ["tool", "calls", "failed", "refused", "mean time"],
			rows: statistics.tools.map((one) => [
				oneLine(one.name),
				whole(one.calls),
				`${whole(one.failures)} (${percent(one.failureRate)})`,
				whole(one.refusals),
				one.meanMs === undefined ? "" : formatDuration(one.meanMs),
			]),
		},
		{
			title: "Permissions asked",
			head: ["asked for", "asked", "allowed", "refused"],
			rows: statistics.permissions.map((one) => [
				oneLine(one.rule ?? one.about),
				whole(one.asked),
				whole(one.allowed),
				whole(one.refused),
			]),
		},
		{
			title: "Files changed and read",
			head: ["file", "changed", "read"],
			rows: statistics.files.map((one) => [path(one.path), whole(one.edits), whole(one.reads)]),
		},
	];
	return tables.filter(({ rows }) => rows.length > 0);
}

function totalRows({ totals, previousTotals }: Statistics): string[][] {
	const row = (name: string, of: (totals: Totals) => string) => [name, of(totals), of(previousTotals)];
	return [
		row("sessions", ({ sessions }) => whole(sessions)),
		row("turns", ({ turns }) => whole(turns)),
		row("tokens", ({ totalTokens }) => whole(totalTokens)),
		row("cost", ({ costUsd }) => dollars(costUsd)),
		row("read from the cache", ({ cacheEfficiency }) =>
			cacheEfficiency === undefined ? "" : percent(cacheEfficiency),
		),
		row("tool calls", ({ toolCalls }) => whole(toolCalls)),
		row("tool calls that failed", ({ toolFailures }) => whole(toolFailures)),
		row("interrupts", ({ interrupted }) => whole(interrupted)),
		row("corrections", ({ corrections }) => whole(corrections)),
		row("permissions asked", ({ permissions }) => whole(permissions)),
		row("permissions refused", ({ refusals }) => whole(refusals)),
		row("sessions failed", ({ failedSessions }) => whole(failedSessions)),
		row("sessions lost", ({ lostSessions }) => whole(lostSessions)),
		row("secrets masked", ({ masked }) => whole(masked)),
	];
}

function timeRows({ time }: Statistics): string[][] {
	const parts = timeParts(time);
	const total = parts.reduce((sum, [, ms]) => sum + ms, 0);
	return total === 0 ? [] : parts.map(([name, ms]) => [name, formatDuration(ms), percent(ms / total)]);
}

export function whole(count: number): string {
	return Math.round(count).toLocaleString("en-US");
}

export function dollars(usd: number): string {
	return `$${usd.toFixed(2)}`;
}

export function percent(share: number): string {
	return `${Math.round(share * 100)} %`;
}
