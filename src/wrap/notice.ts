import type { LinkFailure } from "./recorder-link.ts";

/** The one line after a session that was not recorded, or not to its end. */
export function failureNotice(failure: LinkFailure, startedAt: number): string {
	const time = new Date(startedAt + failure.at).toTimeString().slice(0, 8);
	return `ctrace: this session was not recorded after ${time}: ${failure.reason}`;
}

export function unrecordedNotice(reason: string): string {
	return `ctrace: this session was not recorded: ${reason}`;
}
