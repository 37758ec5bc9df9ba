/** What responses cost, and their sum. Pure. */
import type { ModelResponse } from "../../core/model-response.ts";
import { costOf, type PriceList } from "../../core/price.ts";
import type { Usage } from "../../core/turn.ts";

/** The response with its cost by the prices of its day; without one where the model's price is not known. */
export function priced(response: ModelResponse, prices: PriceList): ModelResponse {
	const costUsd = costOf(response, { model: response.model, at: response.at, prices });
	return costUsd === undefined ? response : { ...response, costUsd };
}

export interface UsageOptions {
	/** Models that no API answered with: they are no model, and have no price that could be missing. */
	readonly noModels: ReadonlySet<string>;
}

/** Undefined when there was no response. */
export function usageOf(responses: readonly ModelResponse[], { noModels }: UsageOptions): Usage | undefined {
	if (responses.length === 0) return undefined;
	const real = responses.filter(({ model }) => !noModels.has(model));
	const unpriced = real.filter(({ costUsd }) => costUsd === undefined);
	const cacheWrite1hTokens = sum(responses, (each) => each.cacheWrite1hTokens);
	const subagentTokens = sum(
		responses.filter(({ isSubagent }) => isSubagent),
		tokensOf,
	);
	return {
		inputTokens: sum(responses, (each) => each.inputTokens),
		outputTokens: sum(responses, (each) => each.outputTokens),
		cacheReadTokens: sum(responses, (each) => each.cacheReadTokens),
		cacheWriteTokens: sum(responses, (each) => each.cacheWrite5mTokens) + cacheWrite1hTokens,
		...(cacheWrite1hTokens === 0 ? {} : { cacheWrite1hTokens }),
		...(subagentTokens === 0 ? {} : { subagentTokens }),
		...(unpriced.length === real.length ? {} : { costUsd: sum(real, (each) => each.costUsd ?? 0) }),
		models: unique(real),
		...(unpriced.length === 0 ? {} : { unpricedModels: unique(unpriced) }),
	};
}

function tokensOf(response: ModelResponse): number {
	return (
		response.inputTokens +
		response.outputTokens +
		response.cacheReadTokens +
		response.cacheWrite5mTokens +
		response.cacheWrite1hTokens
	);
}

function sum(responses: readonly ModelResponse[], part: (response: ModelResponse) => number): number {
	return responses.reduce((total, each) => total + part(each), 0);
}

function unique(responses: readonly ModelResponse[]): string[] {
	return [...new Set(responses.map(({ model }) => model))];
}
