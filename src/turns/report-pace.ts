/**
 * How often a running turn is reported. What tells where it stands in the recording (an entry more, a result, a dialog that opens
 * or closes) is reported with the picture that showed it.
 */
import type { OpenTurn } from "./open-turn.ts";

/** A running turn is reported at most this often; its end at once. */
const REPORT_EVERY_MS = 400;

interface Milestone extends Pick<OpenTurn, "seq" | "entries" | "permissions"> {
	readonly running: number;
	readonly answered: number;
	readonly open: number;
}

export class ReportPace {
	#at = Number.NEGATIVE_INFINITY;
	#last: Milestone | undefined;

	/** `at` as the frame has it; infinity: the session is over. */
	isDue(at: number, turn: OpenTurn | undefined): boolean {
		const isMilestone = this.#passes(turn);
		if (!isMilestone && at - this.#at < REPORT_EVERY_MS) return false;
		if (Number.isFinite(at)) this.#at = at;
		return true;
	}

	hurry(): void {
		this.#at = Number.NEGATIVE_INFINITY;
	}

	#passes(turn: OpenTurn | undefined): boolean {
		const last = this.#last;
		if (turn === undefined || (turn.entries === last?.entries && turn.permissions === last.permissions))
			return false;
		const now = milestoneOf(turn);
		this.#last = now;
		return last === undefined || !isSameMilestone(last, now);
	}
}

function milestoneOf({ seq, entries, permissions }: OpenTurn): Milestone {
	let [running, answered, open] = [0, 0, 0];
	for (const { isRunning, results } of entries) {
		if (isRunning === true) running++;
		if (results.length > 0) answered++;
	}
	for (const { isOpen } of permissions) if (isOpen) open++;
	return { seq, entries, permissions, running, answered, open };
}

function isSameMilestone(a: Milestone, b: Milestone): boolean {
	if (a.seq !== b.seq || a.running !== b.running || a.answered !== b.answered || a.open !== b.open)
		return false;
	return a.entries.length === b.entries.length && a.permissions.length === b.permissions.length;
}
