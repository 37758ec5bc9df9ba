/**
 * What is known about a component between two events. Pure: the time comes in with the event.
 *
 *   waiting ──begin──► running ──succeed / fail──► waiting
 *
 * `due` and `since` are monotonic milliseconds: the wall clock may jump, a schedule must not. Times for people are
 * milliseconds since the Unix epoch, kept apart.
 */

/** Two readings of one moment. */
export interface Moment {
	readonly wall: number;
	readonly mono: number;
}

export type Phase =
	| { readonly kind: "waiting"; readonly due: number }
	| {
			readonly kind: "running";
			readonly since: number;
			/** It was woken while it ran: what it saw may be out of date when it ends. */
			readonly isWoken: boolean;
			/** When it was told to come to an end, because it took too long. */
			readonly stopAskedAt?: number;
	  };

export interface Failure {
	readonly at: number;
	/** An error's code, or how the process ended. */
	readonly code: string;
}

export interface ComponentState {
	readonly phase: Phase;
	readonly runs: number;
	/** Failures since the last success. */
	readonly failures: number;
	readonly lastSuccess?: { readonly at: number; readonly durationMs: number };
	readonly lastFailure?: Failure;
	readonly queue?: number;
}

export interface Rhythm {
	readonly intervalMs: number;
	/** Between 0 and 1: where in the range of a back-off the next try falls. */
	readonly chance: number;
}

const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 15 * 60_000; // whoever mends the cause does not wait longer than that
/** A woken component that was just at it gets a breath, so that it cannot run without a pause. */
const BREATH_MS = 250;

export function begin(state: ComponentState, now: Moment): ComponentState {
	return {
		...state,
		runs: state.runs + 1,
		phase: { kind: "running", since: now.mono, isWoken: false },
	};
}

export function succeed(
	state: ComponentState,
	result: { readonly queue?: number | undefined },
	now: Moment,
	{ intervalMs }: Rhythm,
): ComponentState {
	const { phase, runs } = state;
	const isWoken = phase.kind === "running" && phase.isWoken;
	const durationMs = phase.kind === "running" ? now.mono - phase.since : 0;
	return {
		runs,
		failures: 0,
		phase: { kind: "waiting", due: now.mono + (isWoken ? BREATH_MS : intervalMs) },
		lastSuccess: { at: now.wall, durationMs: Math.round(durationMs) },
		...(state.lastFailure === undefined ? {} : { lastFailure: state.lastFailure }),
		...(result.queue === undefined ? {} : { queue: result.queue }),
	};
}

export function fail(
	state: ComponentState,
	{ code, queue }: { readonly code: string; readonly queue?: number | undefined },
	now: Moment,
	rhythm: Rhythm,
): ComponentState {
	const failures = state.failures + 1;
	return {
		...state,
		...(queue === undefined ? {} : { queue }),
		failures,
		lastFailure: { at: now.wall, code },
		phase: { kind: "waiting", due: now.mono + retryDelay(failures, rhythm.chance) },
	};
}

/** Doubles with each failure, with half of it left to chance so that many do not come back at once. */
export function retryDelay(failures: number, chance: number): number {
	const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 20));
	return Math.round(longest * (0.5 + chance / 2));
}

/** Something happened that makes a run worth while. It does not shorten the pause after a failure. */
export function wake(state: ComponentState, now: Moment): ComponentState {
	const { phase } = state;
	if (phase.kind === "running") return { ...state, phase: { ...phase, isWoken: true } };
	if (state.failures > 0) return state;
	return makeDue(state, now);
}

/** A person asks for it: now, whatever happened before. */
export function makeDue(state: ComponentState, now: Moment): ComponentState {
	const { phase } = state;
	if (phase.kind === "running") return { ...state, phase: { ...phase, isWoken: true } };
	return { ...state, phase: { kind: "waiting", due: Math.min(phase.due, now.mono) } };
}

/** Its interval became shorter while it waits. A pause after a failure is no interval. */
export function hasten(state: ComponentState, now: Moment, intervalMs: number): ComponentState {
	const { phase } = state;
	if (phase.kind === "running" || state.failures > 0) return state;
	return { ...state, phase: { kind: "waiting", due: Math.min(phase.due, now.mono + intervalMs) } };
}

/** `ms` passed that the monotonic clock did not see: the machine slept, or its clock was set forward. */
export function skipTime(state: ComponentState, ms: number): ComponentState {
	const { phase } = state;
	return phase.kind === "waiting" ? { ...state, phase: { kind: "waiting", due: phase.due - ms } } : state;
}

export function askToStop(state: ComponentState, now: Moment): ComponentState {
	const { phase } = state;
	return phase.kind === "running" ? { ...state, phase: { ...phase, stopAskedAt: now.mono } } : state;
}

/** What is kept over the daemon's end. */
export interface SavedState {
	readonly failures: number;
	readonly lastSuccess?: ComponentState["lastSuccess"] | undefined;
	readonly lastFailure?: Failure | undefined;
	readonly queue?: number | undefined;
}

/** After a start: due when its interval has passed since the last success, as far as the wall clock can be trusted. */
export function resumeState(saved: SavedState | undefined, now: Moment, intervalMs: number): ComponentState {
	const since = now.wall - (saved?.lastSuccess?.at ?? Number.NEGATIVE_INFINITY);
	const isRecent = since >= 0 && since < intervalMs && saved?.failures === 0;
	const due = now.mono + (isRecent ? intervalMs - since : 0);
	const { failures = 0, lastSuccess, lastFailure, queue } = saved ?? {};
	return {
		failures,
		runs: 0,
		phase: { kind: "waiting", due },
		...(lastSuccess === undefined ? {} : { lastSuccess }),
		...(lastFailure === undefined ? {} : { lastFailure }),
		...(queue === undefined ? {} : { queue }),
	};
}
