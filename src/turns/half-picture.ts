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
	#isOpen = false;

	/** The frame ends in nothing that is known: what scrolled off waits for its rest. */
	hold(frame: Frame): void {
		if (frame.renderer !== "classic") return;
		const rows = this.#news(frame);
		if (this.#rows.length === 0 || this.#isOver(frame)) {
			this.#rows = [];
			this.#since = frame.at;
		}
		this.#rows = [...this.#rows, ...rows].slice(-MAX_ROWS);
		this.#isOpen = true;
	}

	/** The frame with what was held before it; nothing is held any more. */
	complete(frame: Frame): Frame {
		const held = this.#isOver(frame) ? [] : this.#rows;
		const rows = this.#news(frame);
		this.#rows = [];
		this.#isOpen = false;
		return held.length === 0 && rows === frame.scrolled ? frame : { ...frame, scrolled: [...held, ...rows] };
	}

	/** What a resize pushed off has been read, if the picture was whole: read again, it would stand there twice. */
	#news({ scrolled, reflowed = 0 }: Frame): readonly Row[] {
		return this.#isOpen || reflowed === 0 ? scrolled : scrolled.slice(reflowed);
	}

	#isOver(frame: Frame): boolean {
		return frame.at - this.#since > LONGEST_PAINTING_MS;
	}
}
