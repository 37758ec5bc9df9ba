/**
 * Turns that are over for long. A session may have tens of thousands: of those but the last ones only as much is kept as tells
 * them from others when the screen shows them again. They are reported no more.
 */
import { firstWords } from "./first-words.ts";
import type { OpenTurn } from "./open-turn.ts";
import { skeletonOf } from "./words.ts";

export interface Bygone {
	readonly echo: string;
	/** The skeleton of the echo. */
	readonly letters: string;
	/** The first words of what was answered. */
	readonly opening: readonly number[];
}

/** What is known of a conversation, oldest first: all of `bygone` came before the turns. */
export interface Known {
	readonly turns: readonly OpenTurn[];
	readonly bygone: readonly Bygone[];
}

/** Turns kept whole: more than a screen that is scrolled back shows. A reprint of a longer conversation is still recognised. */
const MOST_TURNS = 100;
/** So many more before any goes: then those go together. */
const SLACK_TURNS = 20;
/** Fewer are kept when they say much: a megabyte or two, with what is known of their words. */
const MOST_CHARS = 1_000_000;
const LEAST_TURNS = 12;
/** How much they say is added up once for so many more of them. */
const ASKED_EVERY = 8;
/** Those that are recognised again. No program prints a longer conversation anew. */
const MOST_BYGONE = 2000;

/** The same, or with fewer turns; never without one that goes on. */
export function letGo(known: Known): Known {
	const { turns, bygone } = known;
	if (turns.length <= LEAST_TURNS + SLACK_TURNS) return known;
	const open = turns.findIndex(({ seq, endedAt }) => seq !== undefined && endedAt === undefined);
	const isMany = turns.length > MOST_TURNS + SLACK_TURNS;
	if (!isMany && turns.length % ASKED_EVERY !== 0) return known;
	const most = isMany ? MOST_TURNS : fitting(turns);
	const count = Math.min(turns.length - most, open < 0 ? turns.length : open);
	if (count < SLACK_TURNS) return known;
	return {
		turns: turns.slice(count),
		bygone: [...bygone, ...turns.slice(0, count).map(toBygone)].slice(-MOST_BYGONE),
	};
}

/** How many of the last turns say as much as is kept. */
function fitting(turns: readonly OpenTurn[]): number {
	let [chars, count] = [0, 0];
	while (count < turns.length && (count < LEAST_TURNS || chars < MOST_CHARS)) {
		count += 1;
		chars += charsOf(turns.at(-count)?.entries ?? []);
	}
	return count;
}

function charsOf(entries: OpenTurn["entries"]): number {
	return entries.reduce(
		(sum, { text, results }) => results.reduce((all, result) => all + result.text.length, sum + text.length),
		0,
	);
}

function toBygone({ echo, entries }: OpenTurn): Bygone {
	return { echo, letters: skeletonOf(echo), opening: firstWords(entries) };
}
