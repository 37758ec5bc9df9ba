/**
 * What a program without a known look printed: its text, bounded. It becomes the turn of kind `none`: what came
 * before the first prompt, or all there is.
 */
import type { Frame, Row } from "../core/frame.ts";
import { TORN_LINE } from "../core/torn-line.ts";
import type { NoticeItem, Turn, TurnStatus } from "../core/turn.ts";
import { goesOn, joinRows, joinWrapped, LONGEST_LINE, trimBlank } from "./rows.ts";

/** Lines kept from the beginning and from the end: enough to know what a program did, not a copy of a flood. */
const KEPT_LINES = 1500;
/** Characters at each end, however few lines they make. */
const KEPT_CHARS = 512 * 1024;

export class Tape {
	readonly #head: string[] = [];
	#headChars = 0;
	#tail: string[] = [];
	#tailChars = 0;
	#lines = 0;
	#screen: readonly Row[] = [];
	#open: Row | undefined;
	#cols = 1;
	#cursorRow = 0;

	feed(frame: Frame): void {
		this.#cols = frame.cols;
		let from = 0;
		for (const { after, lines, left } of frame.takenBack ?? []) {
			for (; from < after; from += 1) this.#pushRow(frame.scrolled[from]);
			for (let count = 0; count < lines; count += 1) this.#pop();
			for (const row of left) this.#pushRow(row);
		}
		for (; from < frame.scrolled.length; from += 1) this.#pushRow(frame.scrolled[from]);
		if (frame.renderer !== "classic") return;
		this.#screen = frame.rows;
		this.#cursorRow = frame.cursor.y;
	}

	/** Plain text, of a program that writes into a pipe. */
	write(lines: readonly string[]): void {
		for (const line of lines) for (const piece of piecesOf(line)) this.#push(piece);
	}

	get isEmpty(): boolean {
		return this.#toItem() === undefined;
	}

	/** `isCut`: it was left in the middle, for a conversation that began; what was still being written stays out. */
	toTurn(
		at: {
			readonly seq: number;
			readonly startedAt: number;
			readonly endedAt?: number;
		},
		{ isCut = false } = {},
	): Turn | undefined {
		const isUnfinished = at.endedAt === undefined || isCut;
		const item = isUnfinished ? this.#toItem(this.#finishedRows()) : this.#toItem();
		if (item === undefined) return undefined;
		const status: TurnStatus = at.endedAt === undefined ? "running" : "complete";
		return {
			...at,
			prompt: { text: "", kind: "none" },
			status,
			source: "terminal",
			items: [item],
		};
	}

	#allRows(): readonly Row[] {
		return this.#open === undefined ? this.#screen : [this.#open, ...this.#screen];
	}

	/** A line with the cursor in it, and what stands below, is still being written: by the program, or by a person's keys. */
	#finishedRows(): readonly Row[] {
		let end = this.#cursorRow;
		while (end > 0 && this.#screen[end]?.isWrapped === true) end -= 1;
		const rows = this.#screen.slice(0, end);
		const isOpenWritten = end === 0 && this.#screen[0]?.isWrapped === true;
		return this.#open === undefined || isOpenWritten ? rows : [this.#open, ...rows];
	}

	#toItem(rows: readonly Row[] = this.#allRows()): NoticeItem | undefined {
		const screen = trimBlank(joinWrapped(rows, this.#cols));
		const shown = screen.map((row) => textOf(row).trimEnd());
		const lines = [...this.#head, ...this.#tail, ...shown];
		const observed = this.#lines + shown.length;
		const text = lines.join("\n").trim();
		if (text === "") return undefined;
		const truncated = observed > lines.length ? { truncated: true, observedLines: observed } : {};
		return { kind: "notice", text, source: "terminal", ...truncated };
	}

	/** A row may go on in the next one: it is a line only when the next row begins a new one. */
	#pushRow(row: Row | undefined): void {
		if (row === undefined) return;
		if (this.#open !== undefined && goesOn(this.#open, row)) {
			this.#open = joinRows(this.#open, row, this.#cols);
			return;
		}
		if (this.#open !== undefined) this.#push(textOf(this.#open));
		this.#open = row;
	}

	/** The last line is on the screen again. */
	#pop(): void {
		if (this.#open !== undefined) {
			this.#open = undefined;
			return;
		}
		const isInTail = this.#tail.length > 0;
		const line = (isInTail ? this.#tail : this.#head).pop();
		if (line === undefined) return;
		this.#lines -= 1;
		if (isInTail) this.#tailChars -= line.length;
		else this.#headChars -= line.length;
	}

	#push(text: string): void {
		this.#lines++;
		const line = text.trimEnd();
		const isHeadFull = this.#head.length >= KEPT_LINES || this.#headChars >= KEPT_CHARS;
		if (this.#tail.length === 0 && !isHeadFull) {
			this.#head.push(line);
			this.#headChars += line.length;
			return;
		}
		this.#tail.push(line);
		this.#tailChars += line.length;
		if (this.#tail.length > 2 * KEPT_LINES || this.#tailChars > 2 * KEPT_CHARS) this.#forget();
	}

	/** Keeps the end of the tail: as many lines, and characters, as are kept. */
	#forget(): void {
		let from = this.#tail.length;
		let chars = 0;
		while (from > this.#tail.length - KEPT_LINES && from > 0 && chars < KEPT_CHARS) {
			from -= 1;
			chars += this.#tail[from]?.length ?? 0;
		}
		this.#tail = this.#tail.slice(from);
		this.#tailChars = chars;
	}
}

function textOf(row: Row): string {
	return row.isTorn === true ? TORN_LINE : row.text;
}

/** The line itself, or what it is cut into. */
function piecesOf(line: string): readonly string[] {
	if (line.length <= LONGEST_LINE) return [line];
	const pieces: string[] = [];
	for (let at = 0; at < line.length; at += LONGEST_LINE) pieces.push(line.slice(at, at + LONGEST_LINE));
	return pieces;
}
