/** What would be sent, and what it would cost at most, before anything is. */
import type { Masked } from "../../core/masked.ts";
import type { MeasuredSession } from "../../store/figures/figures.ts";
import type { InsightStore } from "../../store/insight-rows.ts";
import type { Statistics } from "../statistics/statistics.ts";
import { briefSession } from "./brief-session.ts";
import { estimateInputTokens, mostCostOf, type Pricing } from "./budget.ts";
import { findingsRequest, type ModelRequest, type NamedReading, sessionRequest } from "./requests.ts";
import { READING_VERSION, sessionReadingSchema } from "./session-reading.ts";

/** An answer of a session, as long as it may be, in the request for findings. */
const READING_TOKENS = 400;

export interface ReadingPlan {
	readonly requests: readonly { readonly sessionId: string; readonly request: ModelRequest }[];
	/** Sessions that were read before and have not changed. */
	readonly kept: number;
	/** With the readings there are; those of the sessions above come to it. */
	readonly findings: ModelRequest;
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly mostUsd: number;
}

export interface PlanTools {
	readonly insights: InsightStore;
	readonly pricing: Pricing;
	readonly mask: <T>(value: T) => Masked<T>;
}

export function planReading(
	sessions: readonly MeasuredSession[],
	statistics: Statistics,
	{ insights, pricing, mask }: PlanTools,
): ReadingPlan {
	const looked = sessions.map((measured) => {
		const sessionId = measured.session.id;
		const reading = insights.findReading({ sessionId, version: READING_VERSION, model: pricing.model });
		return { measured, sessionId, reading };
	});
	const requests = looked.flatMap(({ measured, sessionId, reading }) =>
		reading === undefined ? [{ sessionId, request: mask(sessionRequest(briefSession(measured))) }] : [],
	);
	const known = looked.flatMap(({ measured: { session, turns }, reading }, index): NamedReading[] =>
		reading === undefined
			? []
			: [
					{
						name: `S${index + 1}`,
						project: session.cwd,
						turns: turns.length,
						reading: sessionReadingSchema.parse(JSON.parse(reading)),
					},
				],
	);
	const findings = mask(findingsRequest(known, statistics));
	const all = [...requests.map(({ request }) => request), findings];
	return {
		requests,
		kept: sessions.length - requests.length,
		findings,
		inputTokens: sum(all.map(estimateInputTokens)) + requests.length * READING_TOKENS,
		outputTokens: sum(all.map(({ maxTokens }) => maxTokens)),
		mostUsd: sum(all.map((request) => mostCostOf(request, pricing) ?? 0)),
	};
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
