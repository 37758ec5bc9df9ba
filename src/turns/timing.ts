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
	if (ms <= 0) return timing;
	const more = (each: Activity) => timing[each] + (each === activity ? ms : 0);
	return {
		thinkingMs: more("thinkingMs"),
		streamingMs: more("streamingMs"),
		toolMs: more("toolMs"),
		waitingForPermissionMs: more("waitingForPermissionMs"),
		waitingForUserMs: more("waitingForUserMs"),
	};
}

const ACTIVITIES: readonly Activity[] = [
	"thinkingMs",
	"streamingMs",
	"toolMs",
	"waitingForPermissionMs",
	"waitingForUserMs",
];

/** Whole milliseconds; what took no time is left out. */
export function durationsOf(timing: Timing): Durations {
	const durations: { [K in Activity]?: number } = {};
	for (const name of ACTIVITIES) {
		const ms = Math.round(timing[name]);
		if (ms > 0) durations[name] = ms;
	}
	return durations;
}
