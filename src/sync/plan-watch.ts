/** Which of the turns that were asked for have not been shown yet. Pure. */
import { rewind } from "./plan-pull.ts";
import type { Row } from "./plan-rows.ts";

/** Asked again is what came so shortly before: a statement may last eight seconds before others see it. */
const OVERLAP_MS = 15_000;
/** Older than this when the watch began: somebody is adding to the past. */
const STALE_MS = 3_600_000;

export interface WatchPlace {
	/** The newest moment seen, by the database's clock. */
	readonly until: string;
	/** When the watch began, by the same clock. */
	readonly began: string;
	/** Turns shown, or there before the watch began. */
	readonly known: ReadonlySet<string>;
}

/** `newest`: of all turns there are, the moment of the last; `now` where there is none. */
export function beginWatch(newest: string | undefined, now: number, there: readonly Row[]): WatchPlace {
	const began = newest ?? new Date(now - OVERLAP_MS).toISOString();
	return { until: began, began, known: new Set(there.map(turnKey)) };
}

export function askSince(place: WatchPlace): string {
	return rewind(place.until, OVERLAP_MS);
}

/** `rows` in the order in which they came. Each turn is news once, however often it is told or changes later. */
export function takeNews(
	place: WatchPlace,
	rows: readonly Row[],
): { readonly place: WatchPlace; readonly news: readonly Row[] } {
	const fresh = rows.filter((row) => !place.known.has(turnKey(row)));
	const known = new Set(place.known);
	for (const row of fresh) known.add(turnKey(row));
	const until = rows.reduce((latest, row) => later(latest, row.synced_at), place.until);
	const oldest = Date.parse(place.began) - STALE_MS;
	const news = fresh.filter((row) => row.is_withdrawn !== true && endOf(row) >= oldest);
	return { place: { ...place, until, known }, news };
}

function turnKey(row: Row): string {
	return `${row.session_id}/${row.seq}`;
}

function later(a: string, b: unknown): string {
	return typeof b === "string" && Date.parse(b) > Date.parse(a) ? b : a;
}

function endOf(row: Row): number {
	return Date.parse(String(row.ended_at ?? row.started_at));
}
