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
	return responses.map(({ key, ...response }) => ({
		fingerprint: digest("response", key),
		response: masker.mask(response).value satisfies Masked<Omit<ModelResponse, "key">>,
	}));
}
