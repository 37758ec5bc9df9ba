import type { Durations } from "../core/turn.ts";

/** What a turn spent its time on, in milliseconds, added up frame by frame. */
export type Timing = Readonly<Required<Durations>>;

export type Activity = keyof Timing;

export const NO_TIME: Timing = {
	thinkingMs: 0,
	streamingMs: 0,
	toolMs: 0,
	waitingForPermissionMs: 0,
	waitingForUserMs: 0,
};

export function addTime(timing: Timing, activity: Activity, ms: number): Timing {
	return ms <= 0 ? timing : { ...timing, [activity]: timing[activity] + ms };
}

/** Whole milliseconds; what took no time is left out. */
export function durationsOf(timing: Timing): Durations {
	const known = Object.entries(timing).filter(([, ms]) => Math.round(ms) > 0);
	return Object.fromEntries(known.map(([name, ms]) => [name, Math.round(ms)]));
}
