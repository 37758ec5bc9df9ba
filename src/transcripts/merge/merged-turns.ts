/**
 * The turns of a session while both sources grow. The terminal numbers them; what the transcript knows is added to the
 * turn that it belongs to as soon as it is known. Pure.
 */
import type { Turn } from "../../core/turn.ts";
import type { TranscriptTurn } from "../reading/conversation.ts";
import { squeezed } from "./agreement.ts";
import { mergeTurn } from "./merge-turn.ts";
import { pairTurns } from "./pair-turns.ts";

export interface MergedTurn {
	readonly turn: Turn;
	/** Absent: the terminal alone knows it. */
	readonly written?: TranscriptTurn;
}

interface Told {
	readonly terminal: Turn | undefined;
	readonly written: TranscriptTurn | undefined;
	readonly seq: number;
}

export class MergedTurns {
	readonly #terminal = new Map<number, Turn>();
	#transcript: readonly TranscriptTurn[] = [];
	/** Pairs that nothing can change any more. */
	readonly #settled = new Map<number, string>();
	readonly #told = new Map<number, Told>();

	show(turn: Turn): void {
		this.#terminal.set(turn.seq, turn);
	}

	withdraw(seq: number): void {
		this.#terminal.delete(seq);
		this.#told.delete(seq);
	}

	/** Whether one of these prompts was sent at this terminal, word for word. */
	shows(turns: readonly TranscriptTurn[]): boolean {
		const shown = new Set([...this.#terminal.values()].map(({ prompt }) => squeezed(prompt.text)));
		return turns.some(({ turn }) => turn.prompt.text !== "" && shown.has(squeezed(turn.prompt.text)));
	}

	/** All that the transcripts tell of this session, in order. */
	write(turns: readonly TranscriptTurn[]): void {
		this.#transcript = turns;
	}

	/** What is other than it was told before. */
	changes(): MergedTurn[] {
		const pairs = this.#pair();
		return this.#inOrder()
			.map((terminal) => ({ terminal, written: pairs.get(terminal.seq), seq: terminal.seq }))
			.filter((now) => this.#isNews(now))
			.map((now) => this.#tell(now));
	}

	/**
	 * The same when nothing more is to come: turns that only the transcript knows take their places, and where that is
	 * between others, those behind it move on.
	 */
	finish(): MergedTurn[] {
		const pairs = this.#pair();
		const paired = new Set(pairs.values());
		const alone = this.#transcript.filter((turn) => !paired.has(turn) && turn.turn.prompt.kind !== "none");
		const first = this.#inOrder()[0]?.seq ?? 1;
		const all = [
			...this.#inOrder().map((terminal) => ({ terminal, written: pairs.get(terminal.seq) })),
			...alone.map((written) => ({ terminal: undefined, written })),
		];
		if (alone.length > 0) all.sort((a, b) => startOf(a) - startOf(b));
		return all
			.map(
				(each, index): Told => ({
					...each,
					seq: alone.length > 0 ? first + index : (each.terminal?.seq ?? 1),
				}),
			)
			.filter((now) => this.#isNews(now))
			.map((now) => this.#tell(now));
	}

	#inOrder(): Turn[] {
		return [...this.#terminal.values()].sort((a, b) => a.seq - b.seq);
	}

	#pair(): Map<number, TranscriptTurn> {
		const byAnchor = new Map(this.#transcript.map((turn) => [turn.anchor, turn]));
		const pairs = new Map<number, TranscriptTurn>();
		for (const [seq, anchor] of this.#settled) {
			const written = byAnchor.get(anchor);
			if (written !== undefined) pairs.set(seq, written);
		}
		const free = this.#inOrder().filter(({ seq }) => !pairs.has(seq));
		const taken = new Set(pairs.values());
		const unpaired = this.#transcript.filter((turn) => !taken.has(turn));
		const found = pairTurns(
			free,
			unpaired.map(({ turn }) => turn),
		);
		for (const [left, right] of found) {
			const [terminal, written] = [free[left], unpaired[right]];
			if (terminal === undefined || written === undefined) continue;
			pairs.set(terminal.seq, written);
			const isSettled = terminal.status !== "running" && written.isClosed;
			if (isSettled && terminal.prompt.text === written.turn.prompt.text)
				this.#settled.set(terminal.seq, written.anchor);
		}
		return pairs;
	}

	#isNews({ terminal, written, seq }: Told): boolean {
		const told = this.#told.get(seq);
		return told === undefined || told.terminal !== terminal || told.written !== written;
	}

	#tell(now: Told): MergedTurn {
		this.#told.set(now.seq, now);
		const { terminal, written, seq } = now;
		if (written === undefined) return { turn: { ...(terminal as Turn), seq } };
		if (terminal === undefined) return { turn: { ...written.turn, seq }, written };
		const turn = mergeTurn({ terminal, transcript: written.turn, isTranscriptWhole: written.isClosed });
		return { turn: { ...turn, seq }, written };
	}
}

function startOf({ terminal, written }: Pick<Told, "terminal" | "written">): number {
	return terminal?.startedAt ?? written?.turn.startedAt ?? 0;
}
