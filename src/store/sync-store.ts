/** What syncing asks of the store. */
import type { Masked } from "../core/masked.ts";

/** Which change of what: enough to say that it has arrived, or that it cannot. */
export interface ChangeKey {
	readonly sessionId: string;
	/** 0: the session itself. */
	readonly seq: number;
	readonly version: number;
}

/** Columns of a session or a turn, JSON as it is kept. Times are milliseconds since the Unix epoch. */
export type Cells = Readonly<Record<string, string | number | null>>;

export interface ChangedItem {
	readonly kind: string;
	readonly name: string | null;
	readonly status: string | null;
	readonly source: string | null;
	readonly body: string | null;
	/** JSON when `facts` says so, else text. */
	readonly input: string | null;
	readonly output: string | null;
	/** JSON. */
	readonly facts: string | null;
}

/** One thing that the remote side has not got yet, as it is now. */
export type Change = ChangeKey &
	(
		| { readonly kind: "session"; readonly cells: Cells }
		| {
				readonly kind: "turn";
				readonly id: string;
				readonly prompt: string;
				readonly cells: Cells;
				readonly items: readonly ChangedItem[];
		  }
		| { readonly kind: "deletion" }
		| { readonly kind: "withdrawal" }
	);

/** A session of another machine. JSON columns are values here, so that masking sees what is in them. */
export interface PulledSession {
	readonly id: string;
	readonly cells: Readonly<Record<string, unknown>>;
	readonly turns: readonly PulledTurn[];
}

export interface PulledTurn {
	readonly id: string;
	readonly seq: number;
	readonly prompt: string;
	readonly cells: Readonly<Record<string, unknown>>;
	readonly items: readonly Readonly<Record<string, unknown>>[];
}

export interface OutboxCounts {
	readonly sessions: number;
	readonly turns: number;
	readonly deletions: number;
	/** Turns that still run: they are sent when they have ended. */
	readonly running: number;
	readonly setAside: number;
}

export interface SetAside extends ChangeKey {
	readonly error: string;
}

export interface Outbox {
	/** What is to be sent next, running sessions first, a session before its turns; each text at most once. */
	next(limits: OutboxLimits): Change[];
	/** What has arrived. What changed meanwhile stays. */
	settle(changes: readonly ChangeKey[]): void;
	/** It cannot be sent as it is; the reason holds nothing of its content. */
	setAside(change: ChangeKey, reason: string): void;
	listSetAside(limit: number): SetAside[];
	/** Gives what was set aside another chance; says how many. */
	retrySetAside(): number;
	counts(): OutboxCounts;
	/** Sends the sessions' own rows again; without ids: everything, turns as well. */
	resend(sessionIds?: readonly string[]): void;
}

export interface OutboxLimits {
	readonly changes: number;
	/** Of text, about; the first change is given whatever its size. */
	readonly bytes: number;
	/** Only what belongs to this session. */
	readonly sessionId?: string | undefined;
	/** What is on its way at the moment, whatever its version. */
	readonly except?: readonly ChangeKey[] | undefined;
}

export type ShareKind = "session" | "directory" | "remote";

export interface ShareRule {
	readonly kind: ShareKind;
	readonly value: string;
	/** Absent: private, whatever a wider rule says. */
	readonly teamId?: string;
}

export interface LeaseHolder {
	/** Of this process and no other. */
	readonly holder: string;
	readonly pid: number;
	readonly bootId?: string | undefined;
	/** Milliseconds since the Unix epoch. */
	readonly now: number;
	readonly lastsMs: number;
	readonly isAlive: (pid: number, bootId: string | undefined) => boolean;
}

export interface SyncStore {
	readonly outbox: Outbox;
	/** Small facts that outlive a process. */
	readState(name: string): string | undefined;
	writeState(name: string, value: string | undefined): void;
	/** Made once for each database; says which machine a session comes from. */
	machineId(): string;
	/** Takes or renews the right to sync; false: another live process has it. */
	holdLease(holder: LeaseHolder): boolean;
	releaseLease(holder: string): void;
	readShareRules(): ShareRule[];
	/** `team` undefined removes the rule; null makes what it fits private. Sends again what it fits. */
	setShareRule(rule: Omit<ShareRule, "teamId">, teamId: string | null | undefined): void;
	/** Makes the session equal to what another machine sent, without sending it back. False: a change of one's own waits. */
	savePulled(session: Masked<PulledSession>): boolean;
	/** Deletes what another machine deleted. */
	removePulled(sessionId: string): boolean;
}
