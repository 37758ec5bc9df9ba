/** Times as people read and write them. Pure: "now" and the time zone are handed in. */
import { CtraceError } from "../../core/errors.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS: Readonly<Record<string, number>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };

/** `90ms`, `4.2s`, `3m 05s`, `2h 10m`, `3d 4h`. */
export function formatDuration(ms: number): string {
	if (ms < SECOND) return `${Math.max(0, Math.round(ms))}ms`;
	if (ms < 10 * SECOND) return `${(Math.floor(ms / 100) / 10).toString()}s`;
	if (ms < MINUTE) return `${Math.floor(ms / SECOND)}s`;
	if (ms < HOUR) return `${Math.floor(ms / MINUTE)}m ${pad(Math.floor((ms % MINUTE) / SECOND))}s`;
	if (ms < DAY) return `${Math.floor(ms / HOUR)}h ${pad(Math.floor((ms % HOUR) / MINUTE))}m`;
	return `${Math.floor(ms / DAY)}d ${Math.floor((ms % DAY) / HOUR)}h`;
}

function pad(count: number): string {
	return String(count).padStart(2, "0");
}

export interface LocalTime {
	/** `2026-01-02` */
	readonly date: string;
	/** `03:04:05` */
	readonly time: string;
}

/** Local date and time in the order that sorts. `timeZone` absent: the machine's own, which needs no library of time zones. */
export function localTime(at: number, timeZone?: string): LocalTime {
	return timeZone === undefined ? machineTime(new Date(at)) : timeIn(at, timeZone);
}

function machineTime(at: Date): LocalTime {
	const year = String(at.getFullYear()).padStart(4, "0");
	return {
		date: `${year}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`,
		time: `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`,
	};
}

function timeIn(at: number, timeZone: string): LocalTime {
	const format = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone });
	const [date = "", time = ""] = format.format(at).split(" ");
	return { date, time };
}

const AGO = /^(\d+(?:\.\d+)?)\s*([smhdw])$/i;
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;
const DATE_AND_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** `2h`, `3d`, `1w`: that long ago; `today`, `yesterday`; an ISO date (local midnight) or date and time. Throws `usage`. */
export function parseSince(text: string, now: number, option = "--since"): number {
	const word = text.trim();
	const ago = AGO.exec(word);
	if (ago !== null) return now - Number(ago[1]) * (UNITS[(ago[2] ?? "").toLowerCase()] ?? 0);
	if (word === "today") return midnight(now);
	if (word === "yesterday") return midnight(midnight(now) - 1);
	const iso = DATE_ONLY.test(word) ? `${word}T00:00` : DATE_AND_TIME.test(word) ? word.replace(" ", "T") : "";
	const parsed = iso === "" || !isRealDate(word) ? Number.NaN : Date.parse(iso);
	if (!Number.isNaN(parsed)) return parsed;
	throw new CtraceError("usage", `${option} does not understand ${JSON.stringify(text)}`, {
		hint: "Give a length like 2h, 3d or 1w, or a date like 2026-01-31 or 2026-01-31T09:30.",
	});
}

function midnight(at: number): number {
	return new Date(at).setHours(0, 0, 0, 0);
}

/** JavaScript turns the 31st of February into March; a person who types it has made a mistake. */
function isRealDate(word: string): boolean {
	const day = word.slice(0, 10);
	const parsed = Date.parse(`${day}T00:00:00Z`);
	return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(day);
}
