/** Whether a text holds, near a keyword, the unbroken run that a rule's matches cannot do without. */
import type { SecretRule } from "../patterns/secret-rule.ts";
import type { Range } from "./finding.ts";
import { type NeededRun, neededRun } from "./needed-run.ts";
import { type Reading, SHORTEST_RUN } from "./reading.ts";

/** What each rule needs, found out when it is first asked for. */
export class RunNeeds {
	readonly #needs: (NeededRun | undefined)[];

	constructor(rules: number) {
		this.#needs = new Array(rules).fill(undefined);
	}

	of(index: number, { source }: SecretRule): NeededRun {
		const known = this.#needs[index];
		if (known !== undefined) return known;
		const needed = neededRun(source);
		this.#needs[index] = needed;
		return needed;
	}
}

/** A match may begin before its keyword: with the scheme of an address. */
const BEFORE_KEYWORD = 32;

/** Asked for one place after the other, from the beginning of the text to its end. */
export class RunsNear {
	readonly #reading: Reading;
	/** The runs before this one end too early for any place still to come. */
	#next = 0;

	constructor(reading: Reading) {
		this.#reading = reading;
	}

	has(offset: number, { length, within }: NeededRun): boolean {
		if (length < SHORTEST_RUN) return true; // shorter runs stand everywhere, and are not known
		const runs = this.#reading.tokenRuns;
		while ((runs[this.#next]?.end ?? Infinity) <= offset - BEFORE_KEYWORD) this.#next += 1;
		for (let i = this.#next; i < runs.length; i += 1) {
			const { start, end } = runs[i] as Range;
			if (start > offset + within) return false;
			if (end - start >= length) return true;
		}
		return false;
	}
}
