/** Money: what a request may cost at most is set aside before it is sent, so that the limit is never passed. */
import { costOf, type PriceList } from "../../core/price.ts";
import type { ModelRequest } from "./requests.ts";

/** English text has about four characters a token, JSON and code about three: this errs on the dear side. */
const CHARS_A_TOKEN = 2.5;
/** Words of the API's own around a request, and the answer's shape. */
const OVERHEAD_TOKENS = 800;

export interface TokenUse {
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly cacheReadTokens: number;
	readonly cacheWriteTokens: number;
}

export interface Pricing {
	readonly model: string;
	/** Milliseconds since the Unix epoch: whose prices count. */
	readonly at: number;
	readonly prices: PriceList;
}

export function estimateInputTokens({ system, user }: ModelRequest): number {
	return Math.ceil((system.length + user.length) / CHARS_A_TOKEN) + OVERHEAD_TOKENS;
}

/** US dollars, if the answer is as long as it may be; undefined where the model has no known price. */
export function mostCostOf(request: ModelRequest, pricing: Pricing): number | undefined {
	return costOf(tokens(estimateInputTokens(request), request.maxTokens), pricing);
}

export function usedCostOf(use: TokenUse, pricing: Pricing): number {
	const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = use;
	return (
		costOf(
			{
				...tokens(inputTokens, outputTokens),
				cacheReadTokens,
				cacheWrite5mTokens: cacheWriteTokens,
			},
			pricing,
		) ?? 0
	);
}

function tokens(inputTokens: number, outputTokens: number) {
	return { inputTokens, outputTokens, cacheReadTokens: 0, cacheWrite5mTokens: 0, cacheWrite1hTokens: 0 };
}

export class Budget {
	readonly #mostUsd: number;
	#spentUsd = 0;
	readonly #reserved = new Map<object, number>();
	#waiting: (() => void)[] = [];

	constructor(mostUsd: number) {
		this.#mostUsd = mostUsd;
	}

	get spentUsd(): number {
		return this.#spentUsd;
	}

	/**
	 * Sets an amount aside for whoever asks, in addition to what was set aside before; false when it is more than is left below
	 * `limitUsd`. What others have set aside may come back: their end is awaited before it is refused.
	 */
	async reserve(owner: object, usd: number, limitUsd: number): Promise<boolean> {
		while (this.#spentUsd + this.#reservedUsd() + usd > Math.min(limitUsd, this.#mostUsd)) {
			const isAlone = [...this.#reserved.keys()].every((other) => other === owner);
			if (isAlone) return false;
			await new Promise<void>((resolve) => this.#waiting.push(resolve));
		}
		this.#reserved.set(owner, (this.#reserved.get(owner) ?? 0) + usd);
		return true;
	}

	/** What was set aside is over; this much was really spent. */
	settle(owner: object, usedUsd: number): void {
		this.#reserved.delete(owner);
		this.#spentUsd += usedUsd;
		const waiting = this.#waiting;
		this.#waiting = [];
		for (const wake of waiting) wake();
	}

	#reservedUsd(): number {
		return [...this.#reserved.values()].reduce((sum, usd) => sum + usd, 0);
	}
}
