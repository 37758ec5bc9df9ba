/** Sends requests to the Messages API through the official SDK. Nothing of the surroundings' settings counts: only what is handed in. */
import Anthropic from "@anthropic-ai/sdk";
import { jsonSchemaOutputFormat } from "@anthropic-ai/sdk/helpers/json-schema";
import { CtraceError } from "../../core/errors.ts";
import type { Exchange, ModelAnswer, SendToModel } from "./ask.ts";

export interface ApiAccess {
	readonly apiKey: string;
	readonly baseUrl: string;
	readonly model: string;
	readonly timeoutMs: number;
	/** After the first try; the SDK honours `Retry-After`, and doubles its waits otherwise. */
	readonly retries: number;
	readonly fetch?: typeof fetch;
}

export function createModel(access: ApiAccess): SendToModel {
	const client = new Anthropic({
		apiKey: access.apiKey,
		authToken: null,
		baseURL: access.baseUrl,
		timeout: access.timeoutMs,
		maxRetries: access.retries,
		logLevel: "off",
		...(access.fetch === undefined ? {} : { fetch: access.fetch }),
	});
	return async (exchange, signal) => {
		try {
			const message = await client.messages
				.stream(toParams(exchange, access.model), { signal })
				.finalMessage();
			return toAnswer(message);
		} catch (error) {
			throw toFailure(error, access);
		}
	};
}

function toParams({ system, user, maxTokens, schema, correction }: Exchange, model: string) {
	const messages: Anthropic.MessageParam[] = [{ role: "user", content: user }];
	if (correction !== undefined)
		messages.push(
			{ role: "assistant", content: correction.answer === "" ? "(no answer)" : correction.answer },
			{
				role: "user",
				content: `That cannot be used: ${correction.fault}. Answer again, with the JSON alone.`,
			},
		);
	return {
		model,
		max_tokens: maxTokens,
		system,
		messages,
		output_config: { format: toFormat(schema) },
	};
}

/** The SDK leaves out of the schema what the API cannot promise; the answer is checked here in any case. */
function toFormat(schema: Exchange["schema"]): Anthropic.JSONOutputFormat {
	const { type, schema: promised } = jsonSchemaOutputFormat({ ...schema, type: "object" });
	return { type, schema: promised };
}

function toAnswer({ content, stop_reason, usage }: Anthropic.Message): ModelAnswer {
	return {
		text: content.map((block) => (block.type === "text" ? block.text : "")).join(""),
		stopReason: stop_reason,
		use: {
			inputTokens: usage.input_tokens,
			outputTokens: usage.output_tokens,
			cacheReadTokens: usage.cache_read_input_tokens ?? 0,
			cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
		},
	};
}

/** Messages of the API can quote a request: only its kind of error is passed on. */
function toFailure(error: unknown, { baseUrl, model }: ApiAccess): unknown {
	if (error instanceof Anthropic.APIUserAbortError) return error;
	if (error instanceof Anthropic.APIConnectionError)
		return new CtraceError("offline", `the API at ${baseUrl} does not answer`, {
			hint: "Try again when you are online; what was read is kept.",
			retryable: true,
		});
	if (!(error instanceof Anthropic.APIError)) return error;
	const { status } = error;
	if (status === 401 || status === 403)
		return new CtraceError("signed-out", "the API refuses the key", {
			hint: "Set ANTHROPIC_API_KEY in the .env of ctrace's configuration directory.",
		});
	if (status === 404)
		return new CtraceError("remote", `the API knows no model ${JSON.stringify(model)}`, {
			hint: "Name one: --model NAME.",
		});
	const isBusy = status === 429 || status === 529 || (status !== undefined && status >= 500);
	return new CtraceError("remote", `the API answers with status ${status ?? "unknown"}`, {
		hint: isBusy ? "It is busy; try again later: what was read is kept." : "Try another model: --model NAME.",
		retryable: isBusy,
	});
}
