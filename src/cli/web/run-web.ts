/** `ctrace web`: the store, the server and the browser, put together. */
import { createApp } from "../../web/server/create-app.ts";
import { isLoopback } from "../../web/server/guard.ts";
import { findPage } from "../../web/server/page-files.ts";
import { serve } from "../../web/server/serve.ts";
import type { CliContext } from "../context.ts";
import { renderError } from "../render-error.ts";
import { createLocalParts } from "./local-parts.ts";
import { createTeamParts } from "./team-parts.ts";

export interface WebOptions {
	readonly port: number | undefined;
	readonly host: string | undefined;
	readonly opensBrowser: boolean;
	/** The team's project instead of this machine's store. */
	readonly isTeam: boolean;
}

const USUAL_PORT = 4650;
/** Pages of the database in memory: the same ones are read again and again while somebody looks around. */
const CACHE_KIB = 64 * 1024;
const THIS_MACHINE = "127.0.0.1";

export async function runWeb(context: CliContext, options: WebOptions): Promise<number> {
	const { stdout, stderr, web } = context;
	const host = options.host ?? THIS_MACHINE;
	const ended = context.interruptSignal();
	using store = context.openStore({ cacheKib: CACHE_KIB });
	const parts = options.isTeam ? await createTeamParts(context, store) : createLocalParts(context, store);
	const page = findPage(web.pageDirectory);
	const [token, once] = [web.randomToken(), web.randomToken()];
	const server = await serve(
		(port) =>
			createApp({
				parts,
				page,
				access: { token, once: new Set([once]), host, port },
				onFailure: (error) => stderr.write(renderError(error)),
			}),
		{ host, port: options.port ?? USUAL_PORT, isExact: options.port !== undefined },
	);
	const address = (secret: string) => `http://${inUrl(host)}:${server.port}/?token=${secret}`;
	stdout.write(`${address(token)}\n`);
	if (!isLoopback(host)) stderr.write(openToOthers(host));
	if (page === undefined) stderr.write("The page is not built: npm run build. The API is there.\n");
	const isOpened = options.opensBrowser && web.openBrowser(address(once));
	stderr.write(
		isOpened ? "It opens in your browser. Ctrl-C ends it.\n" : "Open it in your browser. Ctrl-C ends it.\n",
	);
	await until(ended);
	await server.close();
	return 0;
}

/** Which address a browser of this machine can use. */
function inUrl(host: string): string {
	if (host === "0.0.0.0" || host === "::") return THIS_MACHINE;
	return host.includes(":") ? `[${host}]` : host;
}

function openToOthers(host: string): string {
	return [
		`ctrace: with --host ${host}, everybody who can reach this machine can ask for your sessions, if they have the address above.`,
		"It travels unencrypted: anybody on the way can read it, and what is shown. Use it in a network that you trust, or not at all.",
		"",
	].join("\n");
}

function until(ended: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		if (ended.aborted) resolve();
		else ended.addEventListener("abort", () => resolve(), { once: true });
	});
}
