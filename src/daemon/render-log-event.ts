/** An event as a line for people: `2026-01-02 03:04:05  info   daemon  started  pid 12`. Pure. */
import type { LogEvent } from "./log-event.ts";

const LEVEL_COLUMNS = 5;
const COMPONENT_COLUMNS = 8;

/** `timeZone` absent: the machine's own. */
export function renderLogEvent(event: LogEvent, timeZone?: string): string {
	const { component, event: what, fields = {} } = event;
	const facts = Object.entries(fields)
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => `${name} ${value}`);
	const parts = [
		localTime(event.time, timeZone),
		event.level.padEnd(LEVEL_COLUMNS),
		component.padEnd(COMPONENT_COLUMNS),
		[what.replaceAll("-", " "), ...facts].join("  "),
	];
	return parts.join("  ").trimEnd();
}

function localTime(at: number, timeZone: string | undefined): string {
	return new Intl.DateTimeFormat("sv-SE", {
		dateStyle: "short",
		timeStyle: "medium",
		...(timeZone === undefined ? {} : { timeZone }),
	}).format(at);
}
