/** Whether a project answers, takes the key and has ctrace's tables: before anything is set up, and with nobody signed in. */
import * as z from "zod";
import type { Fetch, ProjectAddress } from "./project.ts";

export type ProjectTrial =
	| "ready"
	/** It takes the key; the tables are still to be made. */
	| "no-tables"
	| "key-refused"
	| "unreachable"
	/** It answers as no Supabase project does. */
	| "strange";

const LIMIT_MS = 10_000;
/** What PostgreSQL says to who may not run a function that is there, and PostgREST of one that is not. */
const FORBIDDEN = "42501";
const NO_FUNCTION = "PGRST202";
const refusalSchema = z.object({ code: z.string() });

/** Asks for the schema, which the public key may not have: the refusal tells that it is there. */
export async function tryProject({ url, key }: ProjectAddress, fetchIt: Fetch): Promise<ProjectTrial> {
	let answer: Response;
	let body: string;
	try {
		answer = await fetchIt(`${url}/rest/v1/rpc/ctrace_schema`, {
			method: "POST",
			headers: { apikey: key, "content-type": "application/json" },
			body: "{}",
			signal: AbortSignal.timeout(LIMIT_MS),
		});
		body = await answer.text();
	} catch {
		return "unreachable"; // no such host, no network, no answer in time
	}
	if (answer.ok) return "ready";
	const code = codeIn(body);
	if (code === FORBIDDEN) return "ready";
	if (code === NO_FUNCTION) return "no-tables";
	return answer.status === 401 || answer.status === 403 ? "key-refused" : "strange";
}

function codeIn(body: string): string | undefined {
	try {
		return refusalSchema.parse(JSON.parse(body)).code;
	} catch {
		return undefined; // not PostgREST's words
	}
}
