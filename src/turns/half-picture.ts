/**
 * Rows that left the screen while a picture had no lower end yet: a reprint of a long conversation is painted in several
 * goes, and only the last of them ends with the box. They are read together with it.
 */
import type { Frame, Row } from "../core/frame.ts";
import { isPaintedOver } from "./painted-over.ts";

/** Memory is bounded: a longer reprint has been read before. */
const MAX_ROWS = 20_000;
/** A box that is away for longer was taken away: what is printed then is another program's. */
const LONGEST_PAINTING_MS = 2000;

/** A program that has to draw all of a long conversation anew is done by then. */
const REPAINTED_MS = 2000;

/** A window that is dragged makes a program begin anew as often as this while no picture becomes whole. */
const MAX_EARLIER = 20;

const NONE: readonly Frame[] = [];

export class HalfPicture {
	#resizedAt = Number.NEGATIVE_INFINITY;
	#rows: readonly Row[] = [];
	/** The screen below them. */
	#screen: readonly Row[] = [];
	/** Rows held before, that the program began anew below: each of them is a view of its own. */
	#earlier: readonly (readonly Row[])[] = [];
	#since = 0;
	#isOpen = false;
	/** The last resize came while a picture was half painted: what it left has not been read. */
	#isLeftUnread = false;

	/**
	 * Whether the frame shows nothing new: the window changed its size and the program has painted nothing since. All of it
	 * has been read, wrapped otherwise.
	 */
	isReflowAlone({ at, resized, rows, scrolled, reflowed = 0, stale = 0 }: Frame): boolean {
		if (resized) {
			this.#resizedAt = at;
			this.#isLeftUnread = this.#isOpen;
		}
		return stale > 0 && stale === rows.length && reflowed === scrolled.length;
	}

	/** The program may still be painting over what a resize left of its last picture. */
	isAfterResize(at: number): boolean {
		return at - this.#resizedAt < REPAINTED_MS;
	}

	/** The frame ends in nothing that is known: what scrolled off waits for its rest. */
	hold(frame: Frame): void {
		if (frame.renderer !== "classic") return;
		const rows = this.#news(frame);
		if (this.#rows.length === 0 || this.#isOver(frame)) {
			this.#forget();
			this.#since = frame.at;
		}
		this.#setAside([...rows, ...frame.rows]);
		this.#rows = [...this.#rows, ...rows].slice(-MAX_ROWS);
		this.#screen = frame.rows;
		this.#isOpen = true;
	}

	/** What was held, as far as the frame does not go on where it ends. Asked for before the frame is completed. */
	takeEarlier(frame: Frame): readonly Frame[] {
		if (this.#rows.length === 0) return NONE;
		if (this.#isOver(frame)) this.#forget();
		this.#setAside([...this.#news(frame), ...frame.rows]);
		const earlier = this.#earlier;
		this.#earlier = [];
		return earlier.map((scrolled) => ({ ...unread(frame), scrolled, rows: [] }));
	}

	/** The frame with what was held before it; nothing is held any more. */
	complete(frame: Frame): Frame {
		const held = this.#rows;
		const rows = this.#news(frame);
		const whole = this.#isLeftUnread && frame.stale !== undefined ? unread(frame) : frame;
		this.#forget();
		this.#isOpen = false;
		this.#isLeftUnread = false;
		return held.length === 0 && rows === frame.scrolled ? whole : { ...whole, scrolled: [...held, ...rows] };
	}

	/** What stands there now begins anew with what is held: the two are not one text. */
	#setAside(below: readonly Row[]): void {
		if (this.#rows.length === 0 || !isPaintedOver(this.#rows, this.#screen, below)) return;
		this.#earlier = [...this.#earlier, this.#rows].slice(-MAX_EARLIER);
		this.#rows = [];
	}

	#forget(): void {
		this.#rows = [];
		this.#screen = [];
		this.#earlier = [];
	}

	/** What a resize pushed off has been read, if the picture was whole: read again, it would stand there twice. */
	#news({ scrolled, reflowed = 0 }: Frame): readonly Row[] {
		return this.#isLeftUnread || reflowed === 0 ? scrolled : scrolled.slice(reflowed);
	}

	#isOver(frame: Frame): boolean {
		return frame.at - this.#since > LONGEST_PAINTING_MS;
	}
}

/** Nobody has read the rows that a resize left. */
function unread(frame: Frame): Frame {
	return { ...frame, stale: undefined };
}
