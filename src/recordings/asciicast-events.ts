/** One `[time, code, data]` of an asciicast as the event it stands for. */
import type { TerminalEvent } from "../core/event.ts";
import { broken } from "./broken.ts";

/** No recording lasts longer: a time beyond is damage, and would make dates nobody can show. */
const LONGEST_MS = 10 * 365 * 24 * 60 * 60 * 1000;

/** `at` in milliseconds since the start. Kinds that are not known are left out, as the format wants it. */
export function toEvent(code: string, data: string, at: number): TerminalEvent | undefined {
	switch (code) {
		case "o":
			return { kind: "output", at, data: encoder.encode(data) };
		case "i":
			return { kind: "input", at, data: encoder.encode(data) };
		case "r":
			return toResize(data, at);
		case "m":
			return { kind: "marker", at, label: data };
		case "x":
			return { kind: "exit", at, ...(/^\d{1,3}$/u.test(data) ? { code: Number(data) } : {}) };
		default:
			return undefined;
	}
}

const encoder = new TextEncoder();

function toResize(data: string, at: number): TerminalEvent {
	const [, cols, rows] = /^(\d{1,5})x(\d{1,5})$/u.exec(data) ?? [];
	if (cols === undefined || rows === undefined)
		throw broken(`a resize event says ${JSON.stringify(data)}, not COLSxROWS`);
	return { kind: "resize", at, cols: Number(cols), rows: Number(rows) };
}

/** Seconds as written → milliseconds; a clock that was set back stands still. */
export function timeAfter(last: number, seconds: number): number {
	const at = Math.max(last, seconds * 1000);
	if (Number.isFinite(at) && at <= LONGEST_MS) return at;
	throw broken(`an event's time is ${seconds} seconds`);
}
