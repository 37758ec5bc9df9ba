/** How much of what the screen showed of a turn was understood. Pure. */
import type { TurnChange } from "../core/change.ts";
import type { Row } from "../core/frame.ts";
import type { Recognition } from "../core/session.ts";
import type { Entry, EntryKind } from "./entry.ts";
import { entryNotes } from "./entry-notes.ts";
import type { OpenTurn } from "./open-turn.ts";
import { isBlank } from "./rows.ts";

/** What is left when no pattern fits: a row nobody knows, the rest of something whose beginning nobody saw. */
const UNCLAIMED: readonly EntryKind[] = ["unknown", "fragment"];

/** Over all turns of a session: each is counted when it has ended, and once, whatever number of frames it took. */
export class RecognitionCount {
	readonly #bySeq = new Map<number, Counted>();
	/** Of all turns, those included that nothing changes any more. */
	#sum: Recognition = NOTHING;
	#told = "";
	/** Lines of the fullest such picture. */
	#unread = 0;

	/** Turns that may have ended or changed; tells the session's count when it is another one now. */
	note(turns: readonly OpenTurn[]): readonly TurnChange[] {
		for (const turn of turns) {
			if (turn.seq !== undefined && turn.endedAt !== undefined) this.#countTurn(turn.seq, turn);
		}
		if (this.#bySeq.size === 0) return [];
		const recognition = this.#sum;
		const told = `${recognition.lines} ${recognition.unclaimed}`;
		if (told === this.#told) return [];
		this.#told = told;
		return [{ kind: "session", recognition }];
	}

	/** A picture in which neither box nor dialog was found, before there ever was one. */
	noteUnread(rows: readonly Row[]): void {
		this.#unread = Math.max(this.#unread, rows.filter((row) => !isBlank(row)).length);
	}

	/** The program told its version, and its screen was never recognised: nothing of it was claimed. */
	allUnclaimed(): readonly TurnChange[] {
		const recognition = { lines: this.#unread, unclaimed: this.#unread };
		return this.#unread === 0 ? [] : [{ kind: "session", recognition }];
	}

	/** The turn was taken back. */
	forget(seq: number): void {
		this.#count(seq, { recognition: NOTHING, turn: undefined });
		this.#bySeq.delete(seq);
	}

	/** Turns before this one change no more. */
	settle(firstSeq: number): void {
		for (const seq of this.#bySeq.keys()) {
			if (seq >= firstSeq) return;
			this.#bySeq.delete(seq);
		}
	}

	#countTurn(seq: number, turn: OpenTurn): void {
		const before = this.#bySeq.get(seq)?.turn;
		const { prompt, promptResults, entries } = turn;
		const isSame = before?.prompt === prompt && before.promptResults === promptResults;
		if (isSame && before.entries === entries) return;
		this.#count(seq, { recognition: recognitionOf(turn), turn: { prompt, promptResults, entries } });
	}

	#count(seq: number, counted: Counted): void {
		const before = this.#bySeq.get(seq)?.recognition ?? NOTHING;
		const now = counted.recognition;
		this.#bySeq.set(seq, counted);
		this.#sum = {
			lines: this.#sum.lines + now.lines - before.lines,
			unclaimed: this.#sum.unclaimed + now.unclaimed - before.unclaimed,
		};
	}
}

interface Counted {
	readonly recognition: Recognition;
	/** What it was counted of. */
	readonly turn: Pick<OpenTurn, "prompt" | "promptResults" | "entries"> | undefined;
}

const NOTHING: Recognition = { lines: 0, unclaimed: 0 };

function recognitionOf(turn: OpenTurn): Recognition {
	let [lines, unclaimed] = [linesIn(turn.prompt.text), 0];
	for (const { text } of turn.promptResults) lines += linesIn(text);
	for (const entry of turn.entries) {
		const shown = linesOf(entry);
		lines += shown;
		if (UNCLAIMED.includes(entry.kind)) unclaimed += shown;
	}
	return { lines, unclaimed };
}

function linesOf(entry: Entry): number {
	const notes = entryNotes(entry);
	notes.lines ??= entry.results.reduce((sum, { text }) => sum + linesIn(text), linesIn(entry.text));
	return notes.lines;
}

function linesIn(text: string): number {
	return text.split("\n").filter((line) => line.trim() !== "").length;
}
