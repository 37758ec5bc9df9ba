/** The port `Remote` over PostgREST, through Supabase's own client. */
import type { PostgrestError, SupabaseClient } from "@supabase/supabase-js";
import * as z from "zod";
import type { Clock } from "../core/clock.ts";
import { parseRetryAfter } from "./plan-backoff.ts";
import type { Row } from "./plan-rows.ts";
import type { Fetch } from "./project.ts";
import { type ChangeQuery, type Remote, RemoteFailure } from "./remote.ts";

/** What PostgREST gives at most in one answer; a project may have set less, and then a page is simply shorter. */
const PAGE_ROWS = 1000;

interface Answer<T> {
	readonly data: T | null;
	readonly error: PostgrestError | null;
	readonly status: number;
}

/** The client hides headers: this keeps the one that says how long to wait. */
export interface PauseAsked {
	readonly fetch: Fetch;
	take(): number | undefined;
}

export function notePauses(fetchIt: Fetch, clock: Clock): PauseAsked {
	let asked: number | undefined;
	return {
		fetch: async (input, init) => {
			const answer = await fetchIt(input, init);
			asked = parseRetryAfter(answer.headers.get("retry-after"), clock.now()) ?? asked;
			return answer;
		},
		take: () => {
			const taken = asked;
			asked = undefined;
			return taken;
		},
	};
}

export function createSupabaseRemote(client: SupabaseClient, pauses: PauseAsked): Remote {
	const check = <T>({ data, error, status }: Answer<T>): T | null => {
		const retryAfterMs = pauses.take();
		if (error === null) return data;
		throw new RemoteFailure(failureOf(error, status), retryAfterMs);
	};
	/** All pages of a query that is ordered by its key. */
	const readAll = async (page: (from: number) => PromiseLike<Answer<Row[]>>): Promise<Row[]> => {
		const rows: Row[] = [];
		for (;;) {
			const part = check(await page(rows.length)) ?? [];
			if (part.length === 0) return rows;
			rows.push(...part);
		}
	};
	return {
		upsert: async ({ table, rows, onConflict, isAddOnly }) => {
			const options = { onConflict, ignoreDuplicates: isAddOnly };
			const request = client.from(table);
			request.url.searchParams.set("columns", columnsOf(rows));
			// The client would ask every row for its columns, and copy its list of them with each; here all rows have the same.
			const body = { toJSON: () => rows };
			check(await request.upsert(body, options));
		},
		changedSessions: async (query) => check(await ofOthers(client, "sessions", query)) ?? [],
		deletedSessions: async (query) => check(await ofOthers(client, "deletions", query)) ?? [],
		changedTurns: async (query) => check(await ofOthers(client, "turns", query)) ?? [],
		session: async (id) =>
			(check(await client.from("sessions").select("*").eq("id", id).retry(false)) ?? [])[0],
		turns: (sessionId) =>
			readAll((from) =>
				client
					.from("turns")
					.select("*")
					.eq("session_id", sessionId)
					.order("seq")
					.range(from, from + PAGE_ROWS - 1)
					.retry(false),
			),
		items: (sessionId) =>
			readAll((from) =>
				client
					.from("items")
					.select("*")
					.eq("session_id", sessionId)
					.order("turn_seq")
					.order("position")
					.range(from, from + PAGE_ROWS - 1)
					.retry(false),
			),
	};
}

function ofOthers(client: SupabaseClient, table: "sessions" | "turns" | "deletions", query: ChangeQuery) {
	return client
		.from(table)
		.select(table === "turns" ? "session_id,synced_at" : "*")
		.eq("user_id", query.userId)
		.neq("machine_id", query.machineId)
		.gte("synced_at", query.since)
		.order("synced_at")
		.limit(query.limit)
		.retry(false)
		.overrideTypes<Row[], { merge: false }>();
}

function columnsOf([first]: readonly Row[]): string {
	return Object.keys(first ?? {})
		.map((column) => `"${column}"`)
		.join();
}

/** Whatever stands in between may answer in a shape of its own. */
const errorSchema = z
	.object({ code: z.string().catch(""), message: z.string().catch("") })
	.catch({ code: "", message: "" });

/** Message, details and hint may quote what was sent: none of them is kept. */
export function failureOf(error: unknown, status: number) {
	const { code, message } = errorSchema.parse(error);
	return {
		status,
		...(code === "" || status === 0 ? {} : { code }),
		isRowRule: message.includes("row-level security"),
	};
}
