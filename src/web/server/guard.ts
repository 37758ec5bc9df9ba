/**
 * Who may ask. A page of another site can make the browser send requests here: its name may even point to this very
 * address (DNS rebinding). So each request must name us as its host, come from our own page or from no page at all,
 * and carry the token that only the opened URL had.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { ApiFailure } from "./api-failure.ts";

export interface Access {
	readonly token: string;
	/**
	 * Tokens that work once. The one that opens the browser is such a one: a command line can be read by every user of
	 * the machine, as long as the program runs.
	 */
	readonly once: Set<string>;
	/** What `--host` said, or the loopback address. */
	readonly host: string;
	readonly port: number;
}

/** Every request that changes something carries it: a form of another site cannot. */
export const SAME_ORIGIN_HEADER = "x-ctrace";
const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD"]);
const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "::1"]);

export function isLoopback(host: string): boolean {
	return LOOPBACK.has(host);
}

const HEADERS: Readonly<Record<string, string>> = {
	// WebAssembly is the player's terminal; no script but our own files, no style but theirs, no other host.
	"content-security-policy":
		"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
		"connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	"x-content-type-options": "nosniff",
	"x-frame-options": "DENY",
	"referrer-policy": "no-referrer",
	"cross-origin-opener-policy": "same-origin",
	"cross-origin-resource-policy": "same-origin",
	"permissions-policy": "camera=(), microphone=(), geolocation=()",
};

/** On every answer, errors included. What is masked is still private: nothing is kept in a cache unless the route says so. */
export function securityHeaders(): MiddlewareHandler {
	return async (context, next) => {
		await next();
		for (const [name, value] of Object.entries(HEADERS)) context.res.headers.set(name, value);
		if (!context.res.headers.has("cache-control")) context.res.headers.set("cache-control", "no-store");
	};
}

/** Refuses what another site had the browser send. */
export function sameSite(access: Access): MiddlewareHandler {
	return async (context, next) => {
		const host = context.req.header("host") ?? "";
		if (!isOurHost(host, access)) throw new ApiFailure("forbidden", "the request names another host");
		const origin = context.req.header("origin");
		if (origin !== undefined && origin !== `http://${host}`)
			throw new ApiFailure("forbidden", "the request comes from another page");
		await next();
	};
}

/** An address cannot be rebound; a name can, so only the one that was asked for counts. */
function isOurHost(given: string, { host, port }: Access): boolean {
	const found = /^(?:\[([\da-f:.]+)\]|([^:[\]]+)):(\d+)$/i.exec(given);
	const [, v6, name, givenPort] = found ?? [];
	const asked = (v6 ?? name ?? "").toLowerCase();
	if (asked === "" || Number(givenPort) !== port) return false;
	if (isLoopback(host)) return isLoopback(asked);
	const isAddress = v6 !== undefined || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(asked);
	return asked === host.toLowerCase() || isLoopback(asked) || isAddress;
}

/** For the API: nothing but our own page, or a program with the token. */
export function authorized(access: Access): MiddlewareHandler {
	return async (context, next) => {
		const fetchSite = context.req.header("sec-fetch-site");
		if (fetchSite !== undefined && fetchSite !== "same-origin" && fetchSite !== "none")
			throw new ApiFailure("forbidden", "the request comes from another page");
		const bearer = /^Bearer (\S+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
		if (bearer === undefined ? !hasCookie(context, access) : !isSame(bearer, access.token))
			throw new ApiFailure("unauthorized", "this page is not signed in to ctrace", {
				hint: "Open the address that `ctrace web` printed.",
			});
		if (!SAFE_METHODS.has(context.req.method) && bearer === undefined) requireOwnPage(context);
		await next();
	};
}

function requireOwnPage(context: Context): void {
	const isOwn =
		context.req.header("origin") !== undefined || context.req.header("sec-fetch-site") === "same-origin";
	if (!isOwn || context.req.header(SAME_ORIGIN_HEADER) === undefined)
		throw new ApiFailure(
			"forbidden",
			`the request does not come from our own page: ${SAME_ORIGIN_HEADER} is missing`,
		);
}

/** The token of the opened URL becomes a cookie, and leaves the address bar. */
export function takeToken(access: Access): MiddlewareHandler {
	return async (context, next) => {
		const given = context.req.query("token");
		if (given === undefined) return next();
		const url = new URL(context.req.url);
		url.searchParams.delete("token");
		const isOnce = access.once.delete(given);
		if (isOnce || isSame(given, access.token))
			setCookie(context, cookieName(access), access.token, { httpOnly: true, sameSite: "Strict", path: "/" });
		else deleteCookie(context, cookieName(access), { path: "/" });
		return context.redirect(`${url.pathname}${url.search}`, 303);
	};
}

export function hasCookie(context: Context, access: Access): boolean {
	return isSame(getCookie(context, cookieName(access)) ?? "", access.token);
}

/** Cookies know no ports: two servers on one machine must not take each other's. */
function cookieName({ port }: Access): string {
	return `ctrace-${port}`;
}

function isSame(given: string, wanted: string): boolean {
	const digest = (text: string) => createHash("sha256").update(text).digest();
	return timingSafeEqual(digest(given), digest(wanted));
}
