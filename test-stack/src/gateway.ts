/**
 * What stands in front of a Supabase project's services: one address, path prefixes, keys that become tokens, and here
 * a hook with which a test makes the network misbehave.
 */
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** What happens to a request instead of, or before, its way to the service. */
export type Fault =
	| {
			readonly kind: "answer";
			readonly status: number;
			readonly headers?: Record<string, string>;
			readonly body?: unknown;
	  }
	/** The connection breaks before the service hears of it. */
	| { readonly kind: "refuse" }
	/** The service does its work, and its answer never arrives. */
	| { readonly kind: "lose-reply" }
	/** The service gets it twice, as a proxy that tries again would have it. */
	| { readonly kind: "twice" }
	| { readonly kind: "delay"; readonly ms: number };

export interface GatewayRequest {
	readonly method: string;
	/** Path and query. */
	readonly path: string;
	readonly body: string;
	/** The access token it carries; empty: none. */
	readonly token: string;
}

export interface Gateway {
	readonly url: string;
	/** Asked for every request over HTTP; undefined = it passes. */
	readonly setFault: (fault: ((request: GatewayRequest) => Fault | undefined) | undefined) => void;
	readonly stop: () => Promise<void>;
}

export interface GatewayParts {
	readonly restPort: number;
	/** Keys of the project and the token that each stands for. */
	readonly keys: ReadonlyMap<string, string>;
	readonly authFetch?: ((request: Request) => Promise<Response>) | undefined;
	readonly upgrade: (request: IncomingMessage, socket: Socket, head: Buffer) => void;
}

interface Call {
	readonly method: string;
	readonly path: string;
	readonly headers: Record<string, string>;
	readonly body: Buffer;
}

interface Answer {
	readonly status: number;
	readonly headers: Record<string, string | string[]>;
	readonly body: Buffer;
}

export async function startGateway(parts: GatewayParts): Promise<Gateway> {
	let askFault: ((request: GatewayRequest) => Fault | undefined) | undefined;
	const server = createServer((request, response) => {
		serve(request, response, parts, (call) => askFault?.(call)).catch(() => request.socket.destroy());
	});
	server.on("upgrade", (request, socket, head) => parts.upgrade(request, socket as Socket, head));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		setFault: (fault) => {
			askFault = fault;
		},
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

async function serve(
	request: IncomingMessage,
	response: ServerResponse,
	parts: GatewayParts,
	askFault: (request: GatewayRequest) => Fault | undefined,
): Promise<void> {
	const call = await readCall(request, parts.keys);
	const token = call.headers.authorization?.replace("Bearer ", "") ?? "";
	const fault = askFault({ method: call.method, path: call.path, body: call.body.toString(), token });
	if (fault?.kind === "refuse") return void request.socket.destroy();
	if (fault?.kind === "answer")
		return send(response, jsonAnswer(fault.status, fault.body ?? {}, fault.headers));
	if (fault?.kind === "delay") await wait(fault.ms);
	const answer = await route(call, parts);
	if (fault?.kind === "lose-reply") return void request.socket.destroy();
	send(response, fault?.kind === "twice" ? await route(call, parts) : answer);
}

async function readCall(request: IncomingMessage, keys: ReadonlyMap<string, string>): Promise<Call> {
	const pieces: Buffer[] = [];
	for await (const piece of request) pieces.push(piece as Buffer);
	const headers = Object.fromEntries(
		Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
	);
	const key = headers.apikey;
	const isPlainKey = headers.authorization === undefined || headers.authorization === `Bearer ${key}`;
	if (key !== undefined && isPlainKey) headers.authorization = `Bearer ${keys.get(key) ?? key}`;
	return { method: request.method ?? "GET", path: request.url ?? "/", headers, body: Buffer.concat(pieces) };
}

async function route(call: Call, parts: GatewayParts): Promise<Answer> {
	if (call.headers.apikey === undefined) return jsonAnswer(401, { message: "No API key found in request" });
	if (!parts.keys.has(call.headers.apikey)) return jsonAnswer(401, { message: "Invalid API key" });
	if (call.path.startsWith("/rest/v1"))
		return toRest({ ...call, path: call.path.slice("/rest/v1".length) || "/" }, parts.restPort);
	if (call.path.startsWith("/auth/v1") && parts.authFetch !== undefined) return toAuth(call, parts.authFetch);
	return jsonAnswer(404, { message: "no Route matched with those values" });
}

function toRest({ method, path, headers, body }: Call, port: number): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const onward = forward({ host: "127.0.0.1", port, path, method, headers }, (reply) => {
			const pieces: Buffer[] = [];
			reply.on("data", (piece: Buffer) => pieces.push(piece));
			reply.on("error", reject);
			reply.on("end", () =>
				resolve({
					status: reply.statusCode ?? 502,
					headers: without(reply.headers as Answer["headers"], ["transfer-encoding", "connection"]),
					body: Buffer.concat(pieces),
				}),
			);
		});
		onward.on("error", reject);
		onward.end(body);
	});
}

/** Headers that belong to one connection, not to the message. */
const OF_THE_CONNECTION = ["host", "connection", "content-length", "transfer-encoding"];

async function toAuth(call: Call, authFetch: (request: Request) => Promise<Response>): Promise<Answer> {
	const reply = await authFetch(
		new Request(`http://127.0.0.1${call.path}`, {
			method: call.method,
			headers: without(call.headers, OF_THE_CONNECTION),
			...(call.body.length === 0 ? {} : { body: call.body }),
		}),
	);
	return {
		status: reply.status,
		headers: Object.fromEntries(reply.headers),
		body: Buffer.from(await reply.arrayBuffer()),
	};
}

function without<T>(headers: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
	return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
	return {
		status,
		headers: { "content-type": "application/json", ...headers },
		body: Buffer.from(JSON.stringify(body)),
	};
}

function send(response: ServerResponse, answer: Answer): void {
	response.writeHead(answer.status, answer.headers);
	response.end(answer.body);
}
