/** Sums of a range. */
import type { FigureRange, FigureStore, SummedRow } from "../../store/figures/figures.ts";
import type { TimeAnatomy, Totals } from "./statistics.ts";

export function readTotals(figures: FigureStore, range: FigureRange): Totals {
	const own = only(figures.sum({ ...range, table: "totals", by: [] }));
	const models = only(figures.sum({ ...range, table: "models", by: [] }));
	const tokens = tokensOf(models);
	const { turns, sessions } = own;
	return {
		sessions,
		failedSessions: own.sessions_failed,
		lostSessions: own.sessions_lost,
		sessionMs: own.session_ms,
		turns,
		prompts: own.prompts,
		turnsPerSession: sessions === 0 ? 0 : turns / sessions,
		interrupted: own.interrupted,
		corrections: own.corrections,
		toolCalls: own.tool_calls,
		toolFailures: own.tool_failures,
		permissions: own.permissions,
		refusals: own.refusals,
		masked: own.masked,
		...tokens,
		...cacheEfficiency(tokens),
		costUsd: models.cost_usd,
		unpricedResponses: models.unpriced,
	};
}

export interface Tokens {
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly cacheReadTokens: number;
	readonly cacheWriteTokens: number;
	readonly totalTokens: number;
}

export function tokensOf(row: SummedRow<"models"> | undefined): Tokens {
	const inputTokens = row?.input_tokens ?? 0;
	const outputTokens = row?.output_tokens ?? 0;
	const cacheReadTokens = row?.cache_read_tokens ?? 0;
	const cacheWriteTokens = (row?.cache_write_5m_tokens ?? 0) + (row?.cache_write_1h_tokens ?? 0);
	const totalTokens = inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens;
	return { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, totalTokens };
}

function cacheEfficiency(tokens: Tokens): { readonly cacheEfficiency?: number } {
	const prompt = tokens.inputTokens + tokens.cacheReadTokens + tokens.cacheWriteTokens;
	return prompt === 0 ? {} : { cacheEfficiency: tokens.cacheReadTokens / prompt };
}

export function readTime(figures: FigureStore, range: FigureRange): TimeAnatomy {
	const own = only(figures.sum({ ...range, table: "totals", by: [] }));
	return {
		timedTurns: own.timed_turns,
		thinkingMs: own.thinking_ms,
		streamingMs: own.streaming_ms,
		toolMs: own.tool_ms,
		permissionMs: own.permission_ms,
		userMs: own.user_ms,
		awayMs: own.away_ms,
	};
}

/** A sum over everything is one row, also of nothing. */
function only<Row>([row]: readonly Row[]): Row {
	if (row === undefined) throw new TypeError("a sum has one row");
	return row;
}
