/** The daemon's ear: a unix socket for its owner alone, one request and one reply a connection. */
import { chmodSync, rmSync, statSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { CtraceError } from "../core/errors.ts";
import type { DaemonPlaces } from "./places.ts";
import { LONGEST_REQUEST_BYTES, type Reply, type Request, requestSchema } from "./protocol.ts";
import { type WorkingDirectory, withShortPath } from "./short-path.ts";

const OWNER_ONLY = 0o600;
/** People ask now and then; more at once is a mistake that must not cost memory. */
const MOST_CONNECTIONS = 32;
/** A client writes its line at once. */
const REQUEST_MS = 10_000;

export interface ControlServerOptions {
	readonly places: DaemonPlaces;
	readonly directory: WorkingDirectory;
	readonly answer: (request: Request) => Promise<Reply>;
	/** The socket itself failed: it has to be opened again. */
	readonly onError: (error: unknown) => void;
}

export class ControlServer {
	readonly #options: ControlServerOptions;
	readonly #connections = new Set<Socket>();
	#server: Server | undefined;
	#inode: number | undefined;

	constructor(options: ControlServerOptions) {
		this.#options = options;
	}

	/**
	 * Replaces a socket that a dead daemon left behind: only the holder of the lock may call this. Throws `permission`
	 * where the file system takes no sockets, or not from us.
	 */
	async open(): Promise<void> {
		const { folder } = this.#options.places;
		try {
			await this.#open();
		} catch (cause) {
			throw new CtraceError("permission", `no socket can be made in ${folder}`, {
				cause,
				hint: "Is it writable, and on a local disk? Set CTRACE_HOME to a folder that is.",
			});
		}
	}

	async #open(): Promise<void> {
		this.stopListening();
		const { places, directory, onError } = this.#options;
		rmSync(places.socket, { force: true });
		const server = createServer((socket) => this.#serve(socket));
		server.maxConnections = MOST_CONNECTIONS;
		await new Promise<void>((resolve, reject) => {
			server.once("error", reject);
			server.once("listening", resolve);
			withShortPath({ folder: places.folder, name: places.socketName }, directory, (path) =>
				server.listen(path),
			);
		});
		server.removeAllListeners("error");
		server.on("error", onError);
		chmodSync(places.socket, OWNER_ONLY);
		this.#inode = statSync(places.socket).ino;
		this.#server = server;
	}

	/** Whether people can still find it. */
	get isInPlace(): boolean {
		const stats = statSync(this.#options.places.socket, { throwIfNoEntry: false });
		return stats !== undefined && stats.ino === this.#inode;
	}

	/** No new connection, and no file any more. Connections that are open stay open. */
	stopListening(): void {
		this.#server?.close();
		this.#server = undefined;
		if (this.#inode !== undefined && this.isInPlace) rmSync(this.#options.places.socket, { force: true });
	}

	/** Who waited for the daemon's end has it. */
	dropConnections(): void {
		for (const socket of this.#connections) socket.destroy();
		this.#connections.clear();
	}

	#serve(socket: Socket): void {
		this.#connections.add(socket);
		socket.setTimeout(REQUEST_MS, () => socket.destroy());
		socket.on("error", () => socket.destroy()); // whoever asked has gone
		socket.on("close", () => this.#connections.delete(socket));
		let text = "";
		socket.setEncoding("utf8");
		socket.on("data", (part: string) => {
			text += part;
			const end = text.indexOf("\n");
			if (end === -1 && text.length <= LONGEST_REQUEST_BYTES) return;
			socket.removeAllListeners("data");
			socket.setTimeout(0);
			void this.#reply(socket, parseRequest(end === -1 ? "" : text.slice(0, end)));
		});
	}

	async #reply(socket: Socket, request: Request | undefined): Promise<void> {
		const reply: Reply =
			request === undefined ? { kind: "refused", reason: "request" } : await this.#options.answer(request);
		const line = `${JSON.stringify(reply)}\n`;
		// Who asked for the end sees it by the connection's own.
		if (reply.kind === "stopping") socket.write(line);
		else socket.end(line);
	}
}

function parseRequest(line: string): Request | undefined {
	try {
		return requestSchema.safeParse(JSON.parse(line)).data;
	} catch {
		return undefined;
	}
}
