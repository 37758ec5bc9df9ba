/** What the figures say of a range of days. Plain values: the command line, the dashboard and reports print these. */
import type { MeasureMarks } from "../../core/measure-marks.ts";
import type { DayNumber, FigureRange, FigureStore } from "../../store/figures/figures.ts";

/** First and last day, both counted in, as `2026-01-31`. */
export interface DateRange {
	readonly from: string;
	readonly to: string;
}

export interface Totals {
	readonly sessions: number;
	readonly failedSessions: number;
	readonly lostSessions: number;
	/** Milliseconds from start to end, of the sessions that ended. */
	readonly sessionMs: number;
	readonly turns: number;
	readonly prompts: number;
	readonly turnsPerSession: number;
	readonly interrupted: number;
	readonly corrections: number;
	readonly toolCalls: number;
	readonly toolFailures: number;
	readonly permissions: number;
	readonly refusals: number;
	readonly masked: number;
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly cacheReadTokens: number;
	readonly cacheWriteTokens: number;
	readonly totalTokens: number;
	/** Of all tokens that a prompt consists of, the share that came from the cache; absent without any. */
	readonly cacheEfficiency?: number;
	/** US dollars, of models with a known price. */
	readonly costUsd: number;
	/** Responses of models without one. */
	readonly unpricedResponses: number;
}

/** Where the time went, in milliseconds. */
export interface TimeAnatomy {
	/** Turns whose time was seen: only the terminal shows it. */
	readonly timedTurns: number;
	readonly thinkingMs: number;
	readonly streamingMs: number;
	readonly toolMs: number;
	readonly permissionMs: number;
	readonly userMs: number;
	/** Longer than a quarter of an hour without an answer: nobody was there. */
	readonly awayMs: number;
}

export interface DayActivity {
	readonly date: string;
	readonly sessions: number;
	readonly turns: number;
	readonly totalTokens: number;
	readonly costUsd: number;
}

export interface Activity {
	/** Every day of the range, also the empty ones. */
	readonly days: readonly DayActivity[];
	/** Prompts by weekday (0 is Monday) and hour. */
	readonly hours: readonly (readonly number[])[];
	readonly activeDays: number;
	/** Days in a row with a prompt: up to the last day of the range (or the one before), and the longest. */
	readonly streak: { readonly current: number; readonly longest: number };
}

export interface ToolFigures {
	readonly name: string;
	readonly calls: number;
	readonly failures: number;
	readonly refusals: number;
	readonly interruptions: number;
	readonly failureRate: number;
	/** Of the calls whose time was seen; absent when none was. */
	readonly meanMs?: number;
	readonly totalMs: number;
	/** One turn where it was called. */
	readonly example: TurnLink;
}

export interface ModelFigures {
	readonly model: string;
	readonly responses: number;
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly cacheReadTokens: number;
	readonly cacheWriteTokens: number;
	readonly totalTokens: number;
	readonly costUsd: number;
	readonly isPriced: boolean;
}

export interface ProjectFigures {
	readonly cwd: string;
	readonly sessions: number;
	readonly turns: number;
	readonly totalTokens: number;
	readonly costUsd: number;
}

export interface PermissionFigures {
	/** In the words of Claude Code's settings; absent where no rule short of all would do. */
	readonly rule?: string;
	/** What was asked for, where there is no rule. */
	readonly about: string;
	readonly asked: number;
	readonly allowed: number;
	readonly allowedForGood: number;
	readonly refused: number;
	readonly meanDecisionMs?: number;
	/** Asked often and never refused: worth a rule. */
	readonly isCandidate: boolean;
	/** One turn where it was asked. */
	readonly example: TurnLink;
}

export interface FileFigures {
	readonly path: string;
	readonly cwd: string;
	readonly reads: number;
	readonly edits: number;
}

export interface TurnLink {
	readonly sessionId: string;
	readonly turnSeq: number;
}

/** A prompt, and the turn where it was given. */
export interface PromptLink extends TurnLink {
	readonly text: string;
}

export interface RepeatedPromptFigures extends PromptLink {
	readonly prompts: number;
	readonly sessions: number;
}

export interface CorrectedPromptFigures extends PromptLink {
	readonly corrections: number;
}

export interface Statistics {
	readonly range: DateRange;
	/** The range of the same length before it. */
	readonly previousRange: DateRange;
	readonly totals: Totals;
	readonly previousTotals: Totals;
	readonly time: TimeAnatomy;
	readonly previousTime: TimeAnatomy;
	readonly activity: Activity;
	readonly tools: readonly ToolFigures[];
	readonly models: readonly ModelFigures[];
	readonly projects: readonly ProjectFigures[];
	readonly permissions: readonly PermissionFigures[];
	readonly files: readonly FileFigures[];
	readonly repeatedPrompts: readonly RepeatedPromptFigures[];
	readonly correctedPrompts: readonly CorrectedPromptFigures[];
	readonly masked: readonly { readonly rule: string; readonly count: number }[];
}

/** What every section is made from. */
export interface StatisticsSource {
	readonly figures: FigureStore;
	readonly marks: MeasureMarks;
	/** What stands in a model's place where no model answered. */
	readonly noModels: ReadonlySet<string>;
	/** How many rows of a list, at most. */
	readonly limit: number;
}

export interface StatisticsRange extends FigureRange {
	readonly from: DayNumber;
	readonly to: DayNumber;
}
