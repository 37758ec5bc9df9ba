/** Judges runs and adds them up. Pure. */
import { CHECKS, isMarked, missingTags, promisedUntil } from "./checks.ts";
import type { Facts } from "./facts.ts";
import type { Fault } from "./fault.ts";
import type { Played } from "./play.ts";

export interface Problem {
	readonly check: string;
	readonly what: string;
}

export interface Outcome {
	readonly problems: readonly Problem[];
	/** The fault struck when everything was over. */
	readonly isLate: boolean;
	/** Lines that the terminal showed. */
	readonly shown: number;
	readonly recorded: number;
	/** Not in the record, which says so with a gap or a truncation. */
	readonly marked: number;
	/** Not in the record: shown in the last second before the fault, or after it; said at the terminal or by the status. */
	readonly known: number;
	/** Shown earlier than that, and missing without a mark. */
	readonly lost: number;
}

export function judge(fault: Fault, { facts, again }: Played): Outcome {
	const found = [
		...problemsOf(facts, fault),
		...(again === undefined ? [] : problemsOf(again, AFTERWARDS, "afterwards: ")),
	];
	return { problems: found, isLate: facts.isLate, ...countLines(facts, fault) };
}

/** Nothing is wrong any more. */
const AFTERWARDS: Fault = { name: "afterwards", group: "", what: "", runs: { brief: 0, full: 0 } };

function problemsOf(facts: Facts, fault: Fault, prefix = ""): Problem[] {
	return CHECKS.flatMap(({ name, look }) => {
		const what = look(facts, fault);
		return what === undefined ? [] : [{ check: name, what: `${prefix}${what}` }];
	});
}

function countLines(facts: Facts, fault: Fault): Omit<Outcome, "problems" | "isLate"> {
	const sum = { shown: 0, recorded: 0, marked: 0, known: 0, lost: 0 };
	const until = promisedUntil(fault, facts);
	for (const pair of facts.pairs) {
		const missing = missingTags(pair);
		const early = missing.filter(({ at }) => at <= until).length + pair.untold;
		const count = missing.length + pair.untold;
		sum.shown += pair.tags.length + pair.untold;
		sum.recorded += pair.tags.length - missing.length;
		if (isMarked(pair, count)) sum.marked += count;
		else {
			sum.lost += early;
			sum.known += count - early;
		}
	}
	return sum;
}

export interface Row {
	readonly fault: Fault;
	readonly runs: number;
	readonly failed: number;
	/** Runs in which it struck too late. */
	readonly late: number;
	readonly shown: number;
	readonly recorded: number;
	readonly marked: number;
	readonly known: number;
	readonly lost: number;
	/** Why it was not run. */
	readonly skipped?: string;
}

export function addUp(fault: Fault, outcomes: readonly Outcome[]): Row {
	const total = (pick: (outcome: Outcome) => number) =>
		outcomes.reduce((sum, outcome) => sum + pick(outcome), 0);
	return {
		fault,
		runs: outcomes.length,
		failed: outcomes.filter(({ problems }) => problems.length > 0).length,
		late: outcomes.filter(({ isLate }) => isLate).length,
		shown: total(({ shown }) => shown),
		recorded: total(({ recorded }) => recorded),
		marked: total(({ marked }) => marked),
		known: total(({ known }) => known),
		lost: total(({ lost }) => lost),
	};
}
