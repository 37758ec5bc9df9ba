/**
 * Events between the pipe, which must be read at once, and the pipeline, which takes its time. Bounded: under a flood
 * the bytes that do not fit are counted and become one gap where they are missing.
 */
import type { TerminalEvent } from "../core/event.ts";

/** A flood this far ahead of the pipeline is not worth keeping whole: minutes of ordinary output. */
export const QUEUE_MAX_BYTES = 12 * 1024 * 1024;
/** After a gap, wait for this much room: one longer gap is easier to understand than a hundred short ones. */
const ROOM_AFTER_GAP_BYTES = QUEUE_MAX_BYTES / 2;
/** Places of events that were taken, until the others move up: a queue may never be empty. */
const MOST_TAKEN = 4096;
const REASON = "more output than could be processed";

export class EventQueue {
	readonly #maxBytes: number;
	readonly #roomBytes: number;
	#events: (TerminalEvent | undefined)[] = [];
	/** Those before it were taken, and are not held any more. */
	#head = 0;
	#bytes = 0;
	#gap: { at: number; lostBytes: number } | undefined;

	constructor(maxBytes: number = QUEUE_MAX_BYTES) {
		this.#maxBytes = maxBytes;
		this.#roomBytes = Math.min(ROOM_AFTER_GAP_BYTES, maxBytes / 2);
	}

	get isEmpty(): boolean {
		return this.#head === this.#events.length && this.#gap === undefined;
	}

	push(event: TerminalEvent): void {
		const size = "data" in event ? event.data.length : 0;
		if (size > 0 && !this.#hasRoomFor(size)) {
			this.#gap ??= { at: event.at, lostBytes: 0 };
			this.#gap.lostBytes += size;
			return;
		}
		this.#closeGap();
		this.#events.push(event);
		this.#bytes += size;
	}

	shift(): TerminalEvent | undefined {
		if (this.#head === this.#events.length) this.#closeGap();
		const event = this.#events[this.#head];
		if (event === undefined) return undefined;
		this.#events[this.#head] = undefined;
		this.#head += 1;
		if ("data" in event) this.#bytes -= event.data.length;
		if (this.#head === this.#events.length || this.#head >= MOST_TAKEN) {
			this.#events = this.#events.slice(this.#head);
			this.#head = 0;
		}
		return event;
	}

	#hasRoomFor(size: number): boolean {
		const limit = this.#gap === undefined ? this.#maxBytes : this.#roomBytes;
		return this.#bytes + size <= limit;
	}

	#closeGap(): void {
		if (this.#gap === undefined) return;
		this.#events.push({ kind: "gap", reason: REASON, ...this.#gap });
		this.#gap = undefined;
	}
}
