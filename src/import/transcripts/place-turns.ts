/**
 * Where the turns of a transcript belong: to a session whose terminal was recorded, when one was there at their time;
 * else to the session that the transcript itself becomes. A turn that is stored already stays where it is.
 */
import type { Masked } from "../../core/masked.ts";
import type { Turn } from "../../core/turn.ts";
import type { TurnMasker } from "../../recorder/mask-turns.ts";
import type { Stages } from "../../recorder/open-session.ts";
import { isPaused } from "../../recorder/pauses.ts";
import { mergeTurn } from "../../transcripts/merge/merge-turn.ts";
import { pairTurns } from "../../transcripts/merge/pair-turns.ts";
import type { TranscriptTurn } from "../../transcripts/reading/conversation.ts";

/** The clock of the screen and that of the transcript are read at different moments. */
const SLACK_MS = 2000;

export interface PlacedTurn {
	readonly read: TranscriptTurn;
	readonly anchor: string;
	/** Absent: the session of the transcript's own. */
	readonly sessionId?: string;
	/** Absent: a new one at the end of the session. */
	readonly seq?: number;
	/** What is known of it by the terminal, masked already. */
	readonly stored?: Turn;
}

export class TurnPlacer {
	readonly #stages: Stages;
	readonly #wrapped: readonly WrappedSession[];

	/** `sessionIds`: sessions whose terminal was recorded and that may have run this conversation. */
	constructor(stages: Stages, sessionIds: readonly string[]) {
		this.#stages = stages;
		this.#wrapped = sessionIds.map((id) => readWrapped(stages, id));
	}

	/** Without what was said while the person wanted nothing recorded: nobody has it, or a part of it, from before. */
	place(turns: readonly TranscriptTurn[]): PlacedTurn[] {
		const wanted = turns.filter((read) => !this.#wrapped.some(({ isPaused }) => isPaused(read)));
		const placed = wanted.map((read) => this.#known(read));
		for (const session of this.#wrapped) this.#pair(session, placed);
		return placed;
	}

	#known(read: TranscriptTurn): PlacedTurn {
		const anchor = this.#stages.digest("transcript turn", read.anchor);
		const known = this.#stages.store.transcripts.findAnchor(anchor);
		const own = this.#wrapped.find(({ id }) => id === known?.sessionId);
		const stored = own?.turns.find(({ seq }) => seq === known?.seq);
		return { read, anchor, ...known, ...(stored === undefined ? {} : { stored }) };
	}

	/** Turns that nobody has yet, inside the time of this session: with the terminal's, or new to it. */
	#pair(session: WrappedSession, placed: PlacedTurn[]): void {
		const inside = placed.filter(({ sessionId, read }) => sessionId === undefined && session.isInside(read));
		if (inside.length === 0) return;
		const free = session.turns.filter(({ seq }) => !session.taken.has(seq));
		const pairs = new Map(
			pairTurns(
				free,
				inside.map(({ read }) => read.turn),
			).map(([left, right]) => [right, free[left]] as const),
		);
		for (const [index, turn] of inside.entries()) {
			const stored = pairs.get(index);
			if (stored !== undefined) session.taken.add(stored.seq);
			const pair = stored === undefined ? {} : { seq: stored.seq, stored };
			placed[placed.indexOf(turn)] = { ...turn, sessionId: session.id, ...pair };
		}
	}
}

interface WrappedSession {
	readonly id: string;
	readonly turns: readonly Turn[];
	/** Turns that are known to be one of a transcript. */
	readonly taken: Set<number>;
	readonly isInside: (read: TranscriptTurn) => boolean;
	/** It was said in a pause of the recording, or one began while it went on. */
	readonly isPaused: (read: TranscriptTurn) => boolean;
}

function readWrapped({ store }: Stages, id: string): WrappedSession {
	const { session, turns } = store.readSession(id);
	const end = session.endedAt ?? Math.max(session.startedAt, ...turns.map((turn) => turn.updatedAt));
	const forever = session.endedAt ?? Number.POSITIVE_INFINITY;
	const pauses = store.recordings.pauses(id).map(({ from, to = forever }) => ({ from, to }));
	return {
		id,
		turns,
		isPaused: ({ turn }) => isPaused(turn, pauses),
		taken: new Set(turns.filter(({ anchor }) => anchor !== undefined).map(({ seq }) => seq)),
		isInside: ({ turn }) =>
			turn.startedAt >= session.startedAt - SLACK_MS && turn.startedAt <= end + SLACK_MS,
	};
}

/** The turn as it is to be stored, masked, with what was masked in it. */
export function prepareTurn(
	maskTurn: TurnMasker,
	{ read, stored }: PlacedTurn,
	seq: number,
): { readonly turn: Masked<Turn>; readonly counts: Readonly<Record<string, number>> } {
	const { value, counts } = maskTurn({ ...read.turn, seq });
	if (stored === undefined) return { turn: value, counts };
	// What is stored is masked; both are merged masked, and masking what is masked changes nothing.
	const merged = mergeTurn({ terminal: toTurn(stored), transcript: value, isTranscriptWhole: read.isClosed });
	return { turn: maskTurn(merged).value, counts: {} };
}

/** Without what the store itself knows of it. */
function toTurn(stored: Turn): Turn {
	const {
		id: _id,
		revision: _revision,
		updatedAt: _updatedAt,
		anchor: _anchor,
		...turn
	} = stored as Turn & Record<"id" | "revision" | "updatedAt" | "anchor", unknown>;
	return turn;
}
