/**
 * One line of the log. It can hold ids, counts, durations and codes, and nothing else: a field has its form by its
 * name, and what does not have that form is withheld and counted. Pure.
 */
import { isErrorCode } from "../core/errors.ts";
import { LOG_LEVELS, type LogLevel } from "../core/log-level.ts";

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface LogEvent {
	/** Milliseconds since the Unix epoch. */
	readonly time: number;
	readonly level: LogLevel;
	/** `daemon`, or a component's name. */
	readonly component: string;
	/** What happened, in lower-case words with dashes. */
	readonly event: string;
	readonly fields?: LogFields;
}

const WORD = /^[a-z][a-z0-9-]{0,31}$/;
const SYSTEM_CODE = /^(?:E[A-Z0-9]{2,15}|SQLITE_[A-Z_]{2,24}|ERR_[A-Z_]{2,40})$/;
/** Texts by their field's name; a text under any other name is withheld. */
const TEXT_FORMS: Readonly<Record<string, (text: string) => boolean>> = {
	code: (text) => isErrorCode(text) || FAILURE_WORDS.has(text) || SYSTEM_CODE.test(text),
	signal: (text) => /^SIG[A-Z0-9]{2,8}$/.test(text),
	session: (text) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text),
	version: (text) => /^\d{1,4}\.\d{1,4}\.\d{1,4}$/.test(text),
	level: (text) => LOG_LEVELS.some((level) => level === text),
	// Where in ctrace's own files: `daemon.js:120:7`.
	where: (text) => /^[a-z][a-z-]{0,30}(?:-[A-Z0-9]{8})?\.[cm]?js:\d{1,7}:\d{1,6}$/.test(text),
	kind: (text) => /^[A-Z][A-Za-z]{2,30}Error$|^Error$/.test(text),
};
/** How a run ends that no error tells of. */
export const FAILURE_WORDS: ReadonlySet<string> = new Set(["crashed", "timeout", "not-started"]);

/** The line without its end. */
export function formatLogEvent({ time, level, component, event, fields = {} }: LogEvent): string {
	const kept: Record<string, string | number | boolean> = {};
	let withheld = 0;
	for (const [name, value] of Object.entries(fields)) {
		if (value === undefined) continue;
		if (isPlain(name, value)) kept[name] = value;
		else withheld += 1;
	}
	return JSON.stringify({
		time: new Date(time).toISOString(),
		level,
		component: WORD.test(component) ? component : "unnamed",
		event: WORD.test(event) ? event : "unnamed",
		...kept,
		...(withheld === 0 ? {} : { withheld }),
	});
}

function isPlain(name: string, value: string | number | boolean): boolean {
	if (!/^[a-z][A-Za-z]{0,31}$/.test(name)) return false;
	return typeof value === "string" ? TEXT_FORMS[name]?.(value) === true : true;
}

/** Whether events of `level` are written when the log's level is `threshold`. */
export function isLoud(level: LogLevel, threshold: LogLevel): boolean {
	return LOG_LEVELS.indexOf(level) <= LOG_LEVELS.indexOf(threshold);
}
