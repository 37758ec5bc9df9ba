/**
 * Bytes → settled frames. A program paints one picture in several writes; a picture read halfway is a lie.
 * A frame is taken where the program says so (end of a `?2026` update), where its bytes show that the next one begins
 * (`vt/picture-edge.ts`), or when the stream has been quiet, unless its bytes end in the middle of something.
 *
 *            output               sync begin              quiet / resize / exit
 *   clean ───────────► dirty ─────────────────► updating ───────────────────────► clean (+ frame)
 *                        ▲ edge (+ frame)           │ sync end (+ frame)
 *                        └──────────────────────────┘
 */
import type { TerminalEvent, TerminalSize } from "../core/event.ts";
import type { Frame, Row, TakenBack } from "../core/frame.ts";
import type { Picture } from "../core/picture.ts";
import { Emulator, SLICE_BYTES } from "./emulator.ts";
import { PicturePace } from "./picture-pace.ts";

/**
 * Silence that ends a picture. Claude Code draws every 40–120 ms, and the reads of one picture follow each
 * other within a few milliseconds, also on a loaded machine.
 */
export const SETTLE_QUIET_MS = 16;
/** A picture that was begun and never ends (the program died in it) is taken as it is after this time. */
export const SYNC_LIMIT_MS = 1000;
/**
 * Linux hands what a program writes on to its terminal in pieces of this size (`tty_write`); on a loaded machine there may be
 * any time between two of them.
 */
export const PIECE_BYTES = 2048;

/** The rest of a picture that does not end as the one before did is waited for so long. */
export const REST_LIMIT_MS = 250;

/** A flood without a pause is handed on in stretches of this many rows, so that it is never held whole. */
export const MAX_UNSETTLED_ROWS = 20_000;
/**
 * After a resize the alternate screen is cut, not re-flowed, until the program has painted it anew (it erases first).
 * A program that does not within this time is shown as it stands.
 */
export const REPAINT_LIMIT_MS = 400;

type State = "clean" | "dirty" | "updating";

export class Screen {
	readonly #emulator: Emulator;
	#state: State = "clean";
	#lastOutputAt = 0;
	#isLastWholePiece = false;
	#now = 0;
	#scrolled: Row[] = [];
	#reflowed = 0;
	#takenBack: TakenBack[] = [];
	/** The rows as the last resize left them, from the first one that has neither scrolled off nor been painted since. */
	#stale: readonly Row[] = [];
	#previous: readonly Row[] = [];
	#wiped = false;
	#resized = false;
	/** When a resize cut the alternate screen; until it is painted anew there is nothing to see. */
	#cutAt: number | undefined;
	#frames: Frame[] = [];
	#pictures: Picture[] = [];
	/** It has changed since the last picture. */
	#isUnpictured = false;
	#picturedAt = Number.NEGATIVE_INFINITY;
	#pictureAfterMs = Number.POSITIVE_INFINITY;
	readonly #pace = new PicturePace();
	#cursorBefore = "";
	readonly #takesPictures: boolean;

