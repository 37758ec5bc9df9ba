/** What the team's sessions are read by, over PostgREST: the rules of the project decide which ones there are. */
import type { SupabaseClient } from "@supabase/supabase-js";
import type { PulledSession } from "../store/sync-store.ts";
import { explained } from "./explained.ts";
import { pulledSession } from "./plan-pull.ts";
import type { Row } from "./plan-rows.ts";
import { type Remote, RemoteFailure } from "./remote.ts";
import { failureOf } from "./supabase-remote.ts";

export interface TeamChange {
	readonly session: PulledSession;
	readonly turns: number;
	readonly firstPrompt?: string;
	/** When it, or one of its turns, was sent last, as far as it was asked; by the other side's clock. */
	readonly changedAt: string;
}

export interface FoundPrompt {
	readonly sessionId: string;
	readonly seq: number;
	readonly prompt: string;
	/** Milliseconds since the Unix epoch. */
	readonly at: number;
}

export interface TurnVersion {
	readonly seq: number;
	readonly revision: number;
}

/** Every method throws a `CtraceError`: `offline`, `signed-out`, `remote`. */
export interface TeamQueries {
	/** All that may be seen, in pages of any length, in no order. */
	all(): AsyncIterable<readonly TeamChange[]>;
	/** The moment of the last change of any, by the other side's clock; undefined: there is none. */
	lastChange(): Promise<string | undefined>;
	/** Sessions that changed, or a turn of which did, at the moment or later. Empty: nothing did. */
	changedSince(moment: string): Promise<readonly TeamChange[]>;
	count(): Promise<number>;
	ids(): Promise<ReadonlySet<string>>;
	/** With all its turns; undefined: it is gone, or may not be seen. */
	whole(id: string): Promise<PulledSession | undefined>;
	versions(id: string): Promise<readonly TurnVersion[]>;
	/** Prompts that hold all the words, the newest first. */
	findPrompts(words: readonly string[], limit: number): Promise<readonly FoundPrompt[]>;
}

const PAGE = 1000;
/** Ids in one address. */
const TOGETHER = 100;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

export function createTeamQueries(client: SupabaseClient, remote: Remote): TeamQueries {
	return explainedAll({
		all: () => readAll(client),
		lastChange: async () => {
			const [session] = await rows(newest(client, "sessions"));
			const [turn] = await rows(newest(client, "turns"));
			return [session?.synced_at, turn?.synced_at]
				.filter((at) => typeof at === "string")
				.sort()
				.at(-1);
		},
		changedSince: (moment) => readChanged(client, moment),
		count: async () => {
			const { count, error, status } = await client
				.from("sessions")
				.select("id", { count: "exact", head: true })
				.retry(false);
			if (error !== null) throw new RemoteFailure(failureOf(error, status));
			return count ?? 0;
		},
		ids: async () => {
			const known = await keyset((after) => byId(client.from("sessions").select("id"), after));
			return new Set(known.map(({ id }) => String(id)));
		},
		whole: async (id) => {
			const session = await remote.session(id);
			if (session === undefined) return undefined;
			return pulledSession(session, await remote.turns(id), await remote.items(id));
		},
		versions: (id) => readVersions(client, id),
		findPrompts: (words, limit) => findPrompts(client, words, limit),
	});
}

async function readChanged(client: SupabaseClient, moment: string): Promise<TeamChange[]> {
	const sessions = await paged((from) =>
		since(client.from("sessions").select("id, synced_at"), moment, from),
	);
	const turns = await paged((from) =>
		since(client.from("turns").select("id:session_id, synced_at"), moment, from),
	);
	const latest = new Map<string, string>();
	for (const { id, synced_at: at } of [...sessions, ...turns])
		if (String(at) > (latest.get(String(id)) ?? "")) latest.set(String(id), String(at));
	const found = await readSome(client, [...latest.keys()]);
	return found.map((change) => ({ ...change, changedAt: latest.get(change.session.id) ?? "" }));
}

async function readVersions(client: SupabaseClient, id: string): Promise<TurnVersion[]> {
	const found = await paged((from) =>
		client
			.from("turns")
			.select("seq, version")
			.eq("session_id", id)
			.eq("is_withdrawn", false)
			.order("seq")
			.range(from, from + PAGE - 1)
			.retry(false),
	);
	return found.map(({ seq, version }) => ({ seq: Number(seq), revision: Number(version) }));
}

