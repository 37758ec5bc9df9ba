/** A Messages API on loopback that answers as it is told to, and keeps every request it was sent. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Reply {
	/** What the model says; a value is said as JSON. */
	readonly says?: unknown;
	readonly stopReason?: string;
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** No answer at all. */
	readonly hangs?: true;
	/** The connection ends in the middle. */
	readonly breaks?: true;
}

export interface SentRequest {
	readonly body: string;
	readonly headers: IncomingMessage["headers"];
	readonly parsed: {
		readonly system: string;
		readonly messages: readonly { readonly role: string; readonly content: string }[];
		readonly output_config: { readonly format: { readonly schema: unknown } };
	};
}

export interface ScriptedApi extends AsyncDisposable {
	readonly url: string;
	readonly requests: readonly SentRequest[];
}

/** The reply to each request: what the function says of it. */
export async function scriptedApi(
	reply: (request: SentRequest, count: number) => Reply,
): Promise<ScriptedApi> {
	const requests: SentRequest[] = [];
	const server = createServer((request, response) => {
		let body = "";
		request.setEncoding("utf8");
		request.on("data", (piece: string) => {
			body += piece;
		});
		request.on("end", () => {
			const sent = { body, headers: request.headers, parsed: JSON.parse(body) };
			requests.push(sent);
			answer(response, reply(sent, requests.length));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		requests,
		[Symbol.asyncDispose]: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function answer(response: ServerResponse, reply: Reply): void {
	if (reply.hangs === true) return;
	if (reply.status !== undefined && reply.status !== 200) {
		response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
		response.end(JSON.stringify({ type: "error", error: { type: "scripted", message: "scripted" } }));
		return;
	}
	response.writeHead(200, { "content-type": "text/event-stream" });
	const text = typeof reply.says === "string" ? reply.says : JSON.stringify(reply.says);
	const events = streamOf(text, reply.stopReason ?? "end_turn");
	if (reply.breaks === true) {
		response.write(events.slice(0, 3).join(""));
		response.destroy();
		return;
	}
	for (const event of events) response.write(event);
	response.end();
}

/** In two pieces, so that the answer has to be put together. */
function streamOf(text: string, stopReason: string): string[] {
	const half = Math.ceil(text.length / 2);
	const usage = { input_tokens: 1000, output_tokens: 1 };
	const message = {
		id: "msg_1",
		type: "message",
		role: "assistant",
		model: "scripted",
		content: [],
		stop_reason: null,
		stop_sequence: null,
		usage,
	};
	return [
		event("message_start", { message }),
		event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
		event("content_block_delta", { index: 0, delta: { type: "text_delta", text: text.slice(0, half) } }),
		event("content_block_delta", { index: 0, delta: { type: "text_delta", text: text.slice(half) } }),
		event("content_block_stop", { index: 0 }),
		event("message_delta", {
			delta: { stop_reason: stopReason, stop_sequence: null },
			usage: { output_tokens: 100 },
		}),
		event("message_stop", {}),
	];
}

function event(type: string, fields: object): string {
	return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}
