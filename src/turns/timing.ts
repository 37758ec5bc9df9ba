import type { Durations } from "../core/turn.ts";

export type Activity = keyof Durations;

/**
 * What a turn spent its time on, in milliseconds. Every frame adds to it: all the forms that a turn takes while it is read share
 * one of these.
 */
export class Timing {
	readonly #spent: Record<Activity, number> = {
		thinkingMs: 0,
		streamingMs: 0,
		toolMs: 0,
		waitingForPermissionMs: 0,
		waitingForUserMs: 0,
	};

	add(activity: Activity, ms: number): void {
		if (ms > 0) this.#spent[activity] += ms;
	}

	of(activity: Activity): number {
		return this.#spent[activity];
	}
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
		const ms = Math.round(timing.of(name));
		if (ms > 0) durations[name] = ms;
	}
	return durations;
}
