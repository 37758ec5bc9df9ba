/** `ctrace usage` for people: the table that users of usage counters know. Pure. */
import { shortenHome } from "../../core/home.ts";
import type { UsageGroup, UsageRow } from "../../store/usage-rows.ts";
import { oneLine, padEnd, padStart, truncateStart } from "../text/fit.ts";
import { createPaint } from "../text/paint.ts";
import { displayWidth } from "../text/width.ts";
import { shortId, type View } from "./view.ts";

const TITLES: Readonly<Record<UsageGroup, string>> = {
	day: "DATE",
	week: "WEEK OF",
	month: "MONTH",
	project: "PROJECT",
	model: "MODEL",
	session: "SESSION",
};
const LONGEST_KEY = 40;
const GAP = "  ";
/** Below this the numbers alone have room. */
const MODELS_FROM = 110;

export interface UsageTotals extends Omit<UsageRow, "key" | "models" | "lastAt"> {
	readonly totalTokens: number;
}

export function totalOf(rows: readonly UsageRow[]): UsageTotals {
	const sum = (part: (row: UsageRow) => number) => rows.reduce((total, row) => total + part(row), 0);
	return {
		inputTokens: sum((row) => row.inputTokens),
		outputTokens: sum((row) => row.outputTokens),
		cacheWriteTokens: sum((row) => row.cacheWriteTokens),
		cacheWrite1hTokens: sum((row) => row.cacheWrite1hTokens),
		cacheReadTokens: sum((row) => row.cacheReadTokens),
		totalTokens: sum(tokensOf),
		costUsd: sum((row) => row.costUsd),
		unpricedModels: [...new Set(rows.flatMap((row) => row.unpricedModels))],
		responses: sum((row) => row.responses),
	};
}

export function tokensOf(
	row: Pick<UsageRow, "inputTokens" | "outputTokens" | "cacheWriteTokens" | "cacheReadTokens">,
): number {
	return row.inputTokens + row.outputTokens + row.cacheWriteTokens + row.cacheReadTokens;
}

export function renderUsage(rows: readonly UsageRow[], by: UsageGroup, view: View): string {
	const paint = createPaint(view.colour);
	const showsModels = by !== "model" && view.width >= MODELS_FROM;
	const total = totalOf(rows);
	const head = [TITLES[by], "INPUT", "OUTPUT", "CACHE WRITE", "CACHE READ", "TOTAL", "COST (USD)"];
	const cells = [
		head,
		...rows.map((row) => [keyCell(row.key, by, view), ...numbers({ ...row, totalTokens: tokensOf(row) })]),
		["Total", ...numbers(total)],
	];
	const widths = head.map((_, column) => Math.max(...cells.map((row) => displayWidth(row[column] ?? ""))));
	const lines = cells.map((row, index) => {
		const padded = row.map((cell, at) =>
			at === 0 ? padEnd(cell, widths[at] ?? 0) : padStart(cell, widths[at] ?? 0),
		);
		if (showsModels) padded.push(index === 0 ? "MODELS" : modelCell(rows[index - 1]));
		const line = padded.join(GAP).trimEnd();
		return index === 0 || index === cells.length - 1 ? paint("bold", line) : line;
	});
	return `${lines.join("\n")}\n${unpricedText(total.unpricedModels)}`;
}

function keyCell(key: string, by: UsageGroup, view: View): string {
	if (by === "session") return shortId(key);
	if (by === "project") return truncateStart(oneLine(shortenHome(key, view.home)), LONGEST_KEY);
	return oneLine(key);
}

function numbers(row: Omit<UsageTotals, "responses">): string[] {
	const counts = [row.inputTokens, row.outputTokens, row.cacheWriteTokens, row.cacheReadTokens];
	const isMore = row.unpricedModels.length > 0;
	return [...[...counts, row.totalTokens].map(grouped), `${isMore ? "≥ " : ""}$${row.costUsd.toFixed(2)}`];
}

function grouped(count: number): string {
	return count.toLocaleString("en-US");
}

function modelCell(row: UsageRow | undefined): string {
	return row === undefined ? "" : row.models.map((model) => model.replace(/^claude-/u, "")).join(", ");
}

function unpricedText(models: readonly string[]): string {
	if (models.length === 0) return "";
	return `No price is known for ${models.map(oneLine).join(", ")}: counted, and not in the cost.\n`;
}
