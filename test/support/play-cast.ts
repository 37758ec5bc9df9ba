/** A recording through the recorder's own stages, as a live session comes, without the waiting. */
import { openSession, type Stages } from "../../src/recorder/open-session.ts";
import { TICK_MS } from "../../src/recorder/recorder.ts";
import { createTurnSource } from "../../src/recorder/turn-source.ts";
import type { CastRecording } from "../live/cast.ts";

export interface PlayedCast {
	/** With what the screen looked like. */
	readonly pictures: boolean;
	/** The session's id; absent: a new one. */
	readonly id?: string;
	/** As a recorder takes it that has fallen behind: there is no time to wait for the clock, and saved is by this one. */
	readonly now?: () => number;
}

/** Until its end, which is given in milliseconds. */
export function playCast(
	{ size, events }: CastRecording,
	stages: Stages,
	{ pictures, id, now }: PlayedCast,
): number {
	const start = {
		command: ["claude"],
		cwd: "/",
		startedAt: 0,
		...size,
		attachment: "pty" as const,
		wrapperPid: 1,
		childPid: 2,
		transcripts: false,
	};
	const session = openSession(stages, {
		...(id === undefined ? {} : { id }),
		...(now === undefined ? {} : { now }),
		start,
		source: createTurnSource(start, stages.look, { pictures }),
		isScreenKept: pictures,
		recorder: { pid: process.pid },
		facts: {},
	});
	let ticked = 0;
	for (const event of events) {
		for (; now === undefined && ticked + TICK_MS < event.at; ticked += TICK_MS)
			session.tick(ticked + TICK_MS);
		session.feed(event);
	}
	const end = events.at(-1)?.at ?? 0;
	session.close(end, "complete");
	return end;
}
