import type { Component } from "../component.ts";

const SECOND_MS = 1000;
const DAY_MS = 24 * 60 * 60 * SECOND_MS;

/** What no recorder sent: collected sessions, deletions, what waited for the network. */
export const sync: Component = {
	name: "sync",
	summary: "sends what your Supabase project has not got yet",
	// Nothing to sync with, or not in the background: then it only looks whether that is still so.
	intervalMs: ({ supabase, autoSyncSeconds }) =>
		supabase === undefined || autoSyncSeconds === 0 ? DAY_MS : autoSyncSeconds * SECOND_MS,
	// A backlog of years over a slow line; what has arrived by then stays there.
	limitMs: 60 * 60 * SECOND_MS,
	lingerMs: 0,
	loadWork: async () => (await import("./push-outbox.ts")).pushOutbox,
};
