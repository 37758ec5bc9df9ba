/**
 * Pieces of secrets that were found whole somewhere else in the same text: a line that was painted again at every key,
 * a window too narrow for it, an output cut short. Eight characters in a row of a secret give it away.
 */
import { type Finding, isMoreSevere, type Range } from "./finding.ts";
import { codesOf, type Reading } from "./reading.ts";
import { restsBelow } from "./row-rests.ts";
import { meanSurprise } from "./surprise.ts";

const RUN = 8;
/** Bits a letter pair, see `meanSurprise`: words and names lie below, and are nobody's secret. */
const TELLING = 5;
/** Longer secrets are keys of many lines, which are found by their form. */
const LONGEST = 4096;
/** A session that shows more secrets than this is a list of them: the first ones are remembered. */
const MOST_RUNS = 200_000;

/** The findings that were made so far, as far as they may have left pieces. */
export class Fragments {
	readonly #owners = new Map<string, Finding>();
	readonly #known = new Set<string>();
	/** By a sum over each run: most places of a text are dismissed by one look. */
	#mayBegin = NOWHERE; // most texts hold no secret: nothing is made for them

	get isEmpty(): boolean {
		return this.#owners.size === 0;
	}

	/** How many secrets are remembered. */
	get size(): number {
		return this.#known.size;
	}

	/** A piece is named after the most severe finding that it may belong to. */
	addAll(findings: readonly Finding[]): void {
		const ordered = [...findings].sort(
			(a, b) => Number(isMoreSevere(b.level, a.level)) - Number(isMoreSevere(a.level, b.level)),
		);
		for (const finding of ordered) this.#add(finding);
	}

