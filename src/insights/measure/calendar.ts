/** Days and hours on the calendar of this machine. */
import type { DayNumber } from "../../store/figures/figures.ts";

const DAY_MS = 86_400_000;

/** Of a moment in milliseconds since the Unix epoch. */
export function dayOf(at: number): DayNumber {
	const date = new Date(at);
	return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS;
}

export function hourOf(at: number): number {
	return new Date(at).getHours();
}

/** `2026-01-31` */
export function dateOf(day: DayNumber): string {
	return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Of a date as `dateOf` writes it. */
export function dayNumber(date: string): DayNumber {
	return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}
