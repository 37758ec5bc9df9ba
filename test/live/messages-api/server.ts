/** A scripted Messages API on loopback: a genuine client talks to it as to the real one. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { ApiFailure, Reply } from "../scenario.ts";
import { type MessagesRequest, newestUserText, requestSchema, withOfferedTools } from "./request.ts";
import { Script } from "./script.ts";
import { sideAnswer } from "./side-request.ts";
import { charactersIn, type StreamEvent, stopReason, streamEvents } from "./stream.ts";

export interface ServedRequest {
	readonly side: boolean;
	readonly model: string;
	readonly tools: number;
	readonly messages: number;
	/** First characters of the newest message, to see what a version asks for. */
	readonly newest: string;
	readonly status: number;
}

const NEWEST_KEPT = 160;
const COUNTED_TOKENS = 100;

export class MessagesApi implements AsyncDisposable {
	readonly script: Script;
	readonly served: ServedRequest[] = [];
	readonly #server: Server;
	#open = 0;
	#sent = 0;
	#lastChange = 0;
	#count = 0;

	private constructor(replies: readonly Reply[]) {
		this.script = new Script(replies);
		this.#server = createServer((request, response) => {
			this.#handle(request, response).catch((error: unknown) => response.destroy(asError(error)));
		});
	}

	static async start(replies: readonly Reply[]): Promise<MessagesApi> {
		const api = new MessagesApi(replies);
		api.#server.listen(0, "127.0.0.1");
		await once(api.#server, "listening");
		return api;
	}

	get url(): string {
		const address = this.#server.address();
		if (address === null || typeof address === "string") throw new Error("the scripted API is not listening");
		return `http://127.0.0.1:${address.port}`;
	}

	/** Milliseconds for which no request of the conversation was open; 0 while one is. */
	quietFor(now: number): number {
		return this.#open > 0 ? 0 : now - this.#lastChange;
	}

	/** Characters sent so far of the newest reply of the conversation. */
	get sentCharacters(): number {
		return this.#sent;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#server.closeAllConnections();
		this.#server.close();
		await once(this.#server, "close");
	}

	async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const path = (request.url ?? "").split("?")[0];
		if (path === "/v1/messages/count_tokens")
			return sendJson(response, 200, { input_tokens: COUNTED_TOKENS });
		if (path !== "/v1/messages")
			return sendFailure(response, { status: 404, type: "not_found_error", message: "none" });
		const parsed = requestSchema.safeParse(await readJson(request));
		if (!parsed.success) {
			return sendFailure(response, { status: 400, type: "invalid_request_error", message: "not understood" });
		}
		await this.#answer(parsed.data, response);
	}

	async #answer(request: MessagesRequest, response: ServerResponse): Promise<void> {
		const newest = newestUserText(request);
		const side = sideAnswer(request);
		const chosen =
			side === undefined ? this.script.next(newest) : (this.script.aside(newest) ?? sayOnly(side));
		const reply = withOfferedTools(chosen, request);
		this.served.push({
			side: side !== undefined,
			model: request.model,
			tools: request.tools.length,
			messages: request.messages.length,
			newest: newest.slice(-NEWEST_KEPT),
			status: reply.failure?.status ?? 200,
		});
		if (side !== undefined) return this.#play(reply, request, response, () => {});
		this.#sent = 0;
		this.#change(1);
		try {
			await this.#play(reply, request, response, (count) => {
				this.#sent += count;
			});
		} finally {
			this.#change(-1);
		}
	}

	async #play(
		reply: Reply,
		request: MessagesRequest,
		response: ServerResponse,
		sent: (characters: number) => void,
	): Promise<void> {
		if (reply.beforeMs !== undefined) await sleep(reply.beforeMs);
		if (reply.failure !== undefined) return sendFailure(response, reply.failure);
		const facts = this.#facts(request.model);
		if (request.stream) return sendStream(response, streamEvents(reply, facts), sent);
		const blocks = (reply.blocks ?? []).map((block) =>
			block.type === "tool_use" ? { ...block, id: facts.nextToolId() } : block,
		);
		const { id, model, usage } = facts;
		const stop = { stop_reason: stopReason(reply.blocks ?? []), stop_sequence: null };
		sendJson(response, 200, {
			id,
			type: "message",
			role: "assistant",
			model,
			content: blocks,
			...stop,
			usage,
		});
	}

	#facts(model: string) {
		const unique = () =>
			`${String(++this.#count).padStart(4, "0")}${Math.random().toString(36).slice(2, 14)}`;
		return {
			id: `msg_${unique()}`,
			model,
			nextToolId: () => `toolu_${unique()}`,
			usage: {
				input_tokens: 1000 + this.#count,
				cache_creation_input_tokens: 50,
				cache_read_input_tokens: 7000,
				output_tokens: 300 + this.#count,
			},
		};
	}

	#change(by: number): void {
		this.#open += by;
		this.#lastChange = Date.now();
	}
}

function sayOnly(answer: string): Reply {
	return { blocks: [{ type: "text", text: answer }] };
}

async function sendStream(
	response: ServerResponse,
	events: AsyncIterable<StreamEvent>,
	sent: (characters: number) => void,
): Promise<void> {
	response.writeHead(200, {
		...requestId(),
		"content-type": "text/event-stream",
		"cache-control": "no-cache",
	});
	for await (const event of events) {
		if (response.destroyed) return;
		response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
		sent(charactersIn(event));
	}
	response.end();
}

function sendFailure(response: ServerResponse, failure: ApiFailure): void {
	sendJson(response, failure.status, {
		type: "error",
		error: { type: failure.type, message: failure.message },
	});
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
	response.writeHead(status, { ...requestId(), "content-type": "application/json" });
	response.end(JSON.stringify(body));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	try {
		return JSON.parse(Buffer.concat(chunks).toString("utf8"));
	} catch {
		return undefined;
	}
}

function asError(error: unknown): Error {
	return error instanceof Error ? error : new Error(String(error));
}

/** As the real API: Claude Code writes it beside each message, and usage is counted once by the two. */
function requestId(): Readonly<Record<string, string>> {
	return { "request-id": `req_${randomUUID().replaceAll("-", "")}` };
}
