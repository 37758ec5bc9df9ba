/**
 * Which entries tell what a response used. A response stands on several lines, one a block, each with the usage of the
 * whole: it counts once, by message id and request id, and by its first line.
 */
import type { ModelResponse } from "../../core/model-response.ts";
import { blocksOf, type Entry, timeOf } from "./entry.ts";

/** A name for the same model answering faster, at another price. */
const FAST = "fast";

export function responseOf(entry: Entry): ModelResponse | undefined {
	const { message } = entry;
	const usage = message?.usage;
	if (message === undefined || usage === undefined) return undefined;
	const at = timeOf(entry);
	if (at === undefined) return undefined;
	const written = usage.cache_creation_input_tokens ?? 0;
	const hour = Math.min(written, usage.cache_creation?.ephemeral_1h_input_tokens ?? 0);
	const model = message.model ?? "unknown";
	return {
		key: keyOf(entry),
		at,
		model: usage.speed === FAST ? `${model}-${FAST}` : model,
		inputTokens: usage.input_tokens,
		outputTokens: usage.output_tokens,
		cacheReadTokens: usage.cache_read_input_tokens ?? 0,
		cacheWrite5mTokens: written - hour,
		cacheWrite1hTokens: hour,
		isSubagent: entry.isSidechain === true || entry.agentId !== undefined,
	};
}

/** Where a provider names no request, the message's own id has to do; a line without either stands for itself. */
function keyOf({ message, requestId, uuid, timestamp }: Entry): string {
	if (message?.id !== undefined) return `${message.id}:${requestId ?? ""}`;
	return `line:${uuid ?? `${timestamp} ${blocksOf(message?.content)[0]?.text ?? ""}`}`;
}
