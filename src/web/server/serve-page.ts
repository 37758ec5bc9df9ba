/** The built page's files: from a fixed list, so that no path can lead anywhere else. */
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { Context, MiddlewareHandler } from "hono";
import { type Access, hasCookie } from "./guard.ts";
import { noticePage } from "./notice-page.ts";
import type { PageFiles } from "./page-files.ts";

const TYPES: Readonly<Record<string, string>> = {
	".html": "text/html; charset=utf-8",
	".js": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8",
	".json": "application/json; charset=utf-8",
	".svg": "image/svg+xml",
	".png": "image/png",
	".ico": "image/x-icon",
	".woff2": "font/woff2",
	".wasm": "application/wasm",
	".txt": "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json",
};

/** Vite names what it builds by its content: `assets/index-BxY12_ab.js` never changes. */
const HASHED = /^assets\/.+-[\w-]{8,}\.\w+$/;
const A_YEAR = "public, max-age=31536000, immutable";
const INDEX = "index.html";

export function servePage(page: PageFiles | undefined, access: Access): MiddlewareHandler {
	return async (context) => {
		const name = decodeURIComponentSafely(new URL(context.req.url).pathname).slice(1);
		if (page !== undefined && name !== INDEX && isServed(page, name)) return sendFile(context, page, name);
		if (name.includes(".")) return context.text("There is no such file.\n", 404);
		if (!hasCookie(context, access)) return sendNotice(context, "signed-out", 401);
		if (page === undefined || !isServed(page, INDEX)) return sendNotice(context, "not-built", 503);
		// Every other address is one of the page's own: it finds out itself what to show.
		return sendFile(context, page, INDEX);
	};
}

function isServed({ names }: PageFiles, name: string): boolean {
	return names.has(name) && TYPES[extname(name)] !== undefined;
}

function sendFile(context: Context, { directory, names }: PageFiles, name: string): Response {
	const isBrotli = names.has(`${name}.br`) && /\bbr\b/.test(context.req.header("accept-encoding") ?? "");
	context.header("content-type", TYPES[extname(name)] ?? "application/octet-stream");
	context.header("cache-control", HASHED.test(name) ? A_YEAR : "no-cache");
	context.header("vary", "Accept-Encoding");
	if (isBrotli) context.header("content-encoding", "br");
	return context.body(readFileSync(join(directory, isBrotli ? `${name}.br` : name)));
}

function sendNotice(context: Context, kind: "signed-out" | "not-built", status: 401 | 503): Response {
	return context.html(noticePage(kind), status);
}

/** A malformed escape names no file of ours. */
function decodeURIComponentSafely(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return "/.";
	}
}
