/** Statistics as the rows of the page's tables. Pure but for where a prompt stands, which the store tells. */
import type { DayModel, DayTime, DayUse } from "../../../insights/statistics/by-day.ts";
import type {
	CorrectedPromptFigures,
	DayActivity,
	PermissionFigures,
	ToolFigures,
} from "../../../insights/statistics/statistics.ts";
import type { Store } from "../../../store/store.ts";
import type { AnalyticsRow } from "../../../web/api/analytics.ts";
import type { PatternRow } from "../../text/pattern-rows.ts";

const PROMPT_CHARS = 300;

export function dayRows(
	days: readonly DayActivity[],
	more: {
		readonly times: readonly DayTime[];
		readonly models: readonly DayModel[];
		readonly only: readonly string[] | undefined;
	},
): AnalyticsRow<"days">[] {
	const times = new Map(more.times.map((time) => [time.date, time]));
	const used = sumByDate(more.models, more.only);
	return days.map(({ date, sessions, turns, totalTokens, costUsd }) => {
		const time = times.get(date);
		const own = more.only === undefined ? { totalTokens, costUsd } : used.get(date);
		const activeMs =
			time === undefined ? 0 : time.thinkingMs + time.streamingMs + time.toolMs + time.permissionMs;
		return {
			day: date,
			sessions,
			turns,
			tokens: own?.totalTokens ?? 0,
			costUsd: own?.costUsd ?? 0,
			activeMs,
		};
	});
}

function sumByDate(models: readonly DayModel[], only: readonly string[] | undefined) {
	const sums = new Map<string, { totalTokens: number; costUsd: number }>();
	for (const { date, model, totalTokens, costUsd } of models) {
		if (only !== undefined && !only.includes(model)) continue;
		const sum = sums.get(date) ?? { totalTokens: 0, costUsd: 0 };
		sums.set(date, { totalTokens: sum.totalTokens + totalTokens, costUsd: sum.costUsd + costUsd });
	}
	return sums;
}

export function hourRows(hours: readonly (readonly number[])[]): AnalyticsRow<"hours">[] {
	return hours.flatMap((day, weekday) => day.map((turns, hour) => ({ weekday, hour, turns })));
}

export function useRows(used: readonly DayUse[]): AnalyticsRow<"totals">[] {
	return used.map(({ date, key, sessions, turns, costUsd, ...tokens }) => ({
		day: date,
		key,
		sessions,
		turns,
		...tokensOf(tokens),
		costUsd,
	}));
}

/** What all have beyond those that are shown, day by day, under `*`. */
export function restOf(all: readonly DayUse[], shown: readonly DayUse[]): DayUse[] {
	const byDate = new Map<string, DayUse[]>();
	for (const row of shown) byDate.set(row.date, [...(byDate.get(row.date) ?? []), row]);
	return all.flatMap((day) => {
		const own = byDate.get(day.date) ?? [];
		const rest = (name: Exclude<keyof DayUse, "date" | "key">) =>
			Math.max(0, day[name] - own.reduce((sum, row) => sum + row[name], 0));
		const row = {
			date: day.date,
			key: "*",
			sessions: rest("sessions"),
			turns: rest("turns"),
			inputTokens: rest("inputTokens"),
			outputTokens: rest("outputTokens"),
			cacheReadTokens: rest("cacheReadTokens"),
			cacheWriteTokens: rest("cacheWriteTokens"),
			totalTokens: rest("totalTokens"),
			costUsd: rest("costUsd"),
		};
		return row.turns === 0 && row.totalTokens === 0 ? [] : [row];
	});
}

/** Sessions and turns are not known by model: a row of a model counts tokens and cost alone. */
export function modelRows(
	models: readonly DayModel[],
	{ only, isByModel }: { readonly only: readonly string[] | undefined; readonly isByModel: boolean },
): AnalyticsRow<"totals">[] {
	const rows = new Map<string, AnalyticsRow<"totals">>();
	for (const { date, model, costUsd, ...used } of models) {
		if (only !== undefined && !only.includes(model)) continue;
		const key = isByModel ? model : "";
		const sum = rows.get(`${date} ${key}`);
		const tokens = tokensOf(used);
		rows.set(`${date} ${key}`, {
			day: date,
			key,
			sessions: 0,
			turns: 0,
			inputTokens: (sum?.inputTokens ?? 0) + tokens.inputTokens,
			outputTokens: (sum?.outputTokens ?? 0) + tokens.outputTokens,
			cacheReadTokens: (sum?.cacheReadTokens ?? 0) + tokens.cacheReadTokens,
			cacheWriteTokens: (sum?.cacheWriteTokens ?? 0) + tokens.cacheWriteTokens,
			costUsd: (sum?.costUsd ?? 0) + costUsd,
		});
	}
	return [...rows.values()];
}

