import type { Look } from "../core/look.ts";
import type { Turn } from "../core/turn.ts";
import { itemsOf } from "./items.ts";
import type { OpenTurn } from "./open-turn.ts";
import { durationsOf } from "./timing.ts";

export interface ReportOptions {
	readonly look: Look;
	/** Session start, milliseconds since the Unix epoch. */
	readonly startedAt: number;
}

/** A turn as it is reported: times absolute, entries as items. */
export function toTurn({ startedAt, look }: ReportOptions, turn: OpenTurn, seq: number): Turn {
	const ended = turn.endedAt === undefined ? {} : { endedAt: Math.round(startedAt + turn.endedAt) };
	const recorded = turn.endedAt === undefined ? {} : { toMs: Math.round(turn.endedAt) };
	return {
		seq,
		prompt: turn.prompt,
		startedAt: Math.round(startedAt + turn.startedAt),
		...ended,
		status: turn.status,
		durations: durationsOf(turn.timing),
		source: "terminal",
		recording: { fromMs: Math.round(turn.startedAt), ...recorded },
		recogniser: look.id,
		items: itemsOf(look, turn),
	};
}
