/** One response of a model, counted once. Tokens as the API reported them. */
export interface ModelResponse {
	/** The same for the same response, whatever file it is copied to. */
	readonly key: string;
	/** Milliseconds since the Unix epoch. */
	readonly at: number;
	readonly model: string;
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly cacheReadTokens: number;
	readonly cacheWrite5mTokens: number;
	readonly cacheWrite1hTokens: number;
	readonly isSubagent: boolean;
	/** US dollars by the list prices of its day; absent when the model's price is not known. */
	readonly costUsd?: number;
}
