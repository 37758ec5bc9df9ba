/** Listens, on the first free port from the wanted one on, and ends without waiting for open streams. */
import type { Server } from "node:http";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import { CtraceError } from "../../core/errors.ts";

const TRIED_PORTS = 20;

export interface ListenOptions {
	readonly host: string;
	readonly port: number;
	/** Whether the port was asked for by name: then no other will do. */
	readonly isExact: boolean;
}

export interface Listening {
	readonly port: number;
	/** Ends every connection. */
	close(): Promise<void>;
}

/** `appFor` makes what answers, once the port is known: it stands in what is checked. */
export async function serve(appFor: (port: number) => Hono, options: ListenOptions): Promise<Listening> {
	let app: Hono | undefined;
	const server = createAdaptorServer({
		fetch: (request, env) => app?.fetch(request, env) ?? new Response(null, { status: 503 }),
	}) as Server;
	const port = await listen(server, options);
	app = appFor(port);
	return {
		port,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

async function listen(server: Server, options: ListenOptions): Promise<number> {
	const { host, port, isExact } = options;
	const last = port === 0 || isExact ? port : port + TRIED_PORTS - 1;
	for (let tried = port; ; tried += 1) {
		const failure = await tryPort(server, host, tried);
		if (failure === undefined) return portOf(server);
		if (failure.code === "EADDRINUSE" && tried < last) continue;
		throw explain(failure, { host, port: tried });
	}
}

function tryPort(server: Server, host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
	return new Promise((resolve) => {
		const failed = (error: NodeJS.ErrnoException) => {
			server.off("listening", listening);
			resolve(error);
		};
		const listening = () => {
			server.off("error", failed);
			resolve(undefined);
		};
		server.once("error", failed);
		server.once("listening", listening);
		server.listen({ host, port, exclusive: true });
	});
}

function portOf(server: Server): number {
	const address = server.address();
	return typeof address === "object" && address !== null ? address.port : 0;
}

function explain(
	failure: NodeJS.ErrnoException,
	{ host, port }: { readonly host: string; readonly port: number },
) {
	const cause = { cause: failure };
	switch (failure.code) {
		case "EADDRINUSE":
			return new CtraceError("usage", `port ${port} is taken by another program`, {
				hint: "Choose another: ctrace web --port 0 takes any that is free.",
				...cause,
			});
		case "EACCES":
			return new CtraceError("usage", `port ${port} may not be used`, {
				hint: "Choose one above 1023.",
				...cause,
			});
		default:
			return new CtraceError("usage", `cannot listen on ${host}: ${failure.code ?? failure.message}`, {
				hint: "--host must be an address of this machine. Without it, only this machine can ask.",
				...cause,
			});
	}
}
