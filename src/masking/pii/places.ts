/** The few places of a text where personal data can stand, found in one look, so that the shapes see little else. */
import type { Range } from "../finding.ts";
import type { Reading } from "../reading.ts";
import { characterSet, runsOf } from "../token-runs.ts";

export type PlaceKind = "at-sign" | "number" | "dots" | "account" | "colons" | "home";

export interface Place extends Range {
	/** How many figures it holds, where that tells anything. */
	readonly digits?: number;
}

/** Local part and domain at their longest. */
const LONGEST_LOCAL = 66;
const LONGEST_DOMAIN = 260;
/** `a.io` */
const SHORTEST_DOMAIN = 4;
/** Fewer digits are no phone, card or id. */
const LEAST_DIGITS = 7;
/** `1.1.1.1` */
const SHORTEST_NUMBER = 7;
const LEAST_DOTS = 3;
const DOT = ".".charCodeAt(0);
/** Colons of an address without `::`, its last two groups perhaps written as version 4. */
const FULL_COLONS = 6;
const LONGEST_GROUP = 4;
/** An account number's letters may stand on either side of its digits. */
const ACCOUNT_REACH = 36;
/** An account number in which letters take the place of digits still has as many. */
const ACCOUNT_DIGITS = 8;
/** A yen sign is how a Japanese font shows a backslash. */
const HOMES = ["/home/", "/Users/", "¥Users¥"];
const BACKSLASH_HOMES = ["\\Users\\", "\\home\\"];
const HOME = /\/home\/|\/Users\/|\\Users\\|\\home\\|¥Users¥/g;
const LONGEST_NAME = 40;
const LONGEST_DRIVE = 6;

const NUMBER = characterSet(/[0-9 .()+/-]/);
const LOCAL = characterSet(/[A-Za-z0-9._%+-]/);
const DOMAIN = characterSet(/[A-Za-z0-9.-]/);
const HEX = characterSet(/[0-9A-Fa-f]/);

/** Every kind's places; each is looked for when it is first asked for. */
export class Places {
	readonly #reading: Reading;
	#runs: readonly Figures[] | undefined;
	readonly #found = new Map<PlaceKind, readonly Place[]>();

	constructor(reading: Reading) {
		this.#reading = reading;
	}

	of(kind: PlaceKind): readonly Place[] {
		const known = this.#found.get(kind);
		if (known !== undefined) return known;
		const places = this.#find(kind);
		this.#found.set(kind, places);
		return places;
	}

	#figures(): readonly Figures[] {
		this.#runs ??= figures(this.#reading);
		return this.#runs;
	}

	#find(kind: PlaceKind): readonly Place[] {
		if (kind === "account") return accounts(this.of("number"), this.#reading.text.length);
		if (kind === "number") return this.#figures().filter(({ digits }) => digits >= LEAST_DIGITS);
		if (kind === "dots") return this.#figures().filter(({ dots }) => dots >= LEAST_DOTS);
		return FINDERS[kind](this.#reading);
	}
}

const FINDERS: Readonly<
	Record<Exclude<PlaceKind, "account" | "number" | "dots">, (reading: Reading) => readonly Place[]>
> = {
	"at-sign": ({ text }) => addressesOfPeople(text),
	colons: ({ text }) => addressesOfMachines(text),
	home: namesInPaths,
};

function namesInPaths(reading: Reading): Place[] {
	const { text } = reading;
	const holds = (home: string) => text.includes(home);
	// A backslash is a sign of escapes: most texts have none.
	if (!HOMES.some(holds) && !(reading.has("escape") && BACKSLASH_HOMES.some(holds))) return [];
	return Array.from(text.matchAll(HOME), ({ index }) => ({
		start: Math.max(0, index - LONGEST_DRIVE),
		end: Math.min(text.length, index + LONGEST_NAME),
	}));
}

/** A run of figures and what stands between them. */
interface Figures extends Place {
	readonly digits: number;
	readonly dots: number;
}

function figures(reading: Reading): Figures[] {
	const found: Figures[] = [];
	const { codes } = reading;
	for (const { start, end } of runsOf(reading, NUMBER, SHORTEST_NUMBER)) {
		let digits = 0;
		let dots = 0;
		for (let i = start; i < end; i += 1) {
			const code = codes[i] as number;
			if (isDigit(code)) digits += 1;
			else if (code === DOT) dots += 1;
		}
		if (digits >= LEAST_DIGITS || (dots >= LEAST_DOTS && digits > LEAST_DOTS))
			found.push({ start, end, digits, dots });
	}
	return found;
}

function isDigit(code: number): boolean {
	return code >= 48 && code <= 57;
}

function accounts(found: readonly Place[], length: number): Place[] {
	return found
		.filter(({ digits = 0 }) => digits >= ACCOUNT_DIGITS)
		.map((run) => widen(run, ACCOUNT_REACH, length));
}

/** From the first character of the local part to the last of the domain. */
function addressesOfPeople(text: string): Place[] {
	const places: Place[] = [];
	for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
		let end = at + 1;
		while (end - at < LONGEST_DOMAIN && DOMAIN[text.charCodeAt(end)] === 1) end += 1;
		if (end - at <= SHORTEST_DOMAIN || LOCAL[text.charCodeAt(at - 1)] !== 1) continue;
		let start = at;
		while (at - start < LONGEST_LOCAL && LOCAL[text.charCodeAt(start - 1)] === 1) start -= 1;
		places.push({ start, end });
	}
	return places;
}

/** `::` with its neighbourhood, and chains of groups long enough for an address without it. */
function addressesOfMachines(text: string): Place[] {
	const places: Range[] = [];
	let chain = 0;
	let last = -LONGEST_NAME;
	for (let at = text.indexOf(":"); at !== -1; at = text.indexOf(":", at + 1)) {
		chain = isGroup(text, last + 1, at) ? chain + 1 : 1;
		if (at === last + 1 || chain >= FULL_COLONS) {
			append(places, widen({ start: last, end: at + 1 }, LONGEST_NAME, text.length));
		}
		last = at;
	}
	return places;
}

/** Overlapping places are one: no stretch is looked at twice. */
function append(places: Range[], next: Range): void {
	const last = places.at(-1);
	if (last === undefined || next.start > last.end) places.push(next);
	else places[places.length - 1] = { start: last.start, end: next.end };
}

function isGroup(text: string, start: number, end: number): boolean {
	if (end === start || end - start > LONGEST_GROUP) return false;
	for (let i = start; i < end; i += 1) if (HEX[text.charCodeAt(i)] !== 1) return false;
	return true;
}

function widen({ start, end }: Range, by: number, length: number): Range {
	return { start: Math.max(0, start - by), end: Math.min(length, end + by) };
}
