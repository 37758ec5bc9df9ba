/**
 * How often a running turn is reported. What tells where it stands in the recording (an entry more, a result, a dialog that opens
 * or closes) is reported with the picture that showed it.
 */
import type { OpenTurn } from "./open-turn.ts";

/** A running turn is reported at most this often; its end at once. */
const REPORT_EVERY_MS = 400;

interface Milestone extends Pick<OpenTurn, "seq" | "entries" | "permissions"> {
	readonly count: string;
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
		const { seq, entries, permissions } = turn;
		const running = entries.filter(({ isRunning }) => isRunning === true).length;
		const answered = entries.filter(({ results }) => results.length > 0).length;
		const open = permissions.filter(({ isOpen }) => isOpen).length;
		const count = [seq, entries.length, running, answered, permissions.length, open].join(" ");
		this.#last = { seq, entries, permissions, count };
		return count !== last?.count;
	}
}
