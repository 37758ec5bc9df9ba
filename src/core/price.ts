/** What models cost, as data: `patterns/prices.yml`, checked and put in order. */

/** US dollars for a million tokens. */
export interface Rates {
	readonly input: number;
	readonly output: number;
	readonly cacheRead: number;
	readonly cacheWrite5m: number;
	readonly cacheWrite1h: number;
}

/** The prices of one model, or of a family of them, from a day on. */
export interface ModelPrice {
	/** Matches the whole of a model's name. */
	readonly model: RegExp;
	/** Milliseconds since the Unix epoch. */
	readonly from: number;
	/** Exclusive. Absent: still so. */
	readonly until?: number;
	readonly rates: Rates;
	/** Requests whose prompt, cached parts included, is longer pay this for all of their tokens. */
	readonly long?: { readonly abovePromptTokens: number; readonly rates: Rates };
}

export type PriceList = readonly ModelPrice[];

const MILLION = 1_000_000;

/** Tokens of one request, by what is paid for them. */
export interface PricedTokens {
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly cacheReadTokens: number;
	readonly cacheWrite5mTokens: number;
	readonly cacheWrite1hTokens: number;
}

/** US dollars by the prices of the day; undefined where the model's price is not known. */
export function costOf(
	tokens: PricedTokens,
	{ model, at, prices }: { readonly model: string; readonly at: number; readonly prices: PriceList },
): number | undefined {
	const price = prices.find(
		(each) => each.from <= at && at < (each.until ?? Infinity) && each.model.test(model),
	);
	if (price === undefined) return undefined;
	const prompt =
		tokens.inputTokens + tokens.cacheReadTokens + tokens.cacheWrite5mTokens + tokens.cacheWrite1hTokens;
	const isLong = price.long !== undefined && prompt > price.long.abovePromptTokens;
	const rates = isLong ? (price.long?.rates ?? price.rates) : price.rates;
	const sum =
		tokens.inputTokens * rates.input +
		tokens.outputTokens * rates.output +
		tokens.cacheReadTokens * rates.cacheRead +
		tokens.cacheWrite5mTokens * rates.cacheWrite5m +
		tokens.cacheWrite1hTokens * rates.cacheWrite1h;
	return sum / MILLION;
}
