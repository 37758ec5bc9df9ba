/**
 * Empties the outbox, as far as it goes at the moment.
 *
 *   lease ─► batch ─► send ─► strike out ─► batch …  until nothing waits
 *                      │└ meanwhile: read the next one
 *                      └ failed ─► a pause, kept for all processes and the next one
 *
 * Whatever is interrupted, and wherever: what was not struck out is sent again, and the remote side takes it once.
 */
import { setImmediate as letOthersRun } from "node:timers/promises";
import type { Clock } from "../core/clock.ts";
import type { Change, OutboxLimits, SyncStore } from "../store/sync-store.ts";
import { nextPause, type Pause, pauseLeft } from "./plan-backoff.ts";
import { type BatchSize, LARGEST_BATCH, nextBatchSize } from "./plan-batch.ts";
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

const LEASE_MS = 60_000;
/** A holder that is at work renews it so often; each time costs a write that is waited for. */
const RENEW_MS = 10_000;
/** How often at most it is noted that something has arrived. */
const NOTE_MS = 1000;
/** So many turns of the event loop until a request is written to its socket. */
const TURNS_TO_SEND = 3;
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
	let size = LARGEST_BATCH;
	let ahead: readonly Change[] = [];
	const keeper = createKeeper(parts);
	for (let left = options.batches ?? Number.POSITIVE_INFINITY; left > 0; left -= 1) {
		if (options.isStopped?.() === true) return { ...progress, kind: "stopped" };
		if (!keeper.holdLease()) return { ...progress, kind: "busy" };
		const changes = ahead.length > 0 ? ahead : nextBatch(parts.store, size, options);
		if (changes.length === 0) return { ...progress, kind: "done" };
		const began = parts.clock.now();
		try {
			const batch = await sendBatch(parts, changes, { ...options, size, isLast: left === 1 });
			ahead = batch.ahead;
			progress = add(progress, batch.tally, weighChanges(changes));
		} catch (error) {
			return { ...progress, ...fail(parts, error) };
		}
		if (isRejected(progress))
			return { ...progress, kind: "rejected", reason: "the project takes nothing of what is sent" };
		keeper.noteSuccess();
		size = nextBatchSize(size, parts.clock.now() - began);
		options.onProgress?.(progress);
	}
	return { ...progress, kind: "stopped" };
}

function isRejected({ sent, setAside }: PushProgress): boolean {
	return sent === 0 && setAside >= MAX_REJECTED;
}

/** What is written while a drain goes on: not with every batch, because each time is waited for until it is on the disk. */
function createKeeper(parts: SyncParts) {
	const isRenewalDue = every(RENEW_MS, parts.clock);
	const isNoteDue = every(NOTE_MS, parts.clock);
	return {
		holdLease: () => !isRenewalDue() || holdLease(parts),
		noteSuccess: () => {
			if (isNoteDue()) writeSuccess(parts.store, parts.clock.now());
		},
	};
}

/** True the first time, and then when so much time has gone by, whichever way the clock went. */
function every(ms: number, clock: Clock): () => boolean {
	let last: number | undefined;
	return () => {
		const now = clock.now();
		if (last !== undefined && Math.abs(now - last) < ms) return false;
		last = now;
		return true;
	};
}

type Scope = Pick<OutboxLimits, "sessionId" | "except">;

function nextBatch(store: SyncStore, size: BatchSize, { sessionId, except }: Scope): Change[] {
	return store.outbox.next({ ...size, sessionId, except });
}

interface SentBatch {
	readonly tally: PushTally;
	/** The next batch, as far as it could be read meanwhile. */
	readonly ahead: readonly Change[];
}

async function sendBatch(
	parts: SyncParts,
	changes: readonly Change[],
	{ size, isLast, ...scope }: Scope & { readonly size: BatchSize; readonly isLast: boolean },
): Promise<SentBatch> {
	const sending = pushLanes(parts, changes);
	if (isLast) return { tally: await sending, ahead: [] };
	const reading = readAhead(sending, () => nextBatch(parts.store, size, { ...scope, except: changes }));
	await Promise.allSettled([sending, reading]);
	const tally = await sending;
	// What was read ahead may belong to what was set aside.
	return { tally, ahead: tally.setAside > 0 ? [] : await reading };
}

/** While the database is at work. Not before the requests are on their way: reading holds the process up. */
async function readAhead<T>(sending: Promise<unknown>, read: () => readonly T[]): Promise<readonly T[]> {
	let isOver = false;
	const end = () => {
		isOver = true;
	};
	sending.then(end, end);
	for (let turn = 0; turn < TURNS_TO_SEND && !isOver; turn += 1) await letOthersRun();
	return isOver ? [] : read();
}

/** The database works on one half while the other is on its way. What belongs to one session stays in order. */
async function pushLanes(parts: SyncParts, changes: readonly Change[]): Promise<PushTally> {
	const push = { ...parts, context: contextOf(parts) };
	const lanes = planLanes(changes).filter((lane) => lane.length > 0);
	const ends = await Promise.allSettled(lanes.map((lane) => pushChanges(push, lane)));
	let [sent, setAside] = [0, 0];
	for (const end of ends) {
		if (end.status === "rejected") throw end.reason;
		sent += end.value.sent;
		setAside += end.value.setAside;
	}
	return { sent, setAside };
}

function add(progress: PushProgress, tally: PushTally, bytes: number): PushProgress {
	return {
		sent: progress.sent + tally.sent,
		setAside: progress.setAside + tally.setAside,
		sentBytes: progress.sentBytes + bytes,
	};
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
