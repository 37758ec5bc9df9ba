/** Numbers and times as people read them. Pure but for the clock that is handed in. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function formatDuration(ms: number): string {
	if (ms < 950) return `${Math.round(ms)} ms`;
	if (ms < 9_950) return `${(ms / SECOND).toFixed(1)} s`;
	if (ms < MINUTE) return `${Math.round(ms / SECOND)} s`;
	if (ms < HOUR) return twoParts(Math.floor(ms / MINUTE), "m", Math.floor((ms % MINUTE) / SECOND), "s");
	if (ms < 100 * HOUR) return twoParts(Math.floor(ms / HOUR), "h", Math.floor((ms % HOUR) / MINUTE), "m");
	return `${Math.round(ms / DAY)} days`;
}

const whole = new Intl.NumberFormat("en-US");
const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 1 });

export function formatCount(value: number): string {
	return whole.format(value);
}

export function formatCompact(value: number): string {
	return value < 10_000 ? whole.format(value) : compact.format(value);
}

export function formatShare(value: number): string {
	return percent.format(value);
}

export function formatUsd(value: number): string {
	if (value === 0) return "$0";
	if (value < 0.005) return "<$0.01";
	return value < 1000 ? `$${value.toFixed(2)}` : `$${whole.format(Math.round(value))}`;
}

const BYTE_UNITS = ["bytes", "kB", "MB", "GB", "TB"];

export function formatBytes(bytes: number): string {
	const power = bytes < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
	const value = bytes / 1000 ** power;
	return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${BYTE_UNITS[power]}`;
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const clockSeconds = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const dayMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const utcDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const fullDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const full = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "medium" });

/** As short as it may be for somebody who knows what day it is. */
export function formatWhen(time: string, now: number): string {
	const date = new Date(time);
	const today = new Date(now);
	if (date.toDateString() === today.toDateString()) return clock.format(date);
	if (date.getFullYear() === today.getFullYear()) return `${dayMonth.format(date)}, ${clock.format(date)}`;
	return fullDay.format(date);
}

export function formatClock(time: string): string {
	return clockSeconds.format(new Date(time));
}

export function formatFull(time: string): string {
	return full.format(new Date(time));
}

/** A day of the calendar, `2026-11-25`. */
export function formatDay(day: string): string {
	return utcDay.format(Date.parse(`${day}T00:00:00Z`));
}

export function formatAgo(time: string, now: number): string {
	const ms = now - Date.parse(time);
	if (ms < 5 * SECOND) return "just now";
	return `${formatDuration(Math.max(0, ms))} ago`;
}

export function plural(value: number, one: string, many?: string): string {
	return `${formatCount(value)} ${noun(value, one, many)}`;
}

/** The word alone, where the number stands apart. */
export function noun(value: number, one: string, many = `${one}s`): string {
	return value === 1 ? one : many;
}

/** `3m 20s`; what is nothing is not said. */
function twoParts(large: number, largeUnit: string, small: number, smallUnit: string): string {
	return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit} ${pad(small)}${smallUnit}`;
}

function pad(value: number): string {
	return String(value).padStart(2, "0");
}
