/** The tokens of a Supabase project with a shared secret: HS256, made and checked here. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** Of the throw-away stack alone. */
export const JWT_SECRET = "the-secret-of-a-stack-that-lives-for-one-test-run";

export interface Claims {
	readonly role: string;
	readonly exp: number;
	readonly sub?: string | undefined;
}

const claimsSchema = z.looseObject({ role: z.string(), exp: z.number(), sub: z.string().optional() });

export function mintJwt(claims: Readonly<Record<string, unknown>>, lifetimeS = 3600): string {
	const now = Math.floor(Date.now() / 1000);
	const head = encode({ alg: "HS256", typ: "JWT" });
	const body = `${head}.${encode({ iss: "supabase", iat: now, exp: now + lifetimeS, ...claims })}`;
	return `${body}.${sign(body).toString("base64url")}`;
}

export type Verdict = { readonly claims: Claims } | { readonly error: string };

/** Errors in the words of the server. */
export function verifyJwt(token: string): Verdict {
	const [head = "", body = "", signature = "", ...rest] = token.split(".");
	const parsed = claimsSchema.safeParse(decode(body));
	if (signature === "" || rest.length > 0) return { error: "The token provided is not a valid JWT" };
	const given = Buffer.from(signature, "base64url");
	const right = sign(`${head}.${body}`);
	if (given.length !== right.length || !timingSafeEqual(given, right))
		return { error: "Failed to validate JWT signature" };
	if (!parsed.success) return { error: "Fields `role` and `exp` are required in JWT" };
	const left = parsed.data.exp - Math.floor(Date.now() / 1000);
	return left <= 0 ? { error: `Token has expired ${-left} seconds ago` } : { claims: parsed.data };
}

function encode(value: object): string {
	return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function decode(part: string): unknown {
	try {
		return JSON.parse(Buffer.from(part, "base64url").toString());
	} catch {
		return undefined; // no token: the verdict says so
	}
}

function sign(body: string): Buffer {
	return createHmac("sha256", JWT_SECRET).update(body).digest();
}
