/** What the screen looked like ─► masking ─► chunks. Nothing is kept that was not masked; what cannot be is a gap. */
import type { Masked } from "../core/masked.ts";
import { type Picture, type PictureRow, textOfRow } from "../core/picture.ts";
import type { GapReason, Moment, RecordingChunk } from "../core/recording.ts";
import { joinMasked, maskedFrom } from "../masking/masker.ts";
import { PictureMasker, type PictureMaskerParts } from "../masking/picture/picture-masker.ts";
import { ChunkWriter } from "../replay/chunk-writer.ts";
import type { Shown } from "./turn-source.ts";
import { Veil } from "./veil.ts";

/** A sudden end of the recorder costs no more than this. Each time the newest chunk is written anew, as far as it goes. */
const SAVE_EVERY_MS = 4000;
/** Going with something else that is written costs little, going alone a transaction: rather a little sooner than alone. */
const SAVE_WITH_OTHERS_MS = 3000;
const BLANK: PictureRow = { runs: [], isWrapped: false };
const NEVER = Number.POSITIVE_INFINITY;

export class ScreenRecorder {
	readonly #masker: PictureMasker;
	readonly #writer = new ChunkWriter();
	readonly #veil = new Veil<PictureRow>(textOfRow, BLANK);
	readonly #parts: PictureMaskerParts;
	#waiting: Masked<readonly Moment[]>;
	#newest: Picture | undefined;
	/** The newest one as it was masked. */
	#shown: Picture | undefined;
	/** When more of the newest picture may be shown. */
	#holdsUntil = NEVER;
	#isPaused = false;
	#savedAt = 0;

	constructor(parts: PictureMaskerParts) {
		this.#parts = parts;
		this.#masker = new PictureMasker(parts);
		this.#waiting = this.#marks();
	}

	/**
	 * Masks what was shown since it was asked last; `at` in milliseconds since the session's start. `isOver`: the program has
	 * come to its end, and what stands there is all there is.
	 */
	take({ pictures, above }: Shown, at: number, isOver = false): void {
		if (this.#isPaused) {
			this.#newest = pictures.at(-1) ?? this.#newest;
			return;
		}
		const isAgain = pictures.length === 0;
		const fresh = isAgain ? this.#again(at, isOver) : pictures;
		const newest = fresh.at(-1);
		if (newest === undefined) {
			this.#masker.mask({ pictures: [], above });
			return;
		}
		this.#newest = newest;
		const masked = this.#masker.mask({
			pictures: fresh.map((picture) => this.#veiled(picture)),
			above,
			isOver,
		});
		if (masked.kind === "withheld") {
			this.#holdsUntil = NEVER;
			this.gap(newest.at, "withheld");
			return;
		}
		this.#holdsUntil = masked.holdsUntil;
		const shown = this.#shown;
		this.#shown = masked.pictures.at(-1);
		if (isAgain && looksTheSame(this.#shown, shown)) return;
		const moments = maskedFrom(masked.pictures, (all): readonly Moment[] => all.map(toMoment));
		this.#waiting = joinMasked(this.#waiting, moments);
	}

	gap(at: number, reason: GapReason): void {
		this.#shown = undefined;
		this.#waiting = joinMasked(this.#waiting, this.#marks({ kind: "gap", at, reason }));
	}

	pause(at: number): void {
		this.gap(at, "paused");
		this.#holdsUntil = NEVER;
		this.#isPaused = true;
		this.#veil.remember(this.#newest?.rows);
	}

	/** What came on the screen meanwhile and still stands there is not shown. */
	resume(at: number): void {
		this.#isPaused = false;
		this.#veil.cover(this.#newest?.rows);
		this.#holdsUntil = at;
	}

	/** Whether what there is should be stored now; `isAlone`: nothing else is. */
	isDue(at: number, isAlone: boolean): boolean {
		const every = isAlone ? SAVE_EVERY_MS : SAVE_WITH_OTHERS_MS;
		return this.#waiting.length > 0 && at - this.#savedAt >= every;
	}

	/** What is to be stored now. */
	chunks(at: number): Masked<readonly RecordingChunk[]> {
		this.#savedAt = at;
		return maskedFrom(this.#takeWaiting(), (moments) => this.#writer.write(moments));
	}

	/** The rest. */
	finish(): Masked<readonly RecordingChunk[]> {
		return maskedFrom(this.#takeWaiting(), (moments) => {
			const written = this.#writer.write(moments);
			const last = this.#writer.finish();
			return [...written.filter(({ seq }) => seq !== last[0]?.seq), ...last];
		});
	}

	#veiled(picture: Picture): Picture {
		const { rows } = this.#veil.over(picture.rows);
		return rows === picture.rows ? picture : { ...picture, rows };
	}

	#takeWaiting(): Masked<readonly Moment[]> {
		const waiting = this.#waiting;
		this.#waiting = this.#marks();
		return waiting;
	}

	/** Moments that hold nothing of what was shown. */
	#marks(...moments: readonly Moment[]): Masked<readonly Moment[]> {
		return this.#parts.masker.mask(moments).value;
	}

	/** The newest picture once more, when what was held back in it has been settled by time. */
	#again(at: number, isOver: boolean): readonly Picture[] {
		if (this.#newest === undefined || (at < this.#holdsUntil && !isOver)) return [];
		return [{ ...this.#newest, at }];
	}
}

/** Of the same picture: the cursor stands where it stood. */
function looksTheSame(now: Picture | undefined, before: Picture | undefined): boolean {
	if (now === undefined || before === undefined || now.rows.length !== before.rows.length) return false;
	return now.rows.every((row, y) => row === before.rows[y]);
}

function toMoment(picture: Picture): Moment {
	return { kind: "picture", at: picture.at, picture };
}
