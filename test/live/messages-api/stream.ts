/** A reply as the server-sent events of the Messages API, one piece after the other at the reply's pace. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Block, Reply } from "../scenario.ts";

/** A chunk and its pause: about 1 kB/s, the pace of a fast model, so that each word stands in some frame on a busy machine too. */
const DEFAULT_CHUNK = 16;
const DEFAULT_DELAY_MS = 16;

export interface StreamEvent {
	readonly type: string;
	readonly delta?: Readonly<Record<string, string | null>>;
	readonly [field: string]: unknown;
}

/** Characters of the reply that an event carries. */
export function charactersIn({ type, delta }: StreamEvent): number {
	if (type !== "content_block_delta" || delta === undefined) return 0;
	return (delta.text ?? delta.thinking ?? delta.partial_json ?? "").length;
}

export interface MessageFacts {
	readonly id: string;
	readonly model: string;
	readonly usage: Readonly<Record<string, number>>;
	readonly nextToolId: () => string;
}

export function stopReason(blocks: readonly Block[]): "tool_use" | "end_turn" {
	return blocks.some((block) => block.type === "tool_use") ? "tool_use" : "end_turn";
}

/** Events in order, each followed by the pause that belongs to it. The consumer stops iterating when the client is gone. */
export async function* streamEvents(reply: Reply, facts: MessageFacts): AsyncGenerator<StreamEvent> {
	const blocks = reply.blocks ?? [];
	yield {
		type: "message_start",
		message: {
			id: facts.id,
			type: "message",
			role: "assistant",
			model: facts.model,
			content: [],
			stop_reason: null,
			stop_sequence: null,
			usage: { ...facts.usage, output_tokens: 1 },
		},
	};
	for (const [index, block] of blocks.entries()) {
		yield { type: "content_block_start", index, content_block: emptyBlock(block, facts.nextToolId) };
		for (const delta of deltas(block, reply.chunk ?? DEFAULT_CHUNK)) {
			yield { type: "content_block_delta", index, delta };
			await sleep(reply.delayMs ?? DEFAULT_DELAY_MS);
		}
		yield { type: "content_block_stop", index };
	}
	yield {
		type: "message_delta",
		delta: { stop_reason: stopReason(blocks), stop_sequence: null },
		usage: { output_tokens: facts.usage.output_tokens ?? 1 },
	};
	yield { type: "message_stop" };
}

function emptyBlock(block: Block, nextToolId: () => string): Record<string, unknown> {
	switch (block.type) {
		case "text":
			return { type: "text", text: "" };
		case "thinking":
			return { type: "thinking", thinking: "", signature: "" };
		case "tool_use":
			return { type: "tool_use", id: nextToolId(), name: block.name, input: {} };
	}
}

function deltas(block: Block, chunk: number): Record<string, string>[] {
	switch (block.type) {
		case "text":
			return pieces(block.text, chunk).map((text) => ({ type: "text_delta", text }));
		case "thinking":
			return [
				...pieces(block.thinking, chunk).map((thinking) => ({ type: "thinking_delta", thinking })),
				{ type: "signature_delta", signature: "c2lnbmF0dXJl" },
			];
		case "tool_use":
			return pieces(JSON.stringify(block.input), chunk).map((json) => ({
				type: "input_json_delta",
				partial_json: json,
			}));
	}
}

/** Cuts by code points, so that no emoji is torn in the JSON. */
function pieces(value: string, size: number): string[] {
	const points = [...value];
	const cut: string[] = [];
	for (let start = 0; start < points.length; start += size) {
		cut.push(points.slice(start, start + size).join(""));
	}
	return cut;
}
