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
