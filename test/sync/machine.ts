/** A machine of somebody's: a store of its own and the engine in front of the stack. */
import { randomUUID } from "node:crypto";
import { createProjectClient } from "../../src/sync/supabase-client.ts";
import { createSupabaseRemote, notePauses } from "../../src/sync/supabase-remote.ts";
import type { SyncParts } from "../../src/sync/sync-engine.ts";
import { PUBLISHABLE_KEY, type Stack, type StackUser } from "../../test-stack/src/stack.ts";
import { type TemporaryStore, temporaryStore } from "../support/stored-session.ts";

export interface Machine extends TemporaryStore {
	readonly parts: SyncParts;
}

export function startMachine(stack: Stack, user: StackUser, changes: Partial<SyncParts> = {}): Machine {
	const scene = temporaryStore();
	const pauses = notePauses(fetch, scene.clock);
	const tokens = { current: async () => user.token, renew: async () => undefined };
	const client = createProjectClient({ url: stack.url, key: PUBLISHABLE_KEY }, tokens, pauses.fetch);
	return {
		...scene,
		parts: {
			store: scene.store.sync,
			remote: createSupabaseRemote(client, pauses),
			clock: scene.clock,
			chance: () => 0.5,
			process: { holder: randomUUID(), pid: process.pid, isAlive: () => true },
			userId: user.id,
			...changes,
		},
		[Symbol.dispose]: () => scene[Symbol.dispose](),
	};
}
