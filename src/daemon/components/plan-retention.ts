/** Which sessions have been kept long enough. Pure. */
import { lastMoment } from "../../core/session.ts";
import type { SessionSummary } from "../../store/store.ts";

/** What the last look went by. */
export interface RetentionMark {
	readonly days: number;
	/** Milliseconds since the Unix epoch: what ended before was deleted. */
	readonly before: number;
}

export interface RetentionPlan {
	readonly mark: RetentionMark;
	/** Oldest first. */
	readonly expired: readonly string[];
}

const DAY_MS = 24 * 60 * 60 * 1000;
/**
 * How far the edge moves from one look to the next: a clock that was set years ahead by mistake then costs some days' sessions
 * at most, and not all of them.
 */
const LONGEST_STEP_MS = 2 * DAY_MS;

export function planRetention(
	sessions: readonly SessionSummary[],
	{
		days,
		now,
		last,
	}: { readonly days: number; readonly now: number; readonly last?: RetentionMark | undefined },
): RetentionPlan {
	const wanted = now - days * DAY_MS;
	const before = last?.days === days ? step(last.before, wanted) : wanted;
	const edge = Math.min(wanted, before);
	const old = sessions.filter(
		({ session }) => session.status !== "running" && session.pinned !== true && lastMoment(session) < edge,
	);
	const expired = old.sort((a, b) => lastMoment(a.session) - lastMoment(b.session));
	return { mark: { days, before }, expired: expired.map(({ session }) => session.id) };
}

/** Not back either: a clock that was in the last century for a day would hold it up for years. */
function step(before: number, wanted: number): number {
	return Math.max(before, Math.min(wanted, before + LONGEST_STEP_MS));
}
