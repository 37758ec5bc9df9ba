/** A recording through the very stages that a live session goes through: events → frames → turns. */
import type { TurnChange } from "../../src/core/change.ts";
import type { Look } from "../../src/core/look.ts";
import type { Turn } from "../../src/core/turn.ts";
import { createTurnSource } from "../../src/recorder/turn-source.ts";
import type { CastRecording } from "./cast.ts";

export interface ReplayOptions {
	readonly recording: CastRecording;
	readonly command: readonly string[];
	readonly cwd: string;
	readonly look: Look;
}

export function turnsOf({ recording, command, cwd, look }: ReplayOptions): readonly Turn[] {
	const start = { command, cwd, startedAt: 0, attachment: "pty", wrapperPid: 0, transcripts: false } as const;
	const source = createTurnSource({ ...start, ...recording.size }, look);
	const turns = new Map<number, Turn>();
	let at = 0;
	for (const event of recording.events) {
		at = event.at;
		apply(turns, source.feed(event));
	}
	apply(turns, source.end(at, false));
	return [...turns.values()].sort((a, b) => a.seq - b.seq);
}

function apply(turns: Map<number, Turn>, changes: readonly TurnChange[]): void {
	for (const change of changes) {
		if (change.kind === "turn") turns.set(change.turn.seq, change.turn);
		if (change.kind === "withdrawn") turns.delete(change.seq);
	}
}
