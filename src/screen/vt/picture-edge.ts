/**
 * Where one picture ends and the next begins, as programs that paint show it without saying so:
 *
 *   main screen    up ─► painted from the top down ─► (up again, to where the cursor waits for keys, and back down)
 *   other screen   home ─► painted ─► (to where the cursor waits for keys)
 *
 * Several pictures may come in one piece, and one picture in several: their edges are where they are all the same.
 */

/** Since the last edge: nothing was painted, something was, and the cursor was put aside since then. */
const BLANK = 0;
const PAINTED = 1;
const PARKED = 2;

export class PictureEdge {
	#stage: typeof BLANK | typeof PAINTED | typeof PARKED = BLANK;
	/** The last picture ended with the cursor put aside: the next one will, too. */
	#parks = false;
	/** Row that the cursor went up to last. */
	#upTo = 0;
	/** It has come down again from where it was put aside. */
	#isBack = false;

	/** Such a program is in the middle of a picture. */
	get isInside(): boolean {
		return this.#parks && this.#stage === PAINTED;
	}

	get isPainted(): boolean {
		return this.#stage === PAINTED;
	}

	/** Something is shown, or taken away where it stood. */
	paint(): void {
		this.#stage = PAINTED;
	}

	/** To any other place than home, on the other screen. */
	place(): void {
		if (this.#stage === PAINTED) this.#stage = PARKED;
	}

	/** To the first row and column of the other screen. Whether a picture stands there whole. */
	home(): boolean {
		if (this.#stage === BLANK) return false;
		this.#parks = this.#stage === PARKED;
		this.#stage = BLANK;
		return true;
	}

	/** Up the main screen, between these rows. Whether a picture stands there whole. */
	up(from: number, to: number): boolean {
		const isEdge = this.#stage !== BLANK;
		if (isEdge) this.#parks = this.#isBack;
		this.#isBack = !isEdge && (this.#isBack || from > this.#upTo);
		this.#upTo = to;
		this.#stage = BLANK;
		return isEdge;
	}

	/** All is erased, or the screens change places. Whether a picture stood there whole. */
	wipe(): boolean {
		const isEdge = this.#stage !== BLANK;
		this.#stage = BLANK;
		return isEdge;
	}
}
