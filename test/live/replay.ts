/** A recording through the very stages that a live session goes through: events → frames → turns. */
import type { TurnChange } from "../../src/core/change.ts";
import type { Look } from "../../src/core/look.ts";
import type { Turn } from "../../src/core/turn.ts";
import { Screen } from "../../src/screen/screen.ts";
import { TurnReader } from "../../src/turns/turn-reader.ts";
import type { CastRecording } from "./cast.ts";

export function turnsOf(recording: CastRecording, look: Look): readonly Turn[] {
	const screen = new Screen(recording.size);
	const reader = new TurnReader({ look, startedAt: 0, givenPrompts: [], firstSeq: 1 });
	const turns = new Map<number, Turn>();
	let at = 0;
	for (const event of recording.events) {
		at = event.at;
		for (const frame of screen.feed(event)) apply(turns, reader.feed(frame));
		if (event.kind === "input") reader.input(event.data, event.at);
	}
	for (const frame of screen.flush()) apply(turns, reader.feed(frame));
	apply(turns, reader.end(at, false));
	return [...turns.values()].sort((a, b) => a.seq - b.seq);
}

function apply(turns: Map<number, Turn>, changes: readonly TurnChange[]): void {
	for (const change of changes) {
		if (change.kind === "turn") turns.set(change.turn.seq, change.turn);
		if (change.kind === "withdrawn") turns.delete(change.seq);
	}
}
