/** Server-sent events: tells the page what changes, as long as it listens. */
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { WebReader } from "../web-parts.ts";

/** The browser's pause before it connects again. */
const RETRY_MS = 2000;

export function streamLive(reader: WebReader, sessionId: string | undefined, context: Context): Response {
	context.header("x-accel-buffering", "no");
	return streamSSE(context, async (stream) => {
		const ended = new AbortController();
		stream.onAbort(() => ended.abort());
		for await (const { event, data } of reader.watch(sessionId, ended.signal))
			await stream.writeSSE({ event, data: JSON.stringify(data), retry: RETRY_MS });
	});
}
