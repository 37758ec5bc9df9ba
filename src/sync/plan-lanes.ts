/** Changes in two lanes that may be sent at once: nothing of one session is in both. Pure. */
import type { Change } from "../store/sync-store.ts";

export function planLanes(changes: readonly Change[]): readonly [readonly Change[], readonly Change[]] {
	const middle = changes[changes.length >> 1]?.sessionId;
	const edge = changes.findIndex(({ sessionId }) => sessionId === middle);
	// All of one session at the front: the second half of the rest goes alone.
	const end = edge > 0 ? edge : changes.findIndex(({ sessionId }) => sessionId !== middle);
	if (end <= 0) return [changes, []];
	const first = new Set(changes.slice(0, end).map(({ sessionId }) => sessionId));
	return [
		changes.filter(({ sessionId }) => first.has(sessionId)),
		changes.filter(({ sessionId }) => !first.has(sessionId)),
	];
}
