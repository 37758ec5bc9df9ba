/** Which sessions a model is shown: those of the range in which most was asked. */
import { dayOf } from "../../insights/measure/calendar.ts";
import type { MeasuredSession } from "../../store/figures/figures.ts";
import type { Store } from "../../store/store.ts";
import type { AskedRange } from "./days.ts";

const DAY_MS = 86_400_000;

export interface SessionsToRead {
	readonly sessions: readonly MeasuredSession[];
	/** Sessions of the range beyond the limit. */
	readonly leftOut: number;
}

export function sessionsToRead(store: Store, { from, to, cwd }: AskedRange, limit: number): SessionsToRead {
	const found = store
		.listSessions({
			agent: "claude-code",
			// A day early, because days are local.
			since: (from - 1) * DAY_MS,
			...(cwd === undefined ? {} : { cwd }),
		})
		.filter(({ session, firstPrompt }) => {
			const day = dayOf(session.startedAt);
			return firstPrompt !== undefined && day >= from && day <= to && session.status !== "running";
		})
		.sort((a, b) => b.turnCount - a.turnCount || b.session.startedAt - a.session.startedAt);
	return {
		sessions: found.slice(0, limit).map(({ session }) => store.readSession(session.id)),
		leftOut: Math.max(0, found.length - limit),
	};
}
