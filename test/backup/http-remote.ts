/** A repository behind HTTP with a name and a password, served by git's own CGI program. */
import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { GIT_ENV, git } from "./scene.ts";

export interface HttpRemote extends AsyncDisposable {
	readonly url: string;
	/** What clients sent as `Authorization`, decoded. */
	readonly seen: readonly string[];
}

export interface HttpOptions {
	readonly root: string;
	readonly name: string;
	/** The only one that is good. */
	password: string;
	/** Cuts the connection in the middle of every push. */
	isBroken?: boolean;
}

export async function httpRemote(options: HttpOptions): Promise<HttpRemote> {
	git(`${options.root}/${options.name}`, "config", "http.receivepack", "true");
	const seen: string[] = [];
	const server = createServer((request, response) => {
		const given = Buffer.from(
			(request.headers.authorization ?? "").replace(/^Basic /u, ""),
			"base64",
		).toString();
		if (given !== "") seen.push(given);
		if (given.slice(given.indexOf(":") + 1) !== options.password) {
			response.writeHead(401, { "www-authenticate": 'Basic realm="git"' }).end();
			return;
		}
		if (
			request.method === "POST" &&
			request.url?.endsWith("git-receive-pack") === true &&
			options.isBroken === true
		) {
			request.once("data", () => request.socket.destroy());
			return;
		}
		serve(request, response, options.root);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/${options.name}`,
		seen,
		[Symbol.asyncDispose]: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function serve(request: IncomingMessage, response: ServerResponse, root: string): void {
	const url = new URL(request.url ?? "/", "http://localhost");
	const cgi = spawn("git", ["http-backend"], {
		env: {
			...GIT_ENV,
			GIT_PROJECT_ROOT: root,
			GIT_HTTP_EXPORT_ALL: "1",
			REQUEST_METHOD: request.method,
			PATH_INFO: url.pathname,
			QUERY_STRING: url.search.slice(1),
			CONTENT_TYPE: request.headers["content-type"] ?? "",
			HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
			HTTP_GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
			REMOTE_USER: "x",
		},
	});
	request.pipe(cgi.stdin);
	cgi.stdin.on("error", () => {});
	let head = Buffer.alloc(0);
	let isBody = false;
	cgi.stdout.on("data", (piece: Buffer) => {
		if (isBody) {
			response.write(piece);
			return;
		}
		head = Buffer.concat([head, piece]);
		const end = head.indexOf("\r\n\r\n");
		if (end < 0) return;
		isBody = true;
		let status = 200;
		for (const line of head.subarray(0, end).toString().split("\r\n")) {
			const colon = line.indexOf(":");
			const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()];
			if (name.toLowerCase() === "status") status = Number.parseInt(value, 10);
			else response.setHeader(name, value);
		}
		response.writeHead(status);
		response.write(head.subarray(end + 4));
	});
	cgi.on("close", () => response.end());
}
