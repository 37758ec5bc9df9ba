/** A recording, frame by frame, with what the reader makes of each. */
import type { TurnChange } from "../core/change.ts";
import type { TerminalEvent, TerminalSize } from "../core/event.ts";
import type { Frame } from "../core/frame.ts";
import type { Look } from "../core/look.ts";
import type { Turn } from "../core/turn.ts";
import { Screen } from "../screen/screen.ts";
import { readClaudeArgs } from "../turns/command-line.ts";
import { TurnReader } from "../turns/turn-reader.ts";

export interface Moment {
	readonly frame: Frame;
	/** All turns as they are known after this frame. */
	readonly turns: readonly Turn[];
}

export interface RecordedCase {
	readonly size: TerminalSize;
	/** The words of the command line, the program first. */
	readonly command: readonly string[];
	readonly events: readonly TerminalEvent[];
}

export function playCase({ size, command, events }: RecordedCase, look: Look): readonly Moment[] {
	const given = readClaudeArgs(command.slice(1), look.valueOptions).prompt;
	const givenPrompts = given === undefined ? [] : [given];
	const reader = new TurnReader({ look, startedAt: 0, givenPrompts, firstSeq: () => 1 });
	const moments: Moment[] = [];
	let turns: readonly Turn[] = [];
	const read = (frames: readonly Frame[]) => {
		for (const frame of frames) {
			turns = applyChanges(turns, reader.feed(frame));
			moments.push({ frame, turns });
		}
	};
	const screen = new Screen(size);
	for (const event of events) {
		read(screen.feed(event));
		if (event.kind === "input") reader.input(event.data, event.at);
	}
	read(screen.flush());
	const last = moments.at(-1);
	if (last !== undefined) {
		const end = Math.max(last.frame.at, events.at(-1)?.at ?? 0);
		moments[moments.length - 1] = { ...last, turns: applyChanges(turns, reader.end(end, false)) };
	}
	return moments;
}

function applyChanges(turns: readonly Turn[], changes: readonly TurnChange[]): readonly Turn[] {
	let known = turns;
	for (const change of changes) {
		if (change.kind === "session") continue;
		const seq = change.kind === "turn" ? change.turn.seq : change.seq;
		const others = known.filter((turn) => turn.seq !== seq);
		known = change.kind === "turn" ? [...others, change.turn].sort((a, b) => a.seq - b.seq) : others;
	}
	return known;
}
