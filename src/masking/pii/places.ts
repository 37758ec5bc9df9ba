/** The few places of a text where personal data can stand, found in one look, so that the shapes see little else. */
import type { Range } from "../finding.ts";
import { characterSet, runsOf } from "../token-runs.ts";

export type Place = "at-sign" | "number" | "dots" | "account" | "colons" | "home";

/** Local part and domain at their longest. */
const MAIL_BEFORE = 66;
const MAIL_AFTER = 260;
/** Fewer digits are no phone, card or id. */
const LEAST_DIGITS = 7;
/** `1.1.1.1` */
const SHORTEST_DOTTED = 7;
/** `1:2:3:4:5:6:7:8`; shorter addresses hold `::`. */
const SHORTEST_FULL = 15;
/** An account number's letters may stand on either side of its digits. */
const ACCOUNT_REACH = 36;
const HOME = /\/home\/|\/Users\/|\\Users\\|\\home\\/g;
const LONGEST_NAME = 40;
const LONGEST_DRIVE = 6;

const NUMBER = characterSet(/[0-9 .()+/-]/);
const DOTTED = characterSet(/[0-9./]/);
const ADDRESS = characterSet(/[0-9A-Za-z:.%/]/);

export const PLACES: Readonly<Record<Place, (text: string) => Range[]>> = {
	"at-sign": (text) => around(text, "@"),
	number: numbers,
	dots: (text) => runsOf(text, DOTTED, SHORTEST_DOTTED).filter((run) => count(text, run, ".") >= 3),
	account: (text) => numbers(text).map((run) => widen(run, ACCOUNT_REACH, text.length)),
	colons: addresses,
	home: (text) =>
		Array.from(text.matchAll(HOME), ({ index }) => ({
			start: Math.max(0, index - LONGEST_DRIVE),
			end: Math.min(text.length, index + LONGEST_NAME),
		})),
};

function numbers(text: string): Range[] {
	return runsOf(text, NUMBER, LEAST_DIGITS).filter((run) => {
		let digits = 0;
		for (let i = run.start; i < run.end && digits < LEAST_DIGITS; i += 1) {
			const code = text.charCodeAt(i);
			if (code >= 48 && code <= 57) digits += 1;
		}
		return digits >= LEAST_DIGITS;
	});
}

function addresses(text: string): Range[] {
	const full = runsOf(text, ADDRESS, SHORTEST_FULL).filter((run) => count(text, run, ":") >= 7);
	const short: Range[] = [];
	for (let at = text.indexOf("::"); at !== -1; at = text.indexOf("::", at + 2)) {
		short.push(widen({ start: at, end: at + 2 }, LONGEST_NAME, text.length));
	}
	return [...full, ...short];
}

function count(text: string, { start, end }: Range, character: string): number {
	let found = 0;
	for (let i = start; i < end; i += 1) if (text[i] === character) found += 1;
	return found;
}

function widen({ start, end }: Range, by: number, length: number): Range {
	return { start: Math.max(0, start - by), end: Math.min(length, end + by) };
}

function around(text: string, sign: string): Range[] {
	const found: { start: number; end: number }[] = [];
	for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + 1)) {
		const start = Math.max(0, at - MAIL_BEFORE);
		const end = Math.min(text.length, at + MAIL_AFTER);
		const last = found.at(-1);
		if (last !== undefined && start <= last.end) last.end = end;
		else found.push({ start, end });
	}
	return found;
}
