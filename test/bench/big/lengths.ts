/** How many sessions are invented, how long they are, and how often they are multiplied. Pure. */
import type { Chance } from "./chance.ts";

/** So many of them have 2,000 turns. */
const LONG_SESSIONS = 3;
const LONG_TURNS = 2000;
const COPIES = 50;
/** Fewer are worth no multiplying. */
const MULTIPLIED_FROM = 5000;

export interface Place {
	/** Days after the first of all. */
	readonly begins: number;
	/** Of the time that all take, 0 to 1. */
	readonly share: number;
	readonly turns: number;
}

export interface Plan {
	/** The template among them. */
	readonly copies: number;
	/** They begin in the first of as many equal parts of the time. */
	readonly template: readonly Place[];
	/** What the copies of it leave of the numbers, the longest ones among them, anywhere in the time. */
	readonly rest: readonly Place[];
}

export function planOf(
	{ sessions, turns, days }: { readonly sessions: number; readonly turns: number; readonly days: number },
	chance: Chance,
): Plan {
	const copies = sessions >= MULTIPLIED_FROM ? COPIES : 1;
	const long = sessions > LONG_SESSIONS * 10 ? LONG_SESSIONS : 0;
	const each = Math.floor((sessions - long) / copies);
	const others = sessions - long - copies * each;
	const lengths = lengthsOf(each, Math.floor((turns - long * LONG_TURNS - others) / copies), chance);
	const left = turns - long * LONG_TURNS - copies * lengths.reduce((sum, length) => sum + length, 0);
	const rest = [...Array.from({ length: long }, () => LONG_TURNS), ...spread(left, others)];
	return {
		copies,
		template: placesOf(lengths, days / copies, days),
		rest: placesOf(rest, days, days),
	};
}

function placesOf(lengths: readonly number[], within: number, days: number): Place[] {
	return lengths.map((turns, n) => {
		const begins = (within * (n + 0.5)) / lengths.length;
		return { begins, share: begins / days, turns };
	});
}

/** Most sessions are short. Together they have so many turns, or as many as there are sessions. */
function lengthsOf(sessions: number, turns: number, chance: Chance): number[] {
	const lengths = Array.from({ length: sessions }, () => 1 + chance.zipf(160));
	const sum = lengths.reduce((total, length) => total + length, 0);
	const scaled = lengths.map((length) => Math.max(1, Math.floor((length * turns) / sum)));
	const missing = Math.max(0, turns - scaled.reduce((total, length) => total + length, 0));
	const more = spread(missing, sessions);
	return scaled.map((length, n) => length + (more[n] ?? 0));
}

function spread(turns: number, sessions: number): number[] {
	const each = Math.floor(turns / Math.max(1, sessions));
	return Array.from({ length: sessions }, (_, n) => each + (n < turns - each * sessions ? 1 : 0));
}
