/** What one process leaves for the next about how syncing went. */
import * as z from "zod";
import type { SyncStore } from "../store/sync-store.ts";

const pauseSchema = z.object({
	attempt: z.number(),
	since: z.number(),
	until: z.number(),
	reason: z.string(),
	/** The server asked for it: not even a person's impatience shortens it. */
	isAsked: z.boolean(),
});

export type KeptPause = z.infer<typeof pauseSchema>;

export function readPause(store: SyncStore): KeptPause | undefined {
	const text = store.readState("pause");
	return text === undefined ? undefined : pauseSchema.parse(JSON.parse(text));
}

export function writePause(store: SyncStore, pause: KeptPause): void {
	store.writeState("pause", JSON.stringify(pause));
}

/** Something has arrived: the pause is over, the next one short again. */
export function writeSuccess(store: SyncStore, now: number): void {
	store.writeState("pause", undefined);
	store.writeState("success", String(now));
}

/** Milliseconds since the Unix epoch. */
export function readSuccess(store: SyncStore): number | undefined {
	const text = store.readState("success");
	return text === undefined ? undefined : Number(text);
}
