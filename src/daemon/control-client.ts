/** Asks the daemon something over its socket. */
import { connect, type Socket } from "node:net";
import { CtraceError } from "../core/errors.ts";
import type { DaemonPlaces } from "./places.ts";
import { type Reply, type Request, replySchema } from "./protocol.ts";
import { type WorkingDirectory, withShortPath } from "./short-path.ts";

export interface AskOptions {
	readonly places: DaemonPlaces;
	readonly directory: WorkingDirectory;
	/** Without an answer after so long: `CtraceError("daemon")`. Absent: as long as it takes. */
	readonly limitMs?: number;
}

export interface Answer {
	readonly reply: Reply;
	/** Resolves when the daemon closes the connection. */
	readonly ended: Promise<void>;
}

/** Nobody listens: the file is not there, or whoever made it is dead. */
const NOBODY_CODES: ReadonlySet<unknown> = new Set(["ENOENT", "ECONNREFUSED", "ENOTDIR", "ENOTSOCK"]);

/** Undefined when no daemon listens. Throws `permission`, and `daemon` when it does not answer or not as it should. */
export async function askDaemon(request: Request, options: AskOptions): Promise<Answer | undefined> {
	const socket = open(options);
	if (socket === undefined) return undefined;
	const ended = new Promise<void>((resolve) => socket.once("close", () => resolve()));
	try {
		const line = await exchange(socket, request, options.limitMs);
		return line === undefined ? undefined : { reply: parseReply(line), ended };
	} catch (error) {
		socket.destroy();
		throw error;
	}
}

/** A folder that is not there has no socket in it either. */
function open({ places, directory }: AskOptions): Socket | undefined {
	try {
		return withShortPath({ folder: places.folder, name: places.socketName }, directory, (path) =>
			connect(path),
		);
	} catch (error) {
		if (NOBODY_CODES.has(codeOf(error))) return undefined;
		throw unreachable(error);
	}
}

function exchange(
	socket: Socket,
	request: Request,
	limitMs: number | undefined,
): Promise<string | undefined> {
	return new Promise((resolve, reject) => {
		let text = "";
		if (limitMs !== undefined) socket.setTimeout(limitMs, () => reject(silent()));
		socket.setEncoding("utf8");
		socket.on("connect", () => socket.write(`${JSON.stringify(request)}\n`));
		socket.on("data", (part: string) => {
			text += part;
			const end = text.indexOf("\n");
			if (end === -1) return;
			socket.setTimeout(0);
			resolve(text.slice(0, end));
		});
		socket.on("error", (error) =>
			NOBODY_CODES.has(codeOf(error)) ? resolve(undefined) : reject(unreachable(error)),
		);
		socket.on("close", () => reject(silent()));
	});
}

function parseReply(line: string): Reply {
	try {
		return replySchema.parse(JSON.parse(line));
	} catch (cause) {
		throw new CtraceError("daemon", "the daemon answered in a way this ctrace does not understand", {
			cause,
			hint: "It may be of another version: ctrace restart",
		});
	}
}

function silent(): CtraceError {
	return new CtraceError("daemon", "the daemon does not answer", {
		hint: "See what it did last: ctrace logs. To end it: ctrace stop",
		retryable: true,
	});
}

function unreachable(cause: unknown): CtraceError {
	return new CtraceError("permission", "the daemon's socket may not be used", {
		cause,
		hint: "Who owns it? See: ctrace doctor",
	});
}

function codeOf(error: unknown): unknown {
	return error instanceof Error && "code" in error ? error.code : undefined;
}
