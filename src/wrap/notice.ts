import type { LinkFailure } from "./recorder-link.ts";

/** The one line after a session that was not recorded, or not to its end. */
export function failureNotice(failure: LinkFailure, startedAt: number): string {
	const time = new Date(startedAt + failure.at).toTimeString().slice(0, 8);
	return `ctrace: this session was not recorded after ${time}: ${failure.reason}`;
}

export function unrecordedNotice(reason: string): string {
	return `ctrace: this session was not recorded: ${reason}`;
}

/** After a session whose recording was paused; undefined where it never was. */
export function pauseNotice(pauses: {
	readonly isPaused: boolean;
	readonly count: number;
}): string | undefined {
	if (pauses.count === 0) return undefined;
	if (pauses.isPaused) return "ctrace: this session was recorded until it was paused";
	const times = pauses.count === 1 ? "once" : `${pauses.count} times`;
	return `ctrace: this session was recorded, but for what was paused (${times})`;
}
