/** Sends a batch; when something in it will never do, finds out what by halves, and sends the rest. */
import type { Change, SyncStore } from "../store/sync-store.ts";
import { type PushContext, planPush, type RequestLimits } from "./plan-push.ts";
import { type Remote, RemoteFailure } from "./remote.ts";

export interface PushParts {
	readonly store: SyncStore;
	readonly remote: Remote;
	readonly context: PushContext;
}

export interface PushTally {
	readonly sent: number;
	readonly setAside: number;
}

/** What PostgREST takes in one go without trouble, and what costs little to send twice. */
export const REQUEST_LIMITS: RequestLimits = { rows: 4000, bytes: 1_000_000 };

/** SQLSTATE: what it belongs to is not there. */
const MISSING_SESSION = "23503";

/** What arrived is struck from the outbox at once. Throws `RemoteFailure` when going on makes no sense now. */
export async function pushChanges(parts: PushParts, changes: readonly Change[]): Promise<PushTally> {
	try {
		await sendAll(parts, changes);
	} catch (error) {
		if (!(error instanceof RemoteFailure)) throw error;
		return pushRest(parts, changes, error);
	}
	parts.store.outbox.settle(changes);
	return { sent: changes.length, setAside: 0 };
}

async function sendAll({ remote, context }: PushParts, changes: readonly Change[]): Promise<void> {
	for (const request of planPush(changes, context, REQUEST_LIMITS)) await remote.upsert(request);
}

async function pushRest(
	parts: PushParts,
	changes: readonly Change[],
	error: RemoteFailure,
): Promise<PushTally> {
	const [only, ...others] = changes;
	const isSplittable = error.verdict === "reject" || error.verdict === "split";
	if (!isSplittable || only === undefined) throw error;
	if (others.length === 0) return pushAlone(parts, only, error);
	const middle = changes.length >> 1;
	const first = await pushChanges(parts, changes.slice(0, middle));
	const second = await pushChanges(parts, changes.slice(middle));
	return { sent: first.sent + second.sent, setAside: first.setAside + second.setAside };
}

/** The one that it was. A turn whose session somebody removed by hand brings its session back first. */
async function pushAlone(parts: PushParts, change: Change, error: RemoteFailure): Promise<PushTally> {
	const { outbox } = parts.store;
	if (error.failure.code === MISSING_SESSION && change.seq > 0 && !isSessionWaiting(parts, change)) {
		outbox.resend([change.sessionId]);
		return { sent: 0, setAside: 0 };
	}
	// Alone and still too slow: the database is busy, not the row too large.
	if (error.verdict === "split" && error.failure.status !== 413) throw error;
	outbox.setAside(change, error.message);
	return { sent: 0, setAside: 1 };
}

function isSessionWaiting({ store }: PushParts, { sessionId }: Change): boolean {
	const [first] = store.outbox.next({ changes: 1, bytes: 0, sessionId });
	return first?.seq === 0;
}
