/**
 * Bytes without times → events that settle where a picture was complete. Programs say so themselves in what they
 * write: a repaint begins by hiding the cursor, going up or erasing; a synchronised update has a beginning and an end.
 */
import type { TerminalEvent } from "../core/event.ts";
import type { Chunks } from "./recording.ts";

/** Apart far enough that a picture counts as settled, however a screen decides it. */
const STEP_MS = 40;
/** An escape sequence that a picture may begin or end with is shorter than this. */
const LONGEST_MARK = 32;
/** So much without a mark is no picture but a flood of lines: it settles too, or its lines would pile up. */
const FLOOD_BYTES = 64 * 1024;
/** The beginning of a repaint (a whole run of erased lines is one), or a synchronised update's edges. */
const MARK =
	/\x1b\[\?2026[hl]|(?:\x1b\[2K(?:\x1b\[1A)?)+|\x1b\[\d*A|\x1b\[\?25l|\x1b\[[23]J|\x1b\[(?:1;1)?H/gu;
const SYNC_BEGIN = "\x1b[?2026h";
const SYNC_END = "\x1b[?2026l";

export function* paceOutput(chunks: Chunks): Generator<TerminalEvent, void> {
	const cutter = new PictureCutter();
	let at = 0;
	for (const piece of cutter.cutAll(chunks)) {
		if (piece.bytes.length > 0) yield { kind: "output", at, data: piece.bytes };
		if (piece.endsPicture) at += STEP_MS;
	}
}

interface Piece {
	readonly bytes: Uint8Array;
	readonly endsPicture: boolean;
}

class PictureCutter {
	readonly #latin = new TextDecoder("latin1");
	#isUpdating = false;
	#unsettledBytes = 0;
	/** 0 while the last thing before the next byte was a mark, else -1. */
	#markEnd = -1;
	#held: Uint8Array = new Uint8Array(0);

	*cutAll(chunks: Chunks): Generator<Piece, void> {
		for (const chunk of chunks) yield* this.#cut(join(this.#held, chunk), false);
		yield* this.#cut(this.#held, true);
	}

	/** A mark may be torn by the end of the chunk: what could be its beginning waits for the rest. */
	*#cut(bytes: Uint8Array, isLast: boolean): Generator<Piece, void> {
		const text = this.#latin.decode(bytes);
		const tail = isLast ? -1 : text.lastIndexOf("\x1b");
		const end = tail >= 0 && text.length - tail < LONGEST_MARK ? tail : text.length;
		let from = 0;
		let markEnd = this.#markEnd; // marks that touch are one: a repaint begins with several
		for (const match of text.slice(0, end).matchAll(MARK)) {
			const isNew = match.index !== markEnd;
			markEnd = match.index + match[0].length;
			const cutAt = this.#cutPlace(match[0], match.index, isNew);
			if (cutAt === undefined) continue;
			this.#unsettledBytes = 0;
			yield { bytes: bytes.subarray(from, cutAt), endsPicture: true };
			from = cutAt;
		}
		if (end > from) yield { bytes: bytes.subarray(from, end), endsPicture: this.#isFlood(end - from) };
		if (end > 0) this.#markEnd = markEnd === end ? 0 : -1;
		this.#held = bytes.slice(end);
	}

	#isFlood(newBytes: number): boolean {
		this.#unsettledBytes += newBytes;
		if (this.#unsettledBytes < FLOOD_BYTES || this.#isUpdating) return false;
		this.#unsettledBytes = 0;
		return true;
	}

	#cutPlace(mark: string, at: number, isNew: boolean): number | undefined {
		if (mark === SYNC_BEGIN) {
			this.#isUpdating = true;
			return at;
		}
		if (mark === SYNC_END) {
			this.#isUpdating = false;
			return at + mark.length;
		}
		return this.#isUpdating || !isNew ? undefined : at;
	}
}

function join(held: Uint8Array, chunk: Uint8Array): Uint8Array {
	if (held.length === 0) return chunk;
	const joined = new Uint8Array(held.length + chunk.length);
	joined.set(held, 0);
	joined.set(chunk, held.length);
	return joined;
}
