/** What can be said of turns when nobody knows when anything happened: their order, and no length of time. */
import type { TurnChange } from "../core/change.ts";
import type { Item, Turn } from "../core/turn.ts";
import type { TurnSource } from "../recorder/turn-source.ts";

export function withoutTimes(source: TurnSource, startedAt: number): TurnSource {
	const strip = (changes: readonly TurnChange[]) =>
		changes.map((change) =>
			change.kind === "turn" ? { ...change, turn: stripTurn(change.turn, startedAt) } : change,
		);
	return {
		feed: (event) => strip(source.feed(event)),
		tick: (at) => strip(source.tick(at)),
		end: (at, isLost) => strip(source.end(at, isLost)),
		newOnScreen: () => source.newOnScreen(),
		pause: (at) => strip(source.pause(at)),
		resume: (at) => source.resume(at),
	};
}

function stripTurn(turn: Turn, startedAt: number): Turn {
	const { endedAt: _ended, durations: _durations, recording: _recording, ...rest } = turn;
	return { ...rest, startedAt: Math.round(startedAt), items: turn.items.map(stripItem) };
}

function stripItem(item: Item): Item {
	if (item.kind === "tool") {
		const { recording: _place, ...rest } = item;
		return rest;
	}
	if (item.kind !== "permission") return item;
	const { decisionMs: _decision, recording: _place, ...rest } = item;
	return rest;
}