	/** `pictures`: how it looked is kept, too, some times a second. */
	constructor(size: TerminalSize, { pictures = false }: { readonly pictures?: boolean } = {}) {
		this.#takesPictures = pictures;
		this.#emulator = new Emulator(clampSize(size), {
			sync: (active) => this.#onSync(active),
			beforeWipe: () => this.#onWipe(),
			betweenPictures: () => this.#onEdge(),
		});
	}

	/** One event; the frames it settled. A frame's time is that of the last output in it. */
	feed(event: TerminalEvent): readonly Frame[] {
		this.#settleIfQuiet(event.at);
		this.#takePicture(event.at);
		this.#now = event.at;
		if (event.kind === "output") this.#write(event.data);
		if (event.kind === "resize") this.#resize(event);
		if (event.kind === "gap" && event.lostBytes > 0) {
			this.#emulator.tear();
			if (this.#state === "clean") this.#state = "dirty";
		}
		if (event.kind === "exit") this.#settle();
		return this.#take();
	}

	/** Time passed without events; `at` in milliseconds since the session's start. */
	tick(at: number): readonly Frame[] {
		this.#settleIfQuiet(at);
		this.#takePicture(at);
		return this.#take();
	}

	/** All there is up to now: what was painted last is the last frame. */
	flush(): readonly Frame[] {
		this.#settle();
		this.pictureSoon();
		return this.#take();
	}

	/** How it looked since it was asked last, oldest first. */
	takePictures(): readonly Picture[] {
		const pictures = this.#pictures;
		this.#pictures = [];
		return pictures;
	}

	/** Something has begun that is to be found: whether the newest picture shows the screen as it is now, or else a later one will. */
	pictureSoon(): boolean {
		if (this.#isUnpictured || this.#state !== "clean") this.#pictureAfterMs = 0;
		this.#takePicture(this.#lastOutputAt);
		return !this.#isUnpictured && this.#state === "clean";
	}

	#write(data: Uint8Array): void {
		if (data.length > 0) this.#isLastWholePiece = data.length % PIECE_BYTES === 0;
		for (let offset = 0; offset < data.length; offset += SLICE_BYTES) {
			if (this.#state === "clean") this.#state = "dirty";
			this.#lastOutputAt = this.#now;
			const slice = data.length <= SLICE_BYTES ? data : data.subarray(offset, offset + SLICE_BYTES);
			this.#emulator.write(slice);
			this.#noteRest();
			this.#harvest();
			if (this.#scrolled.length >= MAX_UNSETTLED_ROWS) this.#settle();
		}
	}

	#resize(size: TerminalSize): void {
		this.#settle();
		const { cols, rows } = clampSize(size);
		const isFirst = this.#scrolled.length === this.#reflowed;
		const { lines, left } = this.#emulator.resize(cols, rows);
		if (lines > 0) this.#takenBack.push({ after: this.#scrolled.length, lines, left });
		this.#harvest();
		if (isFirst) this.#reflowed = this.#scrolled.length;
		this.#stale = isFirst && !this.#emulator.isAlternate ? this.#emulator.readScreen() : [];
		this.#resized = true;
		this.#state = "dirty";
		this.#lastOutputAt = this.#now;
		if (this.#emulator.isAlternate) this.#cutAt = this.#now;
	}

	/** Something may follow the end of an update in the same read. */
	#noteRest(): void {
		if (this.#state === "clean" && this.#emulator.isPainted) this.#state = "dirty";
	}

	#onSync(active: boolean): void {
		if (active) this.#state = "updating";
		else if (this.#state === "updating") this.#settle();
	}

	/** However soon the next one comes, this one is read. */
	#onEdge(): void {
		// What a resize cut may be painted anew by the very next bytes, whenever they come.
		if (this.#state === "updating" || this.#cutAt !== undefined) return;
		this.#settle(false);
		this.#state = "dirty";
	}

	#onWipe(): void {
		this.#cutAt = undefined;
		this.#harvest();
		this.#wiped = true;
	}

	#harvest(): void {
		for (const row of this.#emulator.takeScrolled()) this.#scrolled.push(row);
	}

	#settleIfQuiet(at: number): void {
		if (this.#state === "clean") return;
		if (at - this.#lastOutputAt >= this.#patience()) this.#settle();
	}

	/** Silence that is taken for a picture's end. */
	#patience(): number {
		if (this.#isBegun()) return SYNC_LIMIT_MS;
		return this.#emulator.isInsidePicture ? REST_LIMIT_MS : SETTLE_QUIET_MS;
	}

	/** Silence is no end of it: the program said so, or the bytes end where no picture does. */
	#isBegun(): boolean {
		return this.#state === "updating" || this.#emulator.isInside || this.#isLastWholePiece;
	}

	/** `isAtRest`: the cursor is where the program leaves it. At an edge it may be on its way. */
	#settle(isAtRest = true): void {
		if (this.#state === "clean" || this.#isCut()) return;
		this.#state = "clean";
		this.#harvest();
		const rows = this.#emulator.readScreen(this.#previous);
		const isUnchanged = this.#isUnchanged(rows);
		this.#isUnpictured ||= this.#takesPictures && (!isUnchanged || this.#hasCursorMoved());
		if (this.#isUnpictured) this.#pictureAfterMs = Math.min(this.#pictureAfterMs, this.#pace.after(rows));
		if (isAtRest) this.#takePicture(this.#lastOutputAt);
		if (isUnchanged) return;
		this.#dropPainted(rows);
		this.#frames.push({
			at: this.#lastOutputAt,
			cols: this.#emulator.cols,
			scrolled: this.#scrolled,
			reflowed: this.#reflowed === 0 ? undefined : this.#reflowed,
			takenBack: this.#takenBack.length === 0 ? undefined : this.#takenBack,
			stale: this.#stale.length === 0 ? undefined : this.#stale.length,
			rows,
			cursor: this.#emulator.cursor,
			renderer: this.#emulator.isAlternate ? "fullscreen" : "classic",
			wiped: this.#wiped,
			resized: this.#resized,
			title: this.#emulator.title,
		});
		this.#previous = rows;
		this.#scrolled = [];
		this.#reflowed = 0;
		this.#takenBack = [];
		this.#wiped = false;
		this.#resized = false;
	}

	/** What a resize left goes from the top, as it scrolls off, and ends at the first row that was painted since. */
	#dropPainted(rows: readonly Row[]): void {
		if (this.#stale.length === 0) return;
		const since = this.#scrolled.slice(this.#reflowed);
		const gone = sameRows(since, this.#stale);
		this.#reflowed += gone;
		const left = gone === since.length && !this.#wiped ? this.#stale.slice(gone) : [];
		this.#stale = left.slice(0, sameRows(rows, left));
	}

	/** Of the screen as it settled last: at most some times a second, and always of what stays. */
	#takePicture(at: number): void {
		if (!this.#isUnpictured || this.#state !== "clean" || at - this.#picturedAt < this.#pictureAfterMs)
			return;
		this.#isUnpictured = false;
		this.#pictureAfterMs = Number.POSITIVE_INFINITY;
		this.#pace.taken();
		this.#picturedAt = at;
		const { cols, cursor } = this.#emulator;
		this.#cursorBefore = placeOf(cursor);
		this.#pictures.push({ at: this.#lastOutputAt, cols, rows: this.#emulator.readPainted(), cursor });
	}

	#hasCursorMoved(): boolean {
		return placeOf(this.#emulator.cursor) !== this.#cursorBefore;
	}

	#isCut(): boolean {
		if (this.#cutAt === undefined || this.#now - this.#cutAt < REPAINT_LIMIT_MS)
			return this.#cutAt !== undefined;
		this.#cutAt = undefined;
		return false;
	}

	/** A blinking cursor or a changed title paints nothing anybody reads. */
	#isUnchanged(rows: readonly Row[]): boolean {
		return rows === this.#previous && this.#scrolled.length === 0 && !this.#wiped && !this.#resized;
	}

	#take(): readonly Frame[] {
		if (this.#frames.length === 0) return [];
		const frames = this.#frames;
		this.#frames = [];
		return frames;
	}
}

/** How many rows the two begin with are the same. */
function sameRows(a: readonly Row[], b: readonly Row[]): number {
	const end = a.findIndex((row, index) => row !== b[index]);
	return end < 0 ? a.length : end;
}

/** Where it is hidden it is nowhere. */
function placeOf({ x, y, visible }: Frame["cursor"]): string {
	return visible ? `${x} ${y}` : "";
}

/** Sizes a terminal may report while it starts (0×0) or by mistake. */
const SMALLEST = { cols: 2, rows: 1 } as const;
const LARGEST = { cols: 1000, rows: 1000 } as const;

function clampSize(size: TerminalSize): TerminalSize {
	return {
		cols: clamp(size.cols, SMALLEST.cols, LARGEST.cols),
		rows: clamp(size.rows, SMALLEST.rows, LARGEST.rows),
	};
}

function clamp(value: number, low: number, high: number): number {
	return Math.min(high, Math.max(low, Math.trunc(value) || low));
}
