/** How long to wait after a failure. Pure; chance is handed in. */

/** The first pause is up to this. */
const BASE_MS = 1_000;
/** Offline is a normal state: every few minutes is often enough, and goes on for ever. */
const CAP_MS = 5 * 60_000;
/** A pause that a server asks for is kept up to this; more is a mistake. */
const LONGEST_ASKED_MS = 24 * 3_600_000;

/** Kept between processes. Times are milliseconds since the Unix epoch. */
export interface Pause {
	/** Failures in a row, from 1. */
	readonly attempt: number;
	readonly since: number;
	readonly until: number;
	readonly reason: string;
}

/** Full jitter: anything between nothing and the doubled pause, and never less than the server asked for. */
export function nextPause(facts: {
	readonly previous: Pause | undefined;
	readonly now: number;
	/** From 0 to 1. */
	readonly chance: number;
	readonly askedMs?: number | undefined;
	readonly reason: string;
}): Pause {
	const { previous, now, chance, askedMs = 0, reason } = facts;
	const attempt = (previous?.attempt ?? 0) + 1;
	const widest = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt - 1, 30));
	const asked = Math.min(Math.max(askedMs, 0), LONGEST_ASKED_MS);
	return { attempt, since: now, until: now + Math.ceil(Math.max(asked, chance * widest)), reason };
}

/** Milliseconds still to wait. A clock that was set back does not prolong the pause. */
export function pauseLeft(pause: Pause | undefined, now: number): number {
	if (pause === undefined || now < pause.since) return 0;
	return Math.max(0, pause.until - now);
}

/** `Retry-After`: seconds or a date, in milliseconds from now. */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
	if (header === null) return undefined;
	if (/^\d+$/.test(header.trim())) return Number(header.trim()) * 1000;
	const at = Date.parse(header);
	return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
