import type { TurnChange } from "../core/change.ts";
import type { Look } from "../core/look.ts";
import type { Item, Turn } from "../core/turn.ts";
import { itemsOf } from "./items.ts";
import type { OpenTurn } from "./open-turn.ts";
import { durationsOf } from "./timing.ts";

export interface ReportOptions {
	readonly look: Look;
	/** Session start, milliseconds since the Unix epoch. */
	readonly startedAt: number;
}

export interface TurnReaderOptions extends ReportOptions {
	/** Prompts given on the command line or through a pipe: they appear without ever standing in the box. */
	readonly givenPrompts: readonly string[];
	/** First `seq` to give, asked for when the first turn begins. */
	readonly firstSeq: () => number;
}

/** Items of a turn as they were made last: most reports of a turn tell only that more time has passed. */
export class ItemsOfTurn {
	#turn: OpenTurn | undefined;
	#items: readonly Item[] = [];

	of(look: Look, turn: OpenTurn): readonly Item[] {
		if (this.#turn === undefined || !saysTheSame(this.#turn, turn)) this.#items = itemsOf(look, turn);
		this.#turn = turn;
		return this.#items;
	}
}

/** Everything that items are made of is the same. */
function saysTheSame(a: OpenTurn, b: OpenTurn): boolean {
	if (a.entries !== b.entries || a.status !== b.status || a.prompt !== b.prompt) return false;
	return a.promptResults === b.promptResults && a.permissions === b.permissions && a.glimpses === b.glimpses;
}

/** Nothing of a turn that is only matched. */
export function toChange(options: ReportOptions, turn: OpenTurn, items: ItemsOfTurn): TurnChange | undefined {
	return turn.seq === undefined ? undefined : { kind: "turn", turn: toTurn(options, turn, turn.seq, items) };
}

/** A turn as it is reported: times absolute, entries as items. */
function toTurn({ startedAt, look }: ReportOptions, turn: OpenTurn, seq: number, items: ItemsOfTurn): Turn {
	const ended = turn.endedAt === undefined ? {} : { endedAt: Math.round(startedAt + turn.endedAt) };
	const recorded = turn.endedAt === undefined ? {} : { toMs: Math.round(turn.endedAt) };
	return {
		seq,
		prompt: turn.prompt,
		startedAt: Math.round(startedAt + turn.startedAt),
		...ended,
		status: turn.status,
		durations: durationsOf(turn.timing),
		source: "terminal",
		recording: { fromMs: Math.round(turn.startedAt), ...recorded },
		recogniser: look.id,
		items: items.of(look, turn),
	};
}
