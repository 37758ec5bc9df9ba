/** Asciicast version 1: one JSON object, whose `stdout` pairs hold the seconds since the pair before and what was written. */
import * as z from "zod";
import type { TerminalEvent } from "../core/event.ts";
import { HEAD_FIELDS, headFacts } from "./asciicast.ts";
import { timeAfter, toEvent } from "./asciicast-events.ts";
import { broken } from "./broken.ts";
import { concat } from "./byte-reader.ts";
import type { Chunks, Recording } from "./recording.ts";

/** One object cannot be read piece by piece. Recorders have not written this version since 2017, and none so large. */
const MAX_BYTES = 128 * 1024 * 1024;

const { size, ...head } = HEAD_FIELDS;
const schema = z.looseObject({
	version: z.literal(1),
	width: size,
	height: size,
	...head,
	stdout: z.array(z.tuple([z.number(), z.string()])),
});

export function openAsciicastV1(chunks: Chunks): Recording {
	const parsed = schema.safeParse(parseWhole(chunks));
	if (!parsed.success) {
		const [issue] = parsed.error.issues;
		throw broken(
			`it is no asciicast of version 1: ${issue?.path.join(".") || "it"}: ${issue?.message ?? ""}`,
		);
	}
	const { width, height, stdout } = parsed.data;
	return {
		format: "asciicast-v1",
		size: { cols: width, rows: height },
		...headFacts(parsed.data),
		hasTimes: true,
		events: readPairs(stdout),
	};
}

function parseWhole(chunks: Chunks): unknown {
	const parts: Uint8Array[] = [];
	let length = 0;
	for (const chunk of chunks) {
		length += chunk.length;
		if (length > MAX_BYTES) throw broken("it is larger than a version 1 recording can be (128 MB)");
		parts.push(chunk);
	}
	try {
		return JSON.parse(new TextDecoder().decode(concat(parts)));
	} catch {
		throw broken("it is not JSON: the recording is cut off or damaged");
	}
}

function* readPairs(pairs: readonly (readonly [number, string])[]): Generator<TerminalEvent, void> {
	let at = 0;
	for (const [delay, data] of pairs) {
		at = timeAfter(at, at / 1000 + delay);
		const event = toEvent("o", data, at);
		if (event !== undefined) yield event;
	}
}