async function findPrompts(
	client: SupabaseClient,
	words: readonly string[],
	limit: number,
): Promise<FoundPrompt[]> {
	const all = client
		.from("turns")
		.select("session_id, seq, prompt, started_at")
		.eq("is_withdrawn", false)
		.neq("prompt_kind", "none");
	const held = words.reduce((query, word) => query.ilike("prompt", `%${literal(word)}%`), all);
	const found = await rows(held.order("started_at", { ascending: false }).limit(limit).retry(false));
	return found.map((row) => ({
		sessionId: String(row.session_id),
		seq: Number(row.seq),
		prompt: String(row.prompt),
		at: Date.parse(String(row.started_at)),
	}));
}

/** Failures of the other side, in words that say what to do. */
function explainedAll(queries: TeamQueries): TeamQueries {
	return {
		all: async function* () {
			const pages = queries.all()[Symbol.asyncIterator]();
			for (;;) {
				const { value, done } = await explained(() => pages.next());
				if (done === true) return;
				yield value;
			}
		},
		lastChange: () => explained(queries.lastChange),
		changedSince: (moment) => explained(() => queries.changedSince(moment)),
		count: () => explained(queries.count),
		ids: () => explained(queries.ids),
		whole: (id) => explained(() => queries.whole(id)),
		versions: (id) => explained(() => queries.versions(id)),
		findPrompts: (words, limit) => explained(() => queries.findPrompts(words, limit)),
	};
}

type Answer = PromiseLike<{ readonly data: unknown; readonly error: unknown; readonly status: number }>;

async function rows(question: Answer): Promise<Row[]> {
	const { data, error, status } = await question;
	if (error !== null) throw new RemoteFailure(failureOf(error, status));
	return (data ?? []) as Row[];
}

async function paged(page: (from: number) => Answer): Promise<Row[]> {
	const all: Row[] = [];
	for (;;) {
		const part = await rows(page(all.length));
		all.push(...part);
		// A project may allow shorter pages than ours: only an empty one is the last.
		if (part.length === 0) return all;
	}
}

async function keyset(page: (after: string) => Answer): Promise<Row[]> {
	const all: Row[] = [];
	for (let after = BEFORE_ALL; ; after = String(all.at(-1)?.id)) {
		const part = await rows(page(after));
		if (part.length === 0) return all;
		all.push(...part);
	}
}

async function* readAll(client: SupabaseClient): AsyncGenerator<readonly TeamChange[]> {
	for (let after = BEFORE_ALL; ; ) {
		const sessions = await rows(byId(client.from("sessions").select("*"), after));
		const last = sessions.at(-1);
		if (last === undefined) return;
		yield await withOverview(client, sessions);
		after = String(last.id);
	}
}

async function readSome(client: SupabaseClient, ids: readonly string[]): Promise<TeamChange[]> {
	const found: TeamChange[] = [];
	for (let from = 0; from < ids.length; from += TOGETHER) {
		const some = ids.slice(from, from + TOGETHER);
		const sessions = await rows(client.from("sessions").select("*").in("id", some).retry(false));
		found.push(...(await withOverview(client, sessions)));
	}
	return found;
}

/** How many turns there are, and the first prompt, stand in a view. */
async function withOverview(client: SupabaseClient, sessions: readonly Row[]): Promise<TeamChange[]> {
	const overviews = new Map<string, Row>();
	for (let from = 0; from < sessions.length; from += TOGETHER) {
		const ids = sessions.slice(from, from + TOGETHER).map(({ id }) => String(id));
		const view = client.from("session_overview").select("id, turn_count, first_prompt");
		for (const row of await rows(view.in("id", ids).retry(false))) overviews.set(String(row.id), row);
	}
	return sessions.map((session) => {
		const overview = overviews.get(String(session.id));
		const first = overview?.first_prompt;
		return {
			session: pulledSession(session, [], []),
			turns: Number(overview?.turn_count ?? 0),
			changedAt: String(session.synced_at),
			...(typeof first === "string" ? { firstPrompt: first } : {}),
		};
	});
}

function newest(client: SupabaseClient, table: "sessions" | "turns"): Answer {
	return client
		.from(table)
		.select("synced_at")
		.order("synced_at", { ascending: false })
		.limit(1)
		.retry(false);
}

interface Narrowed {
	gte(column: string, value: string): Narrowed;
	gt(column: string, value: string): Narrowed;
	order(column: string): Narrowed;
	limit(count: number): Narrowed;
	range(from: number, to: number): Narrowed;
	retry(isWanted: boolean): Answer;
}

function since(query: Narrowed, moment: string, from: number): Answer {
	return query
		.gte("synced_at", moment)
		.order("synced_at")
		.range(from, from + PAGE - 1)
		.retry(false);
}

function byId(query: Narrowed, after: string): Answer {
	return query.gt("id", after).order("id").limit(PAGE).retry(false);
}

/** What stands for itself in a pattern of `like`. */
function literal(word: string): string {
	return word.replace(/[\\%_]/g, "\\$&");
}
