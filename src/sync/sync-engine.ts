/**
 * Empties the outbox, as far as it goes at the moment.
 *
 *   lease ─► batch ─► send ─► strike out ─► batch …  until nothing waits
 *                      │
 *                      └ failed ─► a pause, kept for all processes and the next one
 *
 * Whatever is interrupted, and wherever: what was not struck out is sent again, and the remote side takes it once.
 */
import type { Clock } from "../core/clock.ts";
import type { Change, SyncStore } from "../store/sync-store.ts";
import { nextPause, type Pause, pauseLeft } from "./plan-backoff.ts";
import { planLanes } from "./plan-lanes.ts";
import type { PushContext } from "./plan-push.ts";
import { type PushTally, pushChanges } from "./push.ts";
import { type Remote, RemoteFailure } from "./remote.ts";
import { readPause, writePause, writeSuccess } from "./sync-notes.ts";

export interface SyncParts {
	readonly store: SyncStore;
	readonly remote: Remote;
	readonly clock: Clock;
	/** From 0 to 1, anew each time. */
	readonly chance: () => number;
	readonly process: SyncProcess;
	readonly userId: string;
	readonly shareWith?: string | undefined;
}

/** Who asks for the lease. */
export interface SyncProcess {
	readonly holder: string;
	readonly pid: number;
	readonly bootId?: string | undefined;
	readonly isAlive: (pid: number, bootId: string | undefined) => boolean;
}

export interface PushOptions {
	/** Only what belongs to this session. */
	readonly sessionId?: string | undefined;
	/** At most so many batches; absent: until nothing waits. */
	readonly batches?: number;
	/** A person is asking: a pause that no server asked for is over. */
	readonly isEager?: boolean;
	readonly isStopped?: () => boolean;
	readonly onProgress?: (progress: PushProgress) => void;
}

export interface PushProgress {
	/** Sessions, turns and deletions that have arrived. */
	readonly sent: number;
	/** Of text, about. */
	readonly sentBytes: number;
	readonly setAside: number;
}

export type PushOutcome = PushProgress &
	(
		| { readonly kind: "done" | "stopped" | "busy" }
		| { readonly kind: "waiting"; readonly waitMs: number; readonly reason: string }
		| { readonly kind: "signed-out" | "schema" | "rejected"; readonly reason: string }
	);

/** Small enough to be sent twice without regret, large enough that the way there hardly counts. */
const BATCH = { changes: 300, bytes: 500_000 } as const;
/** A holder that is at work renews it with every batch. */
const LEASE_MS = 60_000;
/** So many set aside and not one accepted: it is not the rows. */
const MAX_REJECTED = 40;

export async function pushAll(parts: SyncParts, options: PushOptions = {}): Promise<PushOutcome> {
	const none = { sent: 0, sentBytes: 0, setAside: 0 };
	const pause = readPause(parts.store);
	const waitMs = pauseLeft(pause, parts.clock.now());
	if (pause !== undefined && waitMs > 0 && !(options.isEager === true && !pause.isAsked))
		return { ...none, kind: "waiting", waitMs, reason: pause.reason };
	if (!holdLease(parts)) return { ...none, kind: "busy" };
	try {
		return await drain(parts, options);
	} finally {
		parts.store.releaseLease(parts.process.holder);
	}
}

function holdLease({ store, clock, process: asking }: SyncParts): boolean {
	return store.holdLease({ ...asking, now: clock.now(), lastsMs: LEASE_MS });
}

async function drain(parts: SyncParts, options: PushOptions): Promise<PushOutcome> {
	let progress: PushProgress = { sent: 0, sentBytes: 0, setAside: 0 };
	for (let left = options.batches ?? Number.POSITIVE_INFINITY; left > 0; left -= 1) {
		if (options.isStopped?.() === true) return { ...progress, kind: "stopped" };
		if (!holdLease(parts)) return { ...progress, kind: "busy" };
		const changes = nextBatch(parts.store, options.sessionId);
		if (changes.length === 0) return { ...progress, kind: "done" };
		try {
			for (const { sent, setAside } of await pushLanes(parts, changes))
				progress = { ...progress, sent: progress.sent + sent, setAside: progress.setAside + setAside };
			progress = { ...progress, sentBytes: progress.sentBytes + weighChanges(changes) };
		} catch (error) {
			return { ...progress, ...fail(parts, error) };
		}
		if (progress.sent === 0 && progress.setAside >= MAX_REJECTED)
			return { ...progress, kind: "rejected", reason: "the project takes nothing of what is sent" };
		writeSuccess(parts.store, parts.clock.now());
		options.onProgress?.(progress);
	}
	return { ...progress, kind: "stopped" };
}

function nextBatch(store: SyncStore, sessionId: string | undefined): Change[] {
	return store.outbox.next(sessionId === undefined ? BATCH : { ...BATCH, sessionId });
}

/** The database works on one half while the other is on its way. What belongs to one session stays in order. */
async function pushLanes(parts: SyncParts, changes: readonly Change[]): Promise<readonly PushTally[]> {
	const push = { ...parts, context: contextOf(parts) };
	const lanes = planLanes(changes).filter((lane) => lane.length > 0);
	const ends = await Promise.allSettled(lanes.map((lane) => pushChanges(push, lane)));
	return ends.map((end) => {
		if (end.status === "rejected") throw end.reason;
		return end.value;
	});
}

function contextOf({ store, userId, shareWith }: SyncParts): PushContext {
	return { userId, shareWith, machineId: store.machineId(), rules: store.readShareRules() };
}

type Failed = Extract<PushOutcome, { readonly reason: string }>;

/** A failure that is nobody's fault becomes a pause; one that somebody must mend is told. */
function fail(parts: SyncParts, error: unknown): DistributiveOmit<Failed, keyof PushProgress> {
	if (!(error instanceof RemoteFailure)) throw error;
	if (error.verdict === "sign-in") return { kind: "signed-out", reason: error.message };
	if (error.verdict === "schema") return { kind: "schema", reason: error.message };
	const pause: Pause = nextPause({
		previous: readPause(parts.store),
		now: parts.clock.now(),
		chance: parts.chance(),
		askedMs: error.retryAfterMs,
		reason: error.message,
	});
	writePause(parts.store, { ...pause, isAsked: error.retryAfterMs !== undefined });
	return { kind: "waiting", waitMs: pause.until - pause.since, reason: error.message };
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

function weighChanges(changes: readonly Change[]): number {
	let bytes = 0;
	for (const change of changes) {
		if (change.kind !== "turn") continue;
		bytes += change.prompt.length;
		for (const { body, input, output } of change.items)
			bytes += (body?.length ?? 0) + (input?.length ?? 0) + (output?.length ?? 0);
	}
	return bytes;
}