type TokenKinds = Pick<DayModel, "inputTokens" | "outputTokens" | "cacheReadTokens" | "cacheWriteTokens">;

function tokensOf({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }: TokenKinds): TokenKinds {
	return { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens };
}

export function toolRows(
	tools: readonly ToolFigures[],
	before: readonly ToolFigures[],
): AnalyticsRow<"tools">[] {
	const previous = new Map(before.map((tool) => [tool.name, tool]));
	return tools.map(({ name, calls, failures, refusals, interruptions, totalMs, meanMs }) => ({
		name,
		uses: calls,
		errors: failures,
		rejected: refusals,
		interrupted: interruptions,
		totalMs,
		...(meanMs === undefined ? {} : { meanMs }),
		previousUses: previous.get(name)?.calls ?? 0,
		previousErrors: previous.get(name)?.failures ?? 0,
	}));
}

export function timeRows(times: readonly DayTime[]): AnalyticsRow<"time">[] {
	return times.map(({ date, thinkingMs, streamingMs, toolMs, permissionMs, userMs }) => ({
		day: date,
		thinkingMs,
		streamingMs,
		toolMs,
		waitingForPermissionMs: permissionMs,
		waitingForUserMs: userMs,
	}));
}

export function correctionRows(
	prompts: readonly CorrectedPromptFigures[],
	store: Pick<Store, "browse">,
): AnalyticsRow<"corrections">[] {
	const places = prompts.map(({ sessionId, turnSeq }) => ({ sessionId, seq: turnSeq }));
	const nameOf = (sessionId: string, seq: number) => `${sessionId} ${seq}`;
	const starts = new Map(
		store.browse.readStarts(places).map((start) => [nameOf(start.sessionId, start.seq), start]),
	);
	return prompts.flatMap(({ text, sessionId, turnSeq, corrections }) => {
		const start = starts.get(nameOf(sessionId, turnSeq));
		if (start === undefined) return [];
		return {
			sessionId,
			turn: turnSeq,
			at: new Date(start.startedAt).toISOString(),
			prompt: text.slice(0, PROMPT_CHARS),
			corrections,
			cwd: start.cwd,
		};
	});
}

export function permissionRows(
	permissions: readonly PermissionFigures[],
	before: readonly PermissionFigures[],
): AnalyticsRow<"permissions">[] {
	const nameOf = ({ rule, about }: PermissionFigures) => `${rule ?? ""} ${about}`;
	const previous = new Map(before.map((one) => [nameOf(one), one]));
	return permissions.map((one) => ({
		tool: one.about,
		subject: one.rule ?? "",
		asked: one.asked,
		allowed: one.allowed,
		refused: one.refused,
		...(one.meanDecisionMs === undefined ? {} : { meanMs: one.meanDecisionMs }),
		waitedMs: (one.meanDecisionMs ?? 0) * one.asked,
		...(one.isCandidate && one.rule !== undefined ? { rule: one.rule } : {}),
		previousAsked: previous.get(nameOf(one))?.asked ?? 0,
	}));
}

export function cacheRows(
	models: readonly DayModel[],
	only: readonly string[] | undefined,
): AnalyticsRow<"cache">[] {
	return models
		.filter(({ model }) => only === undefined || only.includes(model))
		.map(({ date, model, inputTokens, cacheReadTokens, cacheWriteTokens }) => {
			const all = inputTokens + cacheReadTokens + cacheWriteTokens;
			const hitShare = all === 0 ? 0 : cacheReadTokens / all;
			return { day: date, model, inputTokens, cacheReadTokens, cacheWriteTokens, hitShare };
		});
}

export function maskedRows(
	masked: readonly { readonly rule: string; readonly count: number }[],
	before: readonly { readonly rule: string; readonly count: number }[],
	{
		patterns,
		sessions,
	}: { readonly patterns: readonly PatternRow[]; readonly sessions: ReadonlyMap<string, number> },
): AnalyticsRow<"masked">[] {
	const descriptions = new Map(patterns.map(({ id, description }) => [id, description]));
	const previous = new Map(before.map(({ rule, count }) => [rule, count]));
	return masked.map(({ rule, count }) => ({
		rule,
		description: descriptions.get(rule) ?? "",
		masked: count,
		sessions: sessions.get(rule) ?? 0,
		previousMasked: previous.get(rule) ?? 0,
	}));
}
