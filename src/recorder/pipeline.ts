import type { TerminalEvent } from "../core/event.ts";
import type { SessionStatus } from "../core/session.ts";

/**
 * One session's way from bytes to stored turns: screen → turns → masking → store.
 * The recorder process owns the pipe, the queue and the clock; this owns what happens to the data.
 */
export interface Pipeline {
	/** One event, in order. Throws a `CtraceError` only for what ends the recording (disk full, store gone). */
	feed(event: TerminalEvent): void;
	/** Time passed without events; `at` in milliseconds since the session started. Settles frames, saves what is due. */
	tick(at: number): void;
	/** The session ended, or its end was never seen (`lost`). Everything is durable when it returns. */
	close(at: number, status: SessionStatus): void;
	/** What is still to be done when the session is durable and the person's prompt back; never fails. */
	finish?(): Promise<void>;
}
