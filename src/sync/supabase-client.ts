/** Supabase's own client, set up for a program: tokens from us, no session of its own, every request with a limit. */
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { NodeSocket } from "./node-socket.ts";
import type { Fetch, ProjectAddress } from "./project.ts";
import type { Tokens } from "./tokens.ts";

/** A statement may take eight seconds by the project's rules; more than this is a connection that died. */
const REQUEST_LIMIT_MS = 20_000;

export function createProjectClient(
	project: ProjectAddress,
	tokens: Tokens | undefined,
	fetchIt: Fetch,
): SupabaseClient {
	const limited = withLimit(fetchIt);
	return createClient(project.url, project.key, {
		global: { fetch: tokens === undefined ? limited : renewing(limited, tokens) },
		realtime: { transport: NodeSocket },
		...(tokens === undefined
			? { auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false } }
			: { accessToken: () => tokens.current() }),
	});
}

/**
 * The whole answer within the limit. The timer goes with the request: one that outlived it would hold on to its body,
 * and a fast drain would keep everything it sent in the last seconds.
 */
function withLimit(fetchIt: Fetch): Fetch {
	return async (input, init) => {
		const limit = new AbortController();
		const timer = setTimeout(() => limit.abort(), REQUEST_LIMIT_MS);
		try {
			const answer = await fetchIt(input, { ...init, signal: init?.signal ?? limit.signal });
			const body = await answer.arrayBuffer();
			const { status, statusText, headers } = answer;
			return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers });
		} finally {
			clearTimeout(timer);
		}
	};
}

const UNAUTHORIZED = 401;

/** A token that ran out on the way: one new one, and the same request once more. */
function renewing(fetchIt: Fetch, tokens: Tokens): Fetch {
	return async (input, init) => {
		const answer = await fetchIt(input, init);
		if (answer.status !== UNAUTHORIZED) return answer;
		const headers = new Headers(init?.headers);
		const refused = headers.get("authorization")?.replace(/^Bearer /i, "");
		const token = await tokens.renew(refused ?? "");
		if (token === undefined || token === refused) return answer;
		headers.set("authorization", `Bearer ${token}`);
		return fetchIt(input, { ...init, headers });
	};
}
