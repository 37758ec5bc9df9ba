/**
 * What a program without a known look printed: its text, bounded. It becomes the turn of kind `none`: what came
 * before the first prompt, or all there is.
 */
import type { Frame, Row } from "../core/frame.ts";
import type { NoticeItem, Turn, TurnStatus } from "../core/turn.ts";
import { joinRows, joinWrapped, trimBlank } from "./rows.ts";

/** Lines kept from the beginning and from the end: enough to know what a program did, not a copy of a flood. */
const KEPT_LINES = 1500;

export class Tape {
	readonly #head: string[] = [];
	#tail: string[] = [];
	#lines = 0;
	#screen: readonly Row[] = [];
	#open: Row | undefined;
	#cols = 1;
	#cursorRow = 0;

	feed(frame: Frame): void {
		this.#cols = frame.cols;
		for (const row of frame.scrolled) this.#pushRow(row);
		if (frame.renderer !== "classic") return;
		this.#screen = frame.rows;
		this.#cursorRow = frame.cursor.y;
	}

	/** Plain text, of a program that writes into a pipe. */
	write(lines: readonly string[]): void {
		for (const line of lines) this.#push(line);
	}

	get isEmpty(): boolean {
		return this.#toItem() === undefined;
	}

	toTurn(at: {
		readonly seq: number;
		readonly startedAt: number;
		readonly endedAt?: number;
	}): Turn | undefined {
		const item = at.endedAt === undefined ? this.#toItem(this.#finishedRows()) : this.#toItem();
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

	/** A line with the cursor in it, and what stands below, is still being written: by the program, or by a person's keys. */
	#finishedRows(): readonly Row[] {
		let end = this.#cursorRow;
		while (end > 0 && this.#screen[end]?.isWrapped === true) end -= 1;
		return this.#screen.slice(0, end);
	}

	#toItem(onScreen: readonly Row[] = this.#screen): NoticeItem | undefined {
		const rows = this.#open === undefined ? onScreen : [this.#open, ...onScreen];
		const screen = trimBlank(joinWrapped(rows, this.#cols));
		const shown = screen.map((row) => row.text.trimEnd());
		const lines = [...this.#head, ...this.#tail, ...shown];
		const observed = this.#lines + shown.length;
		const text = lines.join("\n").trim();
		if (text === "") return undefined;
		const truncated = observed > lines.length ? { truncated: true, observedLines: observed } : {};
		return { kind: "notice", text, source: "terminal", ...truncated };
	}

	/** A row may go on in the next one: it is a line only when the next row begins a new one. */
	#pushRow(row: Row): void {
		if (row.isWrapped && this.#open !== undefined) {
			this.#open = joinRows(this.#open, row, this.#cols);
			return;
		}
		if (this.#open !== undefined) this.#push(this.#open.text);
		this.#open = row;
	}

	#push(text: string): void {
		this.#lines++;
		if (this.#head.length < KEPT_LINES) this.#head.push(text.trimEnd());
		else this.#tail.push(text.trimEnd());
		if (this.#tail.length > 2 * KEPT_LINES) this.#tail = this.#tail.slice(-KEPT_LINES);
	}
}
