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
	const { prompt, status, endedAt } = turn;
	const began = Math.round(startedAt + turn.startedAt);
	const durations = durationsOf(turn.timing);
	const fromMs = Math.round(turn.startedAt);
	const said = items.of(look, turn);
	// Written out twice: put together from parts it takes several times as long, some times a second.
	if (endedAt === undefined)
		return {
			seq,
			prompt,
			startedAt: began,
			status,
			durations,
			source: "terminal",
			recording: { fromMs },
			recogniser: look.id,
			items: said,
		};
	return {
		seq,
		prompt,
		startedAt: began,
		endedAt: Math.round(startedAt + endedAt),
		status,
		durations,
		source: "terminal",
		recording: { fromMs, toMs: Math.round(endedAt) },
		recogniser: look.id,
		items: said,
	};
}