	#add(finding: Finding): void {
		const { secret } = finding;
		if (this.#mayBegin === NOWHERE) this.#mayBegin = new Uint32Array(PLACES / 32);
		if (secret.length > LONGEST || this.#owners.size > MOST_RUNS || this.#known.has(secret)) return;
		this.#known.add(secret);
		const made = machineMadeIn(secret);
		const codes = codesOf(secret);
		for (let at = 0; at + RUN <= secret.length; at += 1) {
			const run = secret.slice(at, at + RUN);
			if (this.#owners.has(run) || !(isTelling(run) || isMadeUp(run, made?.subarray(at, at + RUN)))) continue;
			this.#owners.set(run, finding);
			mark(this.#mayBegin, hashAt(codes, at));
		}
	}

	/** What is new of it is known from here on. */
	#restsBelow(text: string, tail: Finding): Finding[] {
		const rests = restsBelow(text, tail, (word) => this.#owners.has(word.slice(0, RUN)));
		if (rests.length === 0) return [];
		const more = rests.map(({ start, end }) => text.slice(start, end)).join("");
		this.#add({ ...tail, secret: text.slice(tail.start, tail.end) + more });
		return rests.map(({ start, end }) => ({ ...tail, start, end }));
	}

	/** Every stretch of the text that belongs to one of them. */
	find({ text, codes }: Pick<Reading, "text" | "codes">): Finding[] {
		if (this.isEmpty || text.length < RUN) return [];
		const found: Finding[] = [];
		const mayBegin = this.#mayBegin;
		const last = text.length - RUN;
		let hash = hashAt(codes, 0);
		for (let at = 0; at <= last; at += 1) {
			const own = hash;
			hash = rolled(hash, codes, at);
			if (!holds(mayBegin, own)) continue;
			const owner = this.#owners.get(text.slice(at, at + RUN));
			if (owner === undefined) continue;
			const { start, end, isTail } = widen(text, at, owner.secret);
			found.push({ ...owner, start, end });
			if (isTail) found.push(...this.#restsBelow(text, { ...owner, start, end }));
			at = Math.max(at, end - RUN);
			hash = hashAt(codes, at + 1);
		}
		return found;
	}
}

/** A bit for each of so many sums of a run. */
const PLACES = 2 ** 20;
const PLACE_SHIFT = 12;
const NOWHERE = new Uint32Array(0);
const BASE = 0x01000193;
/** What the character that leaves a run counts for. */
const LEAVING = Array.from({ length: RUN }, () => BASE).reduce(Math.imul, 1);

/** A sum over the run that begins there; behind the end too, where it means nothing. */
function hashAt(codes: Uint8Array, at: number): number {
	let hash = 0;
	for (let i = at; i < at + RUN; i += 1) hash = (Math.imul(hash, BASE) + (codes[i] ?? 0)) | 0;
	return hash;
}

/** That of the next run. */
function rolled(hash: number, codes: Uint8Array, at: number): number {
	return (Math.imul(hash, BASE) + (codes[at + RUN] as number) - Math.imul(codes[at] as number, LEAVING)) | 0;
}

function holds(places: Uint32Array, hash: number): boolean {
	const place = hash >>> PLACE_SHIFT;
	return (((places[place >>> 5] as number) >>> (place & 31)) & 1) === 1;
}

function mark(places: Uint32Array, hash: number): void {
	const place = hash >>> PLACE_SHIFT;
	places[place >>> 5] = (places[place >>> 5] as number) | (1 << (place & 31));
}

/** Nothing of a word, a date, a path: a run that also stands in ordinary text must not be masked for a secret's sake. */
export function isTelling(run: string): boolean {
	if (/\s/.test(run)) return false;
	return isMixed(run) || (!/^\d+$/.test(run) && meanSurprise(run) >= TELLING);
}

/** Two figures and two letters at least. */
function isMixed(text: string): boolean {
	return /\d\D*\d/.test(text) && /[A-Za-z].*[A-Za-z]/.test(text);
}

/**
 * Which characters of a secret a machine made, as far as its parts can be judged: any run of them tells, a lone figure in it
 * or none. Undefined for what has no figures among letters: a person's words.
 */
function machineMadeIn(secret: string): Uint8Array | undefined {
	if (/\s/.test(secret) || !isMixed(secret)) return undefined;
	const made = new Uint8Array(secret.length);
	for (const { 0: part, index } of secret.matchAll(PART))
		if (/\d/.test(part) && meanSurprise(part) >= TELLING) made.fill(1, index, index + part.length);
	return made;
}

/** A part of a token, long enough to be judged. */
const PART = /[A-Za-z0-9]{12,}/g;
/** With fewer of them a run is what everybody knows of such a secret. */
const LEAST_MADE = 3;

function isMadeUp(run: string, made: Uint8Array | undefined): boolean {
	if (ODDLY_CASED.test(run)) return true;
	if (made === undefined) return false;
	if (/^\d+$/.test(run)) return !TIME.test(run) && !/^(\d)\1*$/.test(run);
	let count = 0;
	for (const one of made) count += one;
	return count >= LEAST_MADE || !isReadable(run);
}

/** Capitals as no word has them. */
const ODDLY_CASED = /[a-z][A-Z]{2,}[a-z]/;
/** A day, or seconds since 1970. */
const TIME = /^(?:19|20)\d\d[01]\d[0-3]\d$|^1[5-9]\d{6}$/;

/** Words, or the beginning of one, or figures with other signs between. */
function isReadable(run: string): boolean {
	const parts = run.split(/[^A-Za-z0-9]+/).filter((part) => part !== "");
	return (
		WORDS.test(run) || parts.some((part) => WORD.test(part)) || parts.every((part) => /^\d+$/.test(part))
	);
}

const WORD = /^(?:[a-z]{2,}|[A-Z]?[a-z]{3,})$/;
/** Enough letters of one kind in a row to be read as a word. */
const WORDS = /[a-z]{5}|[A-Z]{6}/;

interface Stretch extends Range {
	/** The secret's end, and not its beginning. */
	readonly isTail: boolean;
}

/** As far as the text and the secret agree. */
function widen(text: string, at: number, secret: string): Stretch {
	const inside = secret.indexOf(text.slice(at, at + RUN));
	let before = 0;
	while (before < inside && before < at && text[at - before - 1] === secret[inside - before - 1]) before += 1;
	let end = RUN;
	while (inside + end < secret.length && text[at + end] === secret[inside + end]) end += 1;
	const isTail = inside > before && inside + end === secret.length;
	return { start: at - before, end: at + end, isTail };
}
