/** Responses on their way into the store: ids become digests, a model's name is masked like everything else. */
import type { Masked } from "../core/masked.ts";
import type { ModelResponse } from "../core/model-response.ts";
import type { Masker } from "../masking/masker.ts";
import type { StoredResponse } from "../store/transcript-rows.ts";

export interface ResponseTools {
	readonly masker: Masker;
	readonly digest: (purpose: string, text: string) => string;
}

export function toStored(
	{ masker, digest }: ResponseTools,
	responses: readonly ModelResponse[],
): StoredResponse[] {
	const models = new Map<string, Masked<string>>();
	for (const { model } of responses) if (!models.has(model)) models.set(model, masker.maskText(model).text);
	return responses.map(({ key, model, ...response }) => ({
		fingerprint: digest("response", key),
		model: models.get(model) ?? masker.maskText(model).text,
		response,
	}));
}
