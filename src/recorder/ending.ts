/** How a session ends: what was left in the middle of something may have been left in the middle of a secret. */
import type { TerminalEvent } from "../core/event.ts";
import type { SessionStatus } from "../core/session.ts";

/** A shell's exit code for a command that a signal ended lies above this. */
const SIGNAL_CODES = 128;

export class Ending {
	/** By a signal, as a shell tells of one, too. */
	#wasEnded = false;
	/** What was shown last is missing. */
	#isEndMissing = false;

	note(event: TerminalEvent): void {
		if (event.kind === "output") this.#isEndMissing = false;
		if (event.kind === "gap" && event.lostBytes > 0) this.#isEndMissing = true;
		if (event.kind === "exit")
			this.#wasEnded = event.signal !== undefined || (event.code ?? 0) > SIGNAL_CODES;
	}

	/** `status` is absent while the session goes on. */
	isWell(status: SessionStatus | undefined): boolean {
		return status === "complete" && !this.isCut(status);
	}

	isCut(status: SessionStatus): boolean {
		return status === "lost" || this.#wasEnded || this.#isEndMissing;
	}
}
