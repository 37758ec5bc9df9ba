/** Server-sent events: tells the page what changes, as long as it listens. */
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { WebReader } from "../web-parts.ts";
import { failureAnswer } from "./api-failure.ts";

/** The browser's pause before it connects again. */
const RETRY_MS = 2000;

export interface LiveStream {
	readonly reader: WebReader;
	/** Its turns are told of too. */
	readonly sessionId: string | undefined;
	/** What ends the stream without anybody's wish: the answer has begun by then. */
	readonly onFailure: (error: unknown) => void;
}

/** Throws what the reader throws when there is no such session: before the stream begins, so that it is answered. */
export async function streamLive(
	{ reader, sessionId, onFailure }: LiveStream,
	context: Context,
): Promise<Response> {
	if (sessionId !== undefined) await reader.session(sessionId);
	context.header("x-accel-buffering", "no");
	return streamSSE(context, async (stream) => {
		const ended = new AbortController();
		stream.onAbort(() => ended.abort());
		try {
			for await (const { event, data } of reader.watch(sessionId, ended.signal))
				await stream.writeSSE({ event, data: JSON.stringify(data), retry: RETRY_MS });
		} catch (error) {
			// The browser connects again, and is answered then: that its session is gone, for instance.
			if (!ended.signal.aborted && failureAnswer(error).status === 500) onFailure(error);
		}
	});
}
