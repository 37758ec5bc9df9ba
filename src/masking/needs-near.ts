/** Whether a text holds, near a keyword, what a rule's matches cannot do without. */
import type { SecretRule } from "../patterns/secret-rule.ts";
import type { Range } from "./finding.ts";
import { matchNeeds, type NeededRun, PartsRead } from "./match-needs.ts";
import { type Reading, SHORTEST_RUN } from "./reading.ts";

/** A rule's needs, made ready to be looked for. */
interface RuleNeeds {
	/** Undefined when none is needed, or only one that stands everywhere. */
	readonly run: NeededRun | undefined;
	readonly characters: readonly CharacterNeed[];
}

interface CharacterNeed {
	/** Rules that need the same characters share them. */
	readonly ahead: CharactersAhead;
	readonly within: number;
}

/** Asked for one place after the other, from the beginning of a text to its end. */
export class NeedsNear {
	/** Of each rule, found out when it is first asked for. */
	readonly #needs: (RuleNeeds | undefined)[];
	readonly #known = new PartsRead();
	readonly #ahead = new Map<string, CharactersAhead>();
	/** By rule: no match begins before this place … */
	readonly #notBefore: Float64Array;
	/** … of the text that this number stands for: starting a new one costs nothing. */
	readonly #round: Int32Array;
	#now = 0;
	/** The runs before this one end too early for any place still to come. */
	#nextRun = 0;

	constructor(rules: number) {
		this.#needs = new Array(rules).fill(undefined);
		this.#notBefore = new Float64Array(rules);
		this.#round = new Int32Array(rules);
	}

	/** A new text begins. */
	reset(): void {
		this.#now = (this.#now + 1) | 0;
		this.#nextRun = 0;
	}

	/** False when no match of the rule belongs to a keyword at this place. */
	mayMatch(reading: Reading, offset: number, index: number, rule: SecretRule): boolean {
		if (this.#round[index] === this.#now && offset < (this.#notBefore[index] as number)) return false;
		const needs = this.#needs[index] ?? this.#makeReady(index, rule);
		const next = this.#nextPlace(reading, offset, needs);
		if (next <= offset) return true;
		this.#round[index] = this.#now;
		this.#notBefore[index] = next;
		return false;
	}

	/** This place, or the first one behind it that may have the first thing that it lacks. */
	#nextPlace(reading: Reading, offset: number, { run, characters }: RuleNeeds): number {
		const next = run === undefined ? offset : this.#nextRunPlace(reading, offset, run);
		if (next > offset) return next;
		for (const { ahead, within } of characters) {
			const place = ahead.next(reading, this.#now, { start: offset, end: offset + within });
			if (place > reading.text.length) return Infinity; // whatever the reach
			if (place > offset + within) return place - within;
		}
		return offset;
	}

	#nextRunPlace({ tokenRuns: runs }: Reading, offset: number, { length, within }: NeededRun): number {
		while ((runs[this.#nextRun]?.end ?? Infinity) <= offset - BEFORE_KEYWORD) this.#nextRun += 1;
		for (let i = this.#nextRun; i < runs.length; i += 1) {
			const { start, end } = runs[i] as Range;
			if (start > offset + within) return start - within;
			if (end - start >= length) return offset;
		}
		return Infinity;
	}

	#makeReady(index: number, { source, keywords }: SecretRule): RuleNeeds {
		const { run, characters } = matchNeeds(source, this.#known);
		const isInKeywords = (set: string) =>
			keywords.every((word) => Array.from(set).some((character) => word.includes(character)));
		const needs = {
			run: run.length < SHORTEST_RUN ? undefined : run,
			characters: characters
				.filter(({ set }) => !isInKeywords(set))
				.map(({ set, within }) => ({ ahead: this.#aheadOf(set), within })),
		};
		this.#needs[index] = needs;
		return needs;
	}

	#aheadOf(set: string): CharactersAhead {
		const ahead = this.#ahead.get(set) ?? new CharactersAhead(set);
		this.#ahead.set(set, ahead);
		return ahead;
	}
}

/** A match may begin before its keyword: with the scheme of an address. No needed character is one of a scheme. */
const BEFORE_KEYWORD = 32;

/** Where the next one of some characters stands. Each text is looked through once, as far as it is asked for. */
class CharactersAhead {
	/** 1 for the code of each. */
	readonly #set = new Uint8Array(256);
	#round = 0;
	/** There is none between the place that was asked for last and this one. */
	#at = 0;

	constructor(characters: string) {
		for (const character of characters) this.#set[character.charCodeAt(0)] = 1;
	}

	/** The first in the range; without one a place behind the range, before which there is none. */
	next({ codes, text }: Reading, round: number, { start, end }: Range): number {
		const last = Math.min(end, text.length);
		let at = round === this.#round ? Math.max(this.#at, start) : start;
		while (at <= last && this.#set[codes[at] as number] === 0) at += 1;
		this.#round = round;
		this.#at = at;
		return at;
	}
}
