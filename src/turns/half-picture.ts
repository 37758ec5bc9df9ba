/**
 * Rows that left the screen while a picture had no lower end yet: a reprint of a long conversation is painted in several
 * goes, and only the last of them ends with the box. They are read together with it.
 */
import type { Frame, Row } from "../core/frame.ts";

/** Memory is bounded: a longer reprint has been read before. */
const MAX_ROWS = 20_000;
/** A box that is away for longer was taken away: what is printed then is another program's. */
const LONGEST_PAINTING_MS = 2000;

export class HalfPicture {
	#rows: readonly Row[] = [];
	#since = 0;

	/** The frame ends in nothing that is known: what scrolled off waits for its rest. */
	hold(frame: Frame): void {
		if (frame.renderer !== "classic" || frame.scrolled.length === 0) return;
		if (this.#rows.length === 0 || this.#isOver(frame)) {
			this.#rows = [];
			this.#since = frame.at;
		}
		this.#rows = [...this.#rows, ...frame.scrolled].slice(-MAX_ROWS);
	}

	/** The frame with what was held before it; nothing is held any more. */
	complete(frame: Frame): Frame {
		if (this.#rows.length === 0) return frame;
		const held = this.#isOver(frame) ? [] : this.#rows;
		this.#rows = [];
		return held.length === 0 ? frame : { ...frame, scrolled: [...held, ...frame.scrolled] };
	}

	#isOver(frame: Frame): boolean {
		return frame.at - this.#since > LONGEST_PAINTING_MS;
	}
}
