/**
 * Figures over a range of time, beside those of the range before. One answer is one table (`rows`), so that every chart is
 * a table too; `?format=csv` gives the same rows as CSV. Days and hours are those of the clock of the machine that serves.
 */
import * as z from "zod";
import { count, milliseconds, moment, sessionId, time, words } from "./basics.ts";

export const range = z.object({ since: time, until: time }).meta({ id: "Range" });

/** `until` is exclusive. The range before is as long as this one and ends where it begins. */
export const analyticsFields = {
	since: moment,
	until: moment,
	project: words.optional().meta({ description: "In this directory or below it" }),
	model: words.optional().meta({ description: "Narrows tokens and cost; nothing else is known by model" }),
	format: z.enum(["json", "csv"]).default("json"),
} as const;
export const analyticsQuery = z.strictObject(analyticsFields);
export type AnalyticsQuery = z.output<typeof analyticsQuery>;
export const totalsQuery = z.strictObject({
	...analyticsFields,
	by: z.enum(["none", "project", "model"]).default("none"),
});
export type TotalsQuery = z.output<typeof totalsQuery>;

export const UNITS = ["count", "tokens", "usd", "ms", "share", "days"] as const;

/** One number of the range, with what it was in the range before. */
export const figure = z
	.object({
		name: z.string().meta({ description: "Stable, e.g. `sessions`, `costUsd`, `failureShare`" }),
		unit: z.enum(UNITS),
		value: z.number(),
		previous: z.number().exactOptional().meta({ description: "Absent: it cannot be said" }),
	})
	.meta({ id: "Figure" });
export type Figure = z.output<typeof figure>;

const day = z.iso.date();
const place = { sessionId, turn: count, at: time } as const;

export const analyticsRows = {
	/** One row a day, days without anything included. */
	days: z.object({
		day,
		sessions: count,
		turns: count,
		tokens: count,
		costUsd: z.number(),
		activeMs: milliseconds.meta({ description: "Thinking, streaming, tools and permissions, added up" }),
	}),
	/** The heat map: 7 × 24 rows. */
	hours: z.object({
		weekday: z.int().min(0).max(6).meta({ description: "0: Monday" }),
		hour: z.int().min(0).max(23),
		turns: count.meta({ description: "Prompts given in that hour" }),
	}),
	/** Over time by project or model: one row a day and key, only where there is something. */
	totals: z.object({
		day,
		key: z
			.string()
			.meta({ description: "Project (the busiest; `*`: all others), model, or empty with `by=none`" }),
		sessions: count,
		turns: count,
		inputTokens: count,
		outputTokens: count,
		cacheReadTokens: count,
		cacheWriteTokens: count,
		costUsd: z.number(),
	}),
	tools: z.object({
		name: z.string(),
		uses: count,
		errors: count,
		rejected: count,
		interrupted: count,
		totalMs: milliseconds,
		meanMs: milliseconds.exactOptional().meta({ description: "Of the calls whose time is known" }),
		previousUses: count,
		previousErrors: count,
	}),
	/** Where the time went: one row a day. */
	time: z.object({
		day,
		thinkingMs: milliseconds,
		streamingMs: milliseconds,
		toolMs: milliseconds,
		waitingForPermissionMs: milliseconds,
		waitingForUserMs: milliseconds,
	}),
	/** Prompts after which the person corrected most, the worst first. */
	corrections: z.object({
		...place,
		prompt: z.string().meta({ description: "Its beginning" }),
		corrections: count,
		cwd: z.string(),
	}),
	/** What was asked again and again. */
	permissions: z.object({
		tool: z.string(),
		subject: z
			.string()
			.meta({ description: "The command or file pattern that was asked about; may be empty" }),
		asked: count,
		allowed: count,
		refused: count,
		meanMs: milliseconds.exactOptional(),
		waitedMs: milliseconds.meta({ description: "As far as it was seen" }),
		rule: z.string().exactOptional().meta({ description: "An allow rule, ready to paste" }),
		previousAsked: count,
	}),
	/** One row a day and model. */
	cache: z.object({
		day,
		model: z.string(),
		inputTokens: count,
		cacheReadTokens: count,
		cacheWriteTokens: count,
		hitShare: z.number().meta({ description: "Of all input tokens, those read from the cache, 0 to 1" }),
	}),
	masked: z.object({
		rule: z.string(),
		description: z.string(),
		masked: count,
		sessions: count.meta({ description: "In how many of them" }),
		previousMasked: count,
	}),
} as const;
export type AnalyticsName = keyof typeof analyticsRows;
export type AnalyticsRow<Name extends AnalyticsName> = z.output<(typeof analyticsRows)[Name]>;
export const ANALYTICS_NAMES = Object.keys(analyticsRows) as AnalyticsName[];

/** What every answer has besides its rows. */
const answerFields = {
	range,
	previous: range.meta({ description: "The range that `previous…` values are of" }),
	pending: count.meta({
		description: "Sessions that are not counted yet: they are being counted. Ask again",
	}),
	figures: z.array(figure).readonly().meta({ description: "The headline numbers of this table" }),
} as const;

const answerOf = <Row extends z.ZodObject>(row: Row, id: string) =>
	z.object({ ...answerFields, rows: z.array(row).readonly() }).meta({ id });

export const analyticsAnswers = {
	days: answerOf(analyticsRows.days, "AnalyticsDays"),
	hours: answerOf(analyticsRows.hours, "AnalyticsHours"),
	totals: answerOf(analyticsRows.totals, "AnalyticsTotals"),
	tools: answerOf(analyticsRows.tools, "AnalyticsTools"),
	time: answerOf(analyticsRows.time, "AnalyticsTime"),
	corrections: answerOf(analyticsRows.corrections, "AnalyticsCorrections"),
	permissions: answerOf(analyticsRows.permissions, "AnalyticsPermissions"),
	cache: answerOf(analyticsRows.cache, "AnalyticsCache"),
	masked: answerOf(analyticsRows.masked, "AnalyticsMasked"),
} as const;
export type AnalyticsAnswer<Name extends AnalyticsName> = z.output<(typeof analyticsAnswers)[Name]>;
