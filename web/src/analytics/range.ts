/** Which days are looked at. Days are those of the machine that serves. Pure. */

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;

export const RANGES = [
	[7, "7 days"],
	[30, "30 days"],
	[90, "90 days"],
	[365, "a year"],
] as const;

export interface RangeSearch {
	/** That many days up to today. */
	readonly days?: number;
	/** Or from one day to another, both of which count. */
	readonly since?: string;
	readonly until?: string;
	readonly project?: string;
	readonly model?: string;
}

export function readRangeSearch(given: Readonly<Record<string, unknown>>): RangeSearch {
	const days = Number(given.days);
	const [since, until] = [dayOf(given.since), dayOf(given.until)];
	const isSpan = since !== undefined && until !== undefined && since <= until;
	return {
		...(isSpan ? { since, until } : {}),
		...(!isSpan && Number.isInteger(days) && days > 0 && days <= 3660 ? { days } : {}),
		...(typeof given.project === "string" ? { project: given.project } : {}),
		...(typeof given.model === "string" ? { model: given.model } : {}),
	};
}

export interface Span {
	/** Days, `2026-11-25`; both count. */
	readonly first: string;
	readonly last: string;
}

export function spanOf(search: RangeSearch, timeZone: string, now: number): Span {
	if (search.since !== undefined && search.until !== undefined)
		return { first: search.since, last: search.until };
	const last = dayIn(timeZone, now);
	return { first: plusDays(last, 1 - (search.days ?? DEFAULT_DAYS)), last };
}

/** What the server takes: moments, the end exclusive. */
export function queryOf(search: RangeSearch, span: Span, timeZone: string) {
	return {
		since: startOf(span.first, timeZone),
		until: startOf(plusDays(span.last, 1), timeZone),
		project: search.project,
		model: search.model,
	};
}

export function plusDays(day: string, days: number): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

function dayIn(timeZone: string, now: number): string {
	return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(now);
}

/** The moment at which a day begins in a time zone. */
export function startOf(day: string, timeZone: string): string {
	const asUtc = Date.parse(`${day}T00:00:00Z`);
	// The difference may be another one on the other side of a change of clocks: the second look is right.
	const guess = asUtc - offsetAt(asUtc, timeZone);
	return new Date(asUtc - offsetAt(guess, timeZone)).toISOString();
}

function offsetAt(moment: number, timeZone: string): number {
	const parts = new Intl.DateTimeFormat("en-US", {
		timeZone,
		hourCycle: "h23",
		year: "numeric",
		month: "numeric",
		day: "numeric",
		hour: "numeric",
		minute: "numeric",
		second: "numeric",
	}).formatToParts(moment);
	const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
	const local = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
	return local - Math.floor(moment / 1000) * 1000;
}

function dayOf(given: unknown): string | undefined {
	return typeof given === "string" && /^\d{4}-\d{2}-\d{2}$/.test(given) ? given : undefined;
}
