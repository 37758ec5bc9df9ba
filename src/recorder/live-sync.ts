/**
 * Sends a session's turns while it runs, and the rest behind the prompt when it has ended.
 *
 * Everything of it happens after storing, a bounded piece at a time, and none of it can reach the recording: whatever goes
 * wrong here, the turn is in the outbox and another process sends it later.
 */
import type { Store } from "../store/store.ts";
import type { PushOptions, PushOutcome } from "../sync/sync-engine.ts";

export interface Sender {
	push(store: Store["sync"], options: PushOptions): Promise<PushOutcome>;
}

export interface LiveSyncParts {
	readonly store: Store;
	readonly sessionId: string;
	/** Loaded when it is first needed: most of a session's start should not wait for it. */
	readonly loadSender: () => Promise<Sender>;
	readonly wait: (ms: number) => Promise<void>;
	readonly now: () => number;
	/** What waits of other sessions is sent so often; 0: never. */
	readonly restEveryMs: number;
}

export interface LiveSync {
	/** Time passes: sends what has been stored since, unless that is going on already. */
	tick(): void;
	/** The session has ended and is stored. Resolves when it is sent, or when that has to be left to others. */
	finish(): Promise<void>;
}

/** A finished turn is to be seen elsewhere within two seconds. */
const EVERY_MS = 1_000;
/** A piece of a running session, small enough to be no burden. */
const LIVE_BATCHES = 1;
/** Of other sessions' backlog: a few seconds' work. */
const REST_BATCHES = 20;
/** A process that nobody sees must come to an end; what is left goes with the next sync. */
const FINISH_WITHIN_MS = 30_000;
/** Another process syncs, or the network is away: looked at again so often until then. */
const TRY_AGAIN_MS = 2_000;

export function createLiveSync(parts: LiveSyncParts): LiveSync {
	let sending: Promise<PushOutcome | undefined> | undefined;
	let lastAt = parts.now();
	let restAt = lastAt;
	let sender: Promise<Sender> | undefined;
	const send = (options: PushOptions) => {
		sender ??= parts.loadSender();
		sending = sender
			.then((loaded) => loaded.push(parts.store.sync, options))
			.catch(() => undefined) // Nobody signed in, a store that is busy: the outbox keeps it.
			.finally(() => {
				sending = undefined;
			});
		return sending;
	};
	return {
		tick: () => {
			const now = parts.now();
			if (sending !== undefined || now - lastAt < EVERY_MS) return;
			lastAt = now;
			if (isSomethingWaiting(parts)) void send({ batches: LIVE_BATCHES, sessionId: parts.sessionId });
			else if (parts.restEveryMs > 0 && now - restAt >= parts.restEveryMs) {
				restAt = now;
				void send({ batches: REST_BATCHES });
			}
		},
		finish: async () => {
			const end = parts.now() + FINISH_WITHIN_MS;
			await sending;
			while (parts.now() < end && isSomethingWaiting(parts)) {
				const outcome = await send({ isStopped: () => parts.now() >= end, sessionId: parts.sessionId });
				if (outcome === undefined || isForGood(outcome)) return;
				if (outcome.kind !== "done") await parts.wait(Math.min(TRY_AGAIN_MS, Math.max(0, end - parts.now())));
			}
		},
	};
}

function isSomethingWaiting({ store, sessionId }: LiveSyncParts): boolean {
	return store.sync.outbox.next({ changes: 1, bytes: 0, sessionId }).length > 0;
}

/** Trying again would change nothing. */
function isForGood({ kind }: PushOutcome): boolean {
	return kind === "signed-out" || kind === "schema" || kind === "rejected" || kind === "stopped";
}
