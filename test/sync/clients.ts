/** Clients of the stack, as anybody could make them. */
import { randomUUID } from "node:crypto";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { NodeSocket } from "../../src/sync/node-socket.ts";
import { PUBLISHABLE_KEY, type Stack, type StackUser } from "../../test-stack/src/stack.ts";

export function clientOf(stack: Stack, user?: StackUser, key: string = PUBLISHABLE_KEY): SupabaseClient {
	return createClient(stack.url, key, {
		realtime: { transport: NodeSocket },
		auth: { persistSession: false, autoRefreshToken: false },
		...(user === undefined ? {} : { accessToken: async () => user.token }),
	});
}

export interface RemoteSession {
	readonly id: string;
	readonly rows: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A row for each of the tables that hold what was recorded, all of one session. */
export function rowsOf(owner: StackUser, teamId: string | null = null): RemoteSession {
	const id = randomUUID();
	const common = { user_id: owner.id, version: 1 };
	return {
		id,
		rows: {
			sessions: {
				...common,
				id,
				team_id: teamId,
				machine_id: "m",
				agent: "claude-code",
				cwd: "~/app",
				started_at: "2026-01-02T03:04:05Z",
				status: "complete",
			},
			items: { ...common, session_id: id, turn_seq: 1, position: 1, kind: "assistant", text: "answer" },
			turns: {
				...common,
				session_id: id,
				seq: 1,
				id: randomUUID(),
				prompt_kind: "prompt",
				prompt: "question",
				started_at: "2026-01-02T03:04:05Z",
				status: "complete",
				source: "terminal",
				item_count: 1,
			},
			recordings: { ...common, session_id: id, format: "frames", bytes: 10 },
			insights: { ...common, id: randomUUID(), session_id: id, kind: "summary", content: {} },
		},
	};
}

export const RECORD_TABLES = ["sessions", "items", "turns", "recordings", "insights"] as const;

/** Writes the rows as their owner, through PostgREST. */
export async function putSession(client: SupabaseClient, session: RemoteSession): Promise<void> {
	for (const table of RECORD_TABLES) {
		const { error } = await client.from(table).insert(session.rows[table] ?? {});
		if (error !== null) throw error;
	}
}

/** Resolves when the server has said that it listens. */
export function subscribe(
	client: SupabaseClient,
	options: { readonly table: string; readonly take: (change: unknown) => void },
): Promise<string> {
	return new Promise((resolve) => {
		client
			.channel(randomUUID())
			.on("postgres_changes", { event: "*", schema: "public", table: options.table }, options.take)
			.on("system", {}, (message: { readonly status: string }) => resolve(message.status))
			.subscribe();
	});
}
